/** How a job that runs here is shown; a person and a program see different faces. */
import type { Job } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";

export interface Face {
  /** The job exists from here on. */
  submitted(job: Job): void;
  progress(progress: JobProgress): void;
  /** Anything that is told of the job, and alerts. */
  news(news: News): void;
  /** The job as it came to rest. */
  end(job: Job): void;
}
