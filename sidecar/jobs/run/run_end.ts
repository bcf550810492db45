/** What the end of a runner means for its job. Pure: from the job's state, what was asked and how it ended. */
import { refusal, toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { JobHappening } from "../../../src/shared/job/events.ts";
import { moved, note, paused, pausing } from "../../../src/shared/job/happenings.ts";
import type { CancelLevel, Job } from "../../../src/shared/job/job.ts";
import { LONGEST_SHOWN } from "../../../src/shared/shown.ts";
import type { RunnerExit } from "./runner_process.ts";

/** Why the run was told to end, when no state of the job says so. */
export type Intent =
  | { readonly kind: "none" }
  | { readonly kind: "shutdown"; readonly why: string }
  | { readonly kind: "timeout"; readonly seconds: number };

export interface RunEndContext {
  readonly job: Job;
  readonly intent: Intent;
  readonly exit: RunnerExit;
  readonly manager: string;
  /** Removes or keeps partial output as the cancel asked. */
  readonly settlePartial: () => "removed" | "kept" | null;
}

/** The changes to record, in order. */
export function whatRunEndMeans(context: RunEndContext): JobHappening[] {
  switch (context.job.state) {
    case "cancelling":
      return afterCancelling(context);
    case "pausing":
      return afterPausing(context);
    default:
      return afterRunning(context);
  }
}

/** A job whose output was complete before the cancel reached its runner is completed: the cancel came too late. */
function afterCancelling(context: RunEndContext): JobHappening[] {
  const { job, exit, settlePartial } = context;
  const end = exit.end;
  if (end?.outcome === "completed") return startedAgain(context, "interrupted");
  const level: CancelLevel = end?.outcome === "cancelled" ? end.level : end === null ? 4 : 2;
  const notes: JobHappening[] = [];
  if (end?.outcome === "failed") {
    notes.push(note("warning", `The job failed before the cancel reached it: ${end.error.message}`));
  } else if (end === null && !exit.forced) {
    notes.push(moved({ to: "interrupted", why: "its runner died", error: runnerDied(job, exit) }));
  }
  return [...notes, moved({ to: "cancelled", level, partialOutput: settlePartial() })];
}

/** The way, by the rules, from a state of stopping to how the runner really ended. */
function startedAgain(context: RunEndContext, through: "paused" | "interrupted"): JobHappening[] {
  const { job, manager } = context;
  const asked = through === "paused" ? "pause" : "cancel";
  return [
    moved({ to: through, why: `its runner ended before the ${asked} reached it` }),
    moved({ to: "queued", manager, order: job.order, why: "resumed" }),
    moved({ to: "running", manager, pid: 0 }),
    ...afterRunning(context),
  ];
}

/** A runner that ends otherwise while it should pause: the job is paused and at once what the runner says. */
function afterPausing(context: RunEndContext): JobHappening[] {
  const { job, exit, intent } = context;
  const why = job.reason ?? "by the user";
  switch (exit.end?.outcome) {
    case "paused":
    case "interrupted":
      return [moved({ to: "paused", why, cause: job.pauseCause })];
    case "completed":
    case "failed": {
      if (intent.kind === "none" && isDiskFull(exit)) return [diskFullPause(exit)];
      return startedAgain(context, "paused");
    }
    default:
      return [interrupted(job, exit)];
  }
}

function afterRunning(context: RunEndContext): JobHappening[] {
  const { job, exit, intent, manager } = context;
  const end = exit.end;
  if (end?.outcome === "completed") return [moved({ to: "completed", result: end.result })];
  if (intent.kind === "timeout") return [moved({ to: "timed_out", error: timedOut(job, intent.seconds) })];
  switch (end?.outcome) {
    case "failed":
      if (isDiskFull(exit)) return [pausing("disk_full"), diskFullPause(exit)];
      return afterFailure(job, end.error, end.transient, manager);
    case "cancelled":
      return [
        moved({ to: "cancelling", keepPartial: true }),
        moved({ to: "cancelled", level: end.level, partialOutput: null }),
      ];
    case "paused":
      return [pausing("runner"), paused("runner")];
    case "interrupted":
      return [
        moved({ to: "interrupted", why: intent.kind === "shutdown" ? intent.why : "its runner was told" }),
      ];
    default:
      if (intent.kind === "shutdown") return [moved({ to: "interrupted", why: intent.why })];
      return [interrupted(job, exit)];
  }
}

/** Passing errors are repeated while attempts are left; wrong input never is. */
function afterFailure(job: Job, error: WireError, transient: boolean, manager: string): JobHappening[] {
  const failed = moved({ to: "failed", error });
  if (!transient || job.repeats + 1 >= job.maxAttempts) return [failed];
  return [failed, moved({ to: "queued", manager, order: job.order, why: "repeated" })];
}

function isDiskFull(exit: RunnerExit): boolean {
  return exit.end?.outcome === "failed" && exit.end.error.tag === "disk-full";
}

function diskFullPause(exit: RunnerExit): JobHappening {
  return paused("disk_full", exit.end?.outcome === "failed" ? exit.end.error : undefined);
}

function interrupted(job: Job, exit: RunnerExit): JobHappening {
  return moved({ to: "interrupted", why: "its runner died", error: runnerDied(job, exit) });
}

export function runnerDied(job: Pick<Job, "id">, exit: RunnerExit): WireError {
  const how = exit.signal !== null ? `signal ${exit.signal}` : `exit status ${exit.code}`;
  const words = exit.stderr === "" ? "" : `; it wrote: ${exit.stderr.slice(-LONGEST_SHOWN)}`;
  const said = {
    cannot: `go on with job ${job.id}`,
    expected: "its runner to say how it ended",
    found: how + words,
    advice: "resume it",
  };
  return toWireError(refusal("runner-died", said, { job: job.id, exit: how }));
}

function timedOut(job: Job, seconds: number): WireError {
  const said = {
    cannot: `finish job ${job.id}`,
    expected: `it to end within ${seconds} s`,
    found: "it still running",
    advice: "retry it with a longer timeout",
  };
  return toWireError(refusal("timed-out", said, { job: job.id, seconds }));
}
