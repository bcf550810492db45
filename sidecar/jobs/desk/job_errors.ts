/** Refusals of the job manager. */
import { hasTag, refusal, type SeisProcError } from "../../../src/shared/errors.ts";
import type { Job, JobState, JobType } from "../../../src/shared/job/job.ts";
import { isDiskFull } from "../../files/file_errors.ts";

const UNAVAILABLE: ReadonlySet<JobType> = new Set<JobType>(["migration", "qc_batch"]);

/** Types that have their place but no work in this version. */
export function refuseUnavailable(type: JobType): void {
  if (!UNAVAILABLE.has(type)) return;
  const said = {
    cannot: `submit a job of type ${type}`,
    expected: "a type of this version",
    found: "one that is not available in it",
    advice: "use segy_import, segy_export, processing, stacking or sort",
  };
  throw refusal("job-type-unavailable", said, { type });
}

export function cannotCreate(folder: string, cause: unknown): SeisProcError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const said = { cannot: `create a job in ${folder}`, expected: "to write its folder", found: reason };
  if (isDiskFull(cause)) {
    return refusal("disk-full", { ...said, advice: "free space on that volume" }, { file: folder }, cause);
  }
  const advice = "check the permissions of the workspace";
  return refusal("workspace-unusable", { ...said, advice }, { folder, reason }, cause);
}

export function jobOwned(id: string): SeisProcError<"job-owned"> {
  const said = {
    cannot: `change job ${id}`,
    expected: "a job that nobody works on",
    found: "that another process does",
    advice: "try again",
  };
  return refusal("job-owned", said, { job: id });
}

export function cannotQueue(
  job: Job,
  what: "resumed" | "retried",
  from: readonly JobState[],
): SeisProcError<"job-transition"> {
  const [verb, other] = what === "resumed" ? ["resume", "retry"] : ["retry", "resume"];
  const advice = job.state === "completed" ? "submit it again" : `wait, or ${other} it`;
  return wrongState(job, verb, `a job that is ${from.join(" or ")}`, advice, "queued");
}

export function cannotReorder(job: Job): SeisProcError<"job-transition"> {
  return wrongState(job, "reorder", "a queued job", "only jobs that wait have an order", "queued");
}

export function cannotRemove(job: Job): SeisProcError<"job-transition"> {
  return wrongState(job, "remove", "a job at rest", "cancel it first", "removed");
}

function wrongState(
  { id, state }: Job,
  verb: string,
  expected: string,
  advice: string,
  to: string,
): SeisProcError<"job-transition"> {
  const said = { cannot: `${verb} job ${id}`, expected, found: `it ${state}`, advice };
  return refusal("job-transition", said, { job: id, from: state, to });
}

/** A job that ended while everything was asked to stop is no failure of asking. */
export function isTooLate(error: unknown): boolean {
  return hasTag(error, "job-transition") || hasTag(error, "job-not-found");
}
