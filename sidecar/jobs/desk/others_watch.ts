/** What other processes do on the workspace: their changes, their progress, and their deaths. */
import path from "node:path";
import { toWireError } from "../../../src/shared/errors.ts";
import { isActive, type Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { isLocked } from "../../files/file_lock.ts";
import { readLiveProgress } from "../folder/live_progress.ts";
import { isJobId } from "../folder/workspace.ts";
import type { ChangedIds } from "../known/changes.ts";
import type { JobDesk } from "./job_desk.ts";
import type { JobStarter } from "./job_starter.ts";

const WATCH_OTHERS_MS = 250;

/** What the watch uses of the desk and of the starter. */
type WatchedDesk = Pick<
  JobDesk,
  | "id"
  | "role"
  | "store"
  | "news"
  | "presence"
  | "folder"
  | "running"
  | "followed"
  | "lookAgain"
  | "tryOwn"
  | "recover"
  | "changed"
>;
type Starter = Pick<JobStarter, "isStarting" | "schedule">;

export class OthersWatch {
  readonly #desk: WatchedDesk;
  readonly #starter: Starter;
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;
  /** Jobs of dead managers that are being taken care of. */
  readonly #caring = new Set<Promise<void>>();

  constructor(desk: WatchedDesk, starter: Starter) {
    this.#desk = desk;
    this.#starter = starter;
  }

  /** Takes care of what is there when this process first looks around. */
  open(): void {
    for (const job of this.#desk.store.open()) this.#takeCare(job);
    this.watch();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  onChanges(ids: ChangedIds): void {
    for (const id of this.#desk.followed(ids)) {
      const run = this.#desk.running(id);
      if (run !== undefined) run.readRequests();
      else if (isJobId(id)) this.#desk.lookAgain(id);
    }
    this.watch();
    this.#starter.schedule();
  }

  /** Shows progress of jobs that others run, while there are any. */
  watch(): void {
    const any = !this.#closed && this.#desk.store.open().some((job) => this.#isOfOther(job));
    if (any) this.#timer ??= setInterval(() => this.#look(), WATCH_OTHERS_MS);
    if (any || this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Resolves when all jobs that were found to be of dead managers are taken care of. */
  async cared(): Promise<void> {
    await Promise.allSettled(this.#caring);
  }

  #takeCare(job: Job): void {
    const caring = this.#careFor(job).catch((error) => {
      const { message } = toWireError(error);
      this.#desk.news.publish({ news: "log", job: job.id, level: "error", text: message });
    });
    this.#caring.add(caring);
    void caring.finally(() => this.#caring.delete(caring));
  }

  /** Jobs found at the start: those of dead managers are recorded as interrupted, or taken over if they wait. */
  async #careFor(job: Job): Promise<void> {
    const adoptable = job.state === "queued" && this.#desk.role === "desktop";
    if (!isActive(job.state) && !(adoptable && !this.#desk.presence.isAlive(job.manager))) return;
    const owned = this.#desk.tryOwn(job.id);
    if (owned === undefined) return;
    try {
      await this.#desk.recover(owned);
      if (owned.job.state === "queued") owned.record([{ event: "adopted", manager: this.#desk.id }]);
    } finally {
      owned.release();
      this.#desk.changed(job.id);
    }
  }

  /** A job that another process runs, or that waits for another process: this one notices when that one dies. */
  #isOfOther(job: Job): boolean {
    if (this.#desk.running(job.id) !== undefined || this.#starter.isStarting(job.id)) return false;
    const waits = job.state === "queued" && job.manager !== this.#desk.id && this.#desk.role === "desktop";
    return isActive(job.state) || waits;
  }

  #look(): void {
    for (const job of this.#desk.store.open().filter((job) => this.#isOfOther(job))) {
      const folder = this.#desk.folder(job.id);
      if (isActive(job.state) && isLocked(path.join(folder, "lock"))) this.#showProgress(job, folder);
      else this.#takeCare(job);
    }
    this.watch();
    this.#starter.schedule();
  }

  #showProgress(job: Job, folder: string): void {
    const progress = readLiveProgress(folder);
    if (progress === undefined || sameProgress(progress, job.progress)) return;
    this.#desk.store.setProgress(job.id, progress);
    this.#desk.news.progress(job.id, progress);
  }
}

function sameProgress(a: JobProgress, b: JobProgress | null): boolean {
  return b !== null && a.fraction === b.fraction && a.traces.done === b.traces.done && a.phase === b.phase;
}
