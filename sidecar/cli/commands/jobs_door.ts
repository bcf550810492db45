/** What the verbs of `seisproc jobs` need: a manager, and a place to print to. */
import { isActive, type Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { cut, jsonLine } from "../../../src/shared/shown.ts";
import type { JobManager } from "../../jobs/manager.ts";

export interface JobsDoor {
  readonly manager: JobManager;
  readonly json: boolean;
  /** A cancel leaves partial output as `.part`. */
  readonly keepPartial?: boolean;
  /** A line on stdout. */
  print(line: string): void;
  /** Many lines on stdout, printable already. */
  printAll?(lines: Iterable<string>): void;
  /** A line on stderr. */
  warn(line: string): void;
  /** Replaces the job's line in progress on a terminal, or takes it away; does nothing elsewhere. */
  live(name: string, progress: JobProgress | null, id: string): void;
  /** Follows a job that this process runs to its rest; returns the exit status. */
  follow(id: string): Promise<number>;
  exitOf(state: Job["state"]): number;
}

/** How far a job is, 0 to 1: of what is on disk while it does not run. */
export function fractionOf(job: Job): number {
  if (job.state === "completed") return 1;
  if (isActive(job.state) && job.progress !== null) return job.progress.fraction;
  return job.plan === null || job.plan.blocks === 0 ? 0 : job.blocksOnDisk / job.plan.blocks;
}

/** One line about a job: `what` became of it, by default its state. */
export function sayJob({ json, print }: JobsDoor, job: Job, what: string = job.state): void {
  const { id, name, type, state, priority } = job;
  if (json) print(jsonLine({ id, name, type, state, priority, fraction: fractionOf(job), what }));
  else print(`${cut(name)} (${id}): ${what}${job.reason ? ` (${job.reason})` : ""}`);
}
