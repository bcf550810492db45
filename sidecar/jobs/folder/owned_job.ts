/** A job whose lock this process holds: the only way to write to a job. */
import path from "node:path";
import { applyEvent } from "../../../src/shared/job/replay.ts";
import type { JobEvent, JobHappening } from "../../../src/shared/job/events.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { refusal, type SeisProcError } from "../../../src/shared/errors.ts";
import { note } from "../../../src/shared/job/happenings.ts";
import { readJob } from "./job_folder.ts";
import type { FileLock } from "../../files/file_lock.ts";
import { lockJob } from "./job_lock.ts";
import { Journal } from "./journal.ts";

/** Hears of everything that is recorded or shown of an owned job. */
export type OwnerListener = (owned: OwnedJob, happenings: readonly JobHappening[]) => void;

export class OwnedJob {
  #job: Job;
  #stateSince: number | null = null;

  private constructor(
    readonly folder: string,
    job: Job,
    readonly journal: Journal,
    readonly lock: FileLock,
    readonly tell: OwnerListener,
  ) {
    this.#job = job;
  }

  /**
   * Takes the job's lock and reads its state as it is now; undefined when another process holds it.
   * @throws job-not-found, job-damaged, job-newer
   */
  static tryOwn(folder: string, tell: OwnerListener): OwnedJob | undefined {
    const lock = lockJob(folder);
    if (lock === undefined) {
      readJob(folder);
      return undefined;
    }
    try {
      const job = readJob(folder);
      const owned = new OwnedJob(folder, job, new Journal(folder), lock, tell);
      owned.#sayCut();
      return owned;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get job(): Job {
    return this.#job;
  }

  get id(): string {
    return path.basename(this.folder);
  }

  /**
   * Records what happened: checked against the rules of transition first, then on disk, then told. On a disk that
   * refuses, a running job (`evenIfBehind`) goes on with its journal behind; otherwise nothing happened.
   * @throws job-transition, disk-full
   */
  record(happenings: readonly JobHappening[], evenIfBehind = false): void {
    const at = Date.now();
    let job = this.#job;
    const events: JobEvent[] = [];
    for (const happening of happenings) {
      const event: JobEvent = { ...this.#timed(happening), at };
      job = applyEvent(job, event);
      events.push(event);
    }
    const refusal = this.journal.append(events, happenings.some(isDurable));
    if (refusal !== undefined && !evenIfBehind) throw this.#diskFull(refusal);
    this.#job = job;
    this.tell(this, happenings);
  }

  /** Tells progress without writing it. */
  show(progress: JobProgress): void {
    this.#job = { ...this.#job, progress };
    this.tell(this, [{ event: "progress", progress }]);
  }

  release(): void {
    this.journal.close();
    this.lock.release();
  }

  #timed(happening: JobHappening): JobHappening {
    if (happening.event !== "state") return happening;
    const now = performance.now(), since = this.#stateSince;
    this.#stateSince = now;
    return since === null ? happening : { ...happening, ms: Math.round(now - since) };
  }

  #sayCut(): void {
    const bytes = this.journal.cutBytes;
    if (bytes === 0) return;
    const text = `A torn last line of ${bytes} bytes was cut from the journal`;
    this.journal.append([{ ...note("info", text), at: Date.now() }], false);
  }

  #diskFull(cause: Error): SeisProcError<"disk-full"> {
    const cannot = `record what happens to job ${this.id}`,
      advice = "free space on the volume of the workspace";
    const said = { cannot, expected: "to append to its journal", found: cause.message, advice };
    return refusal("disk-full", said, { file: this.folder }, cause);
  }
}

function isDurable(happening: JobHappening): boolean {
  return happening.event === "state" || happening.event === "created";
}
