/** What other processes do on the workspace: their changes, their progress, and their deaths. */
import path from "node:path";
import { isActive, type Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import type { JobDesk } from "./job_desk.ts";
import { isLocked } from "../../files/file_lock.ts";
import type { JobStarter } from "./job_starter.ts";
import { readLiveProgress } from "../folder/live_progress.ts";
import { isJobId, jobFolder } from "../folder/workspace.ts";

const WATCH_OTHERS_MS = 250;

export class OthersWatch {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly desk: JobDesk, readonly starter: JobStarter) {}

  /** Takes care of what is there when this process first looks around. */
  open(): void {
    for (const job of this.desk.store.open()) this.#takeCare(job);
    this.watch();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  onChanges(ids: ReadonlySet<string> | "all"): void {
    if (this.desk.closing) return;
    for (const id of this.desk.followed(ids)) {
      const run = this.desk.running.get(id);
      if (run !== undefined) run.readRequests();
      else if (isJobId(id)) this.desk.lookAgain(id);
    }
    this.watch();
    this.starter.schedule();
  }

  /** Shows progress of jobs that others run, while there are any. */
  watch(): void {
    const any = !this.desk.closing && this.desk.store.open().some((job) => this.#isOfOther(job));
    if (any) this.#timer ??= setInterval(() => this.#look(), WATCH_OTHERS_MS);
    if (any || this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Jobs found at the start: those of dead managers are recorded as interrupted, or taken over if they wait. */
  #takeCare(job: Job): void {
    const adoptable = job.state === "queued" && this.desk.role === "desktop";
    if (!isActive(job.state) && !(adoptable && !this.desk.presence.isAlive(job.manager))) return;
    const owned = this.desk.tryOwn(job.id);
    if (owned === undefined) return;
    try {
      this.desk.recover(owned);
      if (owned.job.state === "queued") owned.record([{ event: "adopted", manager: this.desk.presence.id }]);
    } finally {
      owned.release();
      this.desk.changed(job.id);
    }
  }

  /** A job that another process runs, or that waits for another process: this one notices when that one dies. */
  #isOfOther(job: Job): boolean {
    if (this.desk.running.has(job.id) || this.starter.isStarting(job.id)) return false;
    const waits = job.state === "queued" && job.manager !== this.desk.presence.id &&
      this.desk.role === "desktop";
    return isActive(job.state) || waits;
  }

  #look(): void {
    for (const job of this.desk.store.open().filter((job) => this.#isOfOther(job))) {
      const folder = jobFolder(this.desk.workspace, job.id);
      if (!isActive(job.state) || !isLocked(path.join(folder, "lock"))) {
        this.#takeCare(job);
        continue;
      }
      const progress = readLiveProgress(folder);
      if (progress === undefined || sameProgress(progress, job.progress)) continue;
      this.desk.store.setProgress(job.id, progress);
      this.desk.news.progress(job.id, progress);
    }
    this.watch();
    this.starter.schedule();
  }
}

function sameProgress(a: JobProgress, b: JobProgress | null): boolean {
  return b !== null && a.fraction === b.fraction && a.traces.done === b.traces.done && a.phase === b.phase;
}
