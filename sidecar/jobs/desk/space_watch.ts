/** Jobs that a full disk paused go on when there is space again. */
import path from "node:path";
import type { Job } from "../../../src/shared/job/job.ts";
import type { NewsStream } from "../known/news_stream.ts";

const SPACE_EVERY_MS = 2000;
/** Free space that a job paused by a full disk waits for at most, when it did not say how much it needs. */
const SPACE_NEEDED = 64 << 20;

export interface SpaceWatchParts {
  readonly news: NewsStream;
  /** Jobs that have not ended. */
  readonly jobs: () => readonly Job[];
  /** Only jobs of this manager are resumed. */
  readonly manager: string;
  /** Free bytes of the volume that holds a folder. */
  readonly freeBytes: (folder: string) => number;
  /** Where a job is that does not say what it could not write. */
  readonly workspace: string;
}

export class SpaceWatch {
  readonly #parts: SpaceWatchParts;
  #resume: ((id: string) => Promise<void>) | undefined;
  #stop = () => {};
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: SpaceWatchParts) {
    this.#parts = parts;
  }

  /** Begins to look, whenever a job is paused by a full disk. */
  open(resume: (id: string) => Promise<void>): void {
    this.#resume = resume;
    this.#stop = this.#parts.news.subscribe((news) => {
      if (news.news === "job" && this.#waits(news.job)) this.watch();
    });
  }

  close(): void {
    this.#stop();
    this.#resume = undefined;
    this.watch();
  }

  /** Looks on while jobs wait. */
  watch(): void {
    const any = this.#resume !== undefined && this.#waiting().length > 0;
    if (any) this.#timer ??= setInterval(() => this.#look(), SPACE_EVERY_MS);
    if (any || this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const job of this.#waiting()) {
      if (this.#parts.freeBytes(this.#folderOf(job)) > neededBytes(job)) {
        this.#resume?.(job.id).catch(() => {});
      }
    }
    this.watch();
  }

  #waiting(): Job[] {
    return this.#parts.jobs().filter((job) => this.#waits(job));
  }

  #waits({ state, pauseCause, manager }: Job): boolean {
    const full = pauseCause === "disk_full" || pauseCause === "disk_nearly_full";
    return state === "paused" && full && manager === this.#parts.manager;
  }

  #folderOf({ error, plan }: Job): string {
    const file = error?.tag === "disk-full" ? error.fields.file : plan?.outputs[0]?.path;
    return file === undefined ? this.#parts.workspace : path.dirname(file);
  }
}

/** What must be free before a job goes on: on a nearly full disk twice what it writes, so that it is left alone then. */
function neededBytes({ pauseCause, error, plan }: Job): number {
  const outputBytes = plan?.outputs.reduce((sum, output) => sum + output.bytes, 0) ?? SPACE_NEEDED;
  if (pauseCause === "disk_nearly_full") return outputBytes * 2;
  const said = error?.tag === "disk-full" ? error.fields.neededBytes : undefined;
  return said ?? Math.min(SPACE_NEEDED, outputBytes);
}
