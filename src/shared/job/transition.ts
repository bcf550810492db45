/** The only place that says which state may follow which. */
import { SeisProcError } from "../errors.ts";
import type { JobState } from "./job.ts";

const NEXT: Readonly<Record<JobState, readonly JobState[]>> = {
  created: ["queued", "cancelled"],
  queued: ["running", "cancelled"],
  running: ["completed", "failed", "timed_out", "pausing", "cancelling", "interrupted"],
  pausing: ["paused", "cancelling", "interrupted"],
  paused: ["queued", "cancelled"],
  cancelling: ["cancelled", "interrupted"],
  interrupted: ["queued", "cancelled"],
  completed: [],
  failed: ["queued"],
  cancelled: ["queued"],
  timed_out: ["queued"],
};

/** States that end an attempt: only a new attempt leaves them. */
const ENDS_ATTEMPT: ReadonlySet<JobState> = new Set<JobState>(["failed", "cancelled", "timed_out"]);

export interface Place {
  readonly id: string;
  readonly state: JobState;
  readonly attempt: number;
}

/**
 * The place of a job after a change of state; `attempt` counts up by one exactly when an ended job is queued again.
 * @throws job-transition
 */
export function transition(from: Place, to: JobState): Place {
  if (!NEXT[from.state].includes(to)) {
    throw new SeisProcError(
      "job-transition",
      `Cannot make job ${from.id} ${to}: expected ${statesBefore(to)}, found ${from.state}: ${advice(from)}`,
      { job: from.id, from: from.state, to },
    );
  }
  return { id: from.id, state: to, attempt: from.attempt + (ENDS_ATTEMPT.has(from.state) ? 1 : 0) };
}

function statesBefore(to: JobState): string {
  const before = Object.entries(NEXT).filter(([, next]) => next.includes(to)).map(([state]) => state);
  return before.length > 0 ? `a job that is ${before.join(" or ")}` : "a new job";
}

function advice(from: Place): string {
  const next = NEXT[from.state];
  return next.length > 0
    ? `it can become ${next.join(", ")}`
    : `a ${from.state} job never changes, submit it again`;
}
