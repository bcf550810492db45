/** Events for tests. */
import type { JobHappening, StateChange } from "../../../src/shared/job/events.ts";

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
