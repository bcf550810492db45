/** Events for tests. */
import type { JobHappening, StateChange } from "../../../src/shared/job/events.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";

export function createdEvent(): Extract<JobHappening, { event: "created" }> {
  return {
    ...{
      event: "created",
      format: 1,
      program: "0",
      name: "a",
      type: "processing",
      priority: "normal",
      tags: [],
    },
    ...{ parent: null, maxAttempts: 4, timeoutSeconds: null, estimate: null },
  };
}

export function state(change: StateChange, ms?: number): JobHappening {
  return ms === undefined ? { event: "state", ...change } : { event: "state", ms, ...change };
}

/** Progress of a job with ten traces. */
export function aProgress(done: number): JobProgress {
  const count = { done, total: 10 }, rate = { now: 1, smoothed: 1 };
  return {
    phase: "processing",
    phases: ["processing"],
    fraction: done / 10,
    blocks: count,
    gathers: count,
    traces: count,
    tracesPerSecond: rate,
    megabytesPerSecond: rate,
    secondsLeft: null,
    lanes: [],
    bytesRead: done,
    bytesWritten: done,
    stalled: false,
    peakMemoryBytes: 1,
    warnings: 0,
  };
}
