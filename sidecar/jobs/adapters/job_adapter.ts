/**
 * An adapter turns one kind of request into a job. `submit()` checks and queues it and returns the job at once;
 * `run()` also follows it until it is at rest.
 */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import type { JobManager, Submission } from "../manager.ts";

/** What may be said about any job besides its work. */
export type JobOptions = Partial<Omit<Submission, "type" | "work">>;

export abstract class JobAdapter {
  #job: Job | undefined;

  constructor(readonly manager: JobManager) {}

  /** The job's type, name and work. */
  abstract submission(): Submission;

  /** Checks what is asked and queues it; a second call returns the same job. */
  async submit(): Promise<Job> {
    this.#job ??= await this.manager.submit(this.submission());
    return this.#job;
  }

  /** Submits the job if need be and follows it; the job as it came to rest, whatever its state. */
  async run(onProgress: (progress: JobProgress) => void = () => {}): Promise<Job> {
    const { id } = await this.submit();
    const stop = this.manager.news.subscribe((news) => {
      if (news.news === "progress" && news.job === id) onProgress(news.progress);
    });
    try {
      return await this.manager.whenAtRest(id);
    } finally {
      stop();
    }
  }
}

/** An output whose name says another kind of file than the one that is asked for. */
export function wrongName(what: "import" | "export", to: string, expected: string): SeisProcError<"usage"> {
  const message = `Cannot ${what} to ${path.basename(to)}: expected ${expected}, found ${to}: ` +
    "choose another name";
  return new SeisProcError("usage", message, { argument: "to" });
}
