/** Refusals of the job manager. */
import { hasTag, SeisProcError } from "../../../src/shared/errors.ts";
import type { Job, JobState, JobType } from "../../../src/shared/job/job.ts";

const UNAVAILABLE: ReadonlySet<JobType> = new Set<JobType>(["migration", "qc_batch"]);

/** Types that have their place but no work in this version. */
export function refuseUnavailable(type: JobType): void {
  if (!UNAVAILABLE.has(type)) return;
  throw new SeisProcError(
    "job-type-unavailable",
    `Cannot submit a job of type ${type}: expected a type of this version, found one that is not available in it: ` +
      `use segy_import, segy_export, processing, stacking or sort`,
    { type },
  );
}

export function cannotCreate(folder: string, cause: unknown): SeisProcError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const full = cause instanceof Error && "code" in cause && cause.code === "ENOSPC";
  const message = `Cannot create a job in ${folder}: expected to write its folder, found ${reason}: ` +
    (full ? "free space on that volume" : "check the permissions of the workspace");
  return full
    ? new SeisProcError("disk-full", message, { file: folder }, cause)
    : new SeisProcError("workspace-unusable", message, { folder, reason }, cause);
}

export function jobOwned(id: string): SeisProcError<"job-owned"> {
  return new SeisProcError(
    "job-owned",
    `Cannot change job ${id}: expected a job that nobody works on, found that another process does: try again`,
    { job: id },
  );
}

export function cannotQueue(job: Job, what: "resumed" | "retried", from: readonly JobState[]): SeisProcError {
  const verb = what === "resumed" ? "resume" : "retry";
  const other = what === "resumed" ? "retry" : "resume";
  const advice = job.state === "completed" ? "submit it again" : `wait, or ${other} it`;
  return new SeisProcError(
    "job-transition",
    `Cannot ${verb} job ${job.id}: expected a job that is ${
      from.join(" or ")
    }, found it ${job.state}: ${advice}`,
    { job: job.id, from: job.state, to: "queued" },
  );
}

export function cannotReorder(job: Job): SeisProcError<"job-transition"> {
  return new SeisProcError(
    "job-transition",
    `Cannot reorder job ${job.id}: expected a queued job, found it ${job.state}: only jobs that wait have an order`,
    { job: job.id, from: job.state, to: "queued" },
  );
}

/** A job that ended while everything was asked to stop is no failure of asking. */
export function isTooLate(error: unknown): boolean {
  return hasTag(error, "job-transition") || hasTag(error, "job-not-found");
}
