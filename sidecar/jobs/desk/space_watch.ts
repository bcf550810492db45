/** Jobs that a full disk paused go on when there is space again. */
import path from "node:path";
import type { Job } from "../../../src/shared/job/job.ts";
import { freeBytes as freeBytesBeside } from "../../files/free_space.ts";
import type { JobDesk } from "./job_desk.ts";

const SPACE_EVERY_MS = 2000;
/** Free space that a job paused by a full disk waits for at most, when it did not say how much it needs. */
const SPACE_NEEDED = 64 << 20;
/** Why a job is paused whose output volume has so little room left that the rest of the machine would suffer. */
export const NEARLY_FULL = "the disk is nearly full";

export class SpaceWatch {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly desk: JobDesk,
    readonly resume: (id: string) => Promise<void>,
    readonly freeBytes: (folder: string) => number = (folder) =>
      freeBytesBeside(path.join(folder, "any")) ?? 0,
  ) {}

  close(): void {
    clearInterval(this.#timer);
  }

  watch(): void {
    const any = this.#waiting().length > 0 && !this.desk.closing;
    if (any) this.#timer ??= setInterval(() => this.#look(), SPACE_EVERY_MS);
    if (any || this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const job of this.#waiting()) {
      const file = String(job.error?.fields.file ?? job.plan?.outputs[0]?.path ?? this.desk.workspace.root);
      const outputBytes = job.plan?.outputs.reduce((sum, output) => sum + output.bytes, 0) ?? SPACE_NEEDED;
      const needed = job.reason === NEARLY_FULL
        ? outputBytes * 2
        : Number(job.error?.fields.neededBytes ?? Math.min(SPACE_NEEDED, outputBytes));
      if (this.freeBytes(path.dirname(file)) > needed) this.resume(job.id).catch(() => {});
    }
    this.watch();
  }

  #waiting(): Job[] {
    return this.desk.store.open().filter((job) =>
      job.state === "paused" && (job.error?.tag === "disk-full" || job.reason === NEARLY_FULL) &&
      job.manager === this.desk.presence.id
    );
  }
}
