/** What the end of a runner means for its job. Pure: from the job's state, what was asked and how it ended. */
import { toWireError, type WireError } from "../../../src/shared/errors.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { JobHappening, StateChange } from "../../../src/shared/job/events.ts";
import type { CancelLevel, Job } from "../../../src/shared/job/job.ts";
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
    notes.push(state({ to: "interrupted", why: "its runner died", error: runnerDied(job, exit) }));
  }
  return [...notes, state({ to: "cancelled", level, partialOutput: settlePartial() })];
}

/** The way, by the rules, from a state of stopping to how the runner really ended. */
function startedAgain(context: RunEndContext, through: "paused" | "interrupted"): JobHappening[] {
  const { job, manager } = context;
  const asked = through === "paused" ? "pause" : "cancel";
  return [
    state({ to: through, why: `its runner ended before the ${asked} reached it` }),
    state({ to: "queued", manager, order: job.order, why: "resumed" }),
    state({ to: "running", manager, pid: 0 }),
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
      return [state({ to: "paused", why })];
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
  if (end?.outcome === "completed") return [state({ to: "completed", result: end.result })];
  if (intent.kind === "timeout") return [state({ to: "timed_out", error: timedOut(job, intent.seconds) })];
  switch (end?.outcome) {
    case "failed":
      if (isDiskFull(exit)) return [state({ to: "pausing", why: "disk full" }), diskFullPause(exit)];
      return afterFailure(job, end.error, end.transient, manager);
    case "cancelled":
      return [
        state({ to: "cancelling", keepPartial: true }),
        state({ to: "cancelled", level: end.level, partialOutput: null }),
      ];
    case "paused":
      return [
        state({ to: "pausing", why: "by its runner" }),
        state({ to: "paused", why: "by its runner" }),
      ];
    case "interrupted":
      return [
        state({ to: "interrupted", why: intent.kind === "shutdown" ? intent.why : "its runner was told" }),
      ];
    default:
      if (intent.kind === "shutdown") return [state({ to: "interrupted", why: intent.why })];
      return [interrupted(job, exit)];
  }
}

/** Passing errors are repeated while attempts are left; wrong input never is. */
function afterFailure(job: Job, error: WireError, transient: boolean, manager: string): JobHappening[] {
  const failed = state({ to: "failed", error });
  if (!transient || job.repeats + 1 >= job.maxAttempts) return [failed];
  return [failed, state({ to: "queued", manager, order: job.order, why: "repeated" })];
}

function isDiskFull(exit: RunnerExit): boolean {
  return exit.end?.outcome === "failed" && exit.end.error.tag === "disk-full";
}

function diskFullPause(exit: RunnerExit): JobHappening {
  const error = exit.end?.outcome === "failed" ? exit.end.error : undefined;
  return state({ to: "paused", why: "disk full", error });
}

function interrupted(job: Job, exit: RunnerExit): JobHappening {
  return state({ to: "interrupted", why: "its runner died", error: runnerDied(job, exit) });
}

export function runnerDied(job: Pick<Job, "id">, exit: RunnerExit): WireError {
  const how = exit.signal !== null ? `signal ${exit.signal}` : `exit status ${exit.code}`;
  const said = exit.stderr === "" ? "" : `; it wrote: ${exit.stderr.slice(-500)}`;
  return toWireError(
    new SeisProcError(
      "runner-died",
      `Cannot go on with job ${job.id}: expected its runner to say how it ended, found ${how}${said}: resume it`,
      { job: job.id, exit: how },
    ),
  );
}

function timedOut(job: Job, seconds: number): WireError {
  return toWireError(
    new SeisProcError(
      "timed-out",
      `Cannot finish job ${job.id}: expected it to end within ${seconds} s, found it still running: ` +
        `retry it with a longer timeout`,
      { job: job.id, seconds },
    ),
  );
}

export function state(change: StateChange): JobHappening {
  return { event: "state", ...change };
}

export function note(level: "info" | "warning" | "error", text: string): JobHappening {
  return { event: "log", level, text };
}
