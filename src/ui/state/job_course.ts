/** How a job went, as its journal tells it. */
import type { JobEvent } from "../../shared/job/events.ts";
import type { JobState } from "../../shared/job/job.ts";

export interface Stay {
  readonly state: JobState;
  readonly at: number;
  /** Null: still there, or it ended with this state. */
  readonly ms: number | null;
  readonly attempt: number;
}

/** The states of a journal in order; measured durations where there are any, else by the clock of the wall. */
export function staysOf(events: readonly JobEvent[]): readonly Stay[] {
  const changes = events.flatMap((event) => event.event === "state" ? [event] : []);
  let attempt = 1;
  return changes.map(({ to, at, ...change }, i) => {
    if ("why" in change && (change.why === "retried" || change.why === "repeated")) attempt++;
    const next = changes[i + 1];
    const ms = next === undefined ? null : next.ms ?? Math.max(0, next.at - at);
    return { state: to, at, ms, attempt };
  });
}

/** Times in seconds since 1970. A null between two runs leaves a gap in the line. */
export function throughputOf(events: readonly JobEvent[]): { x: number[]; rates: (number | null)[] } {
  const x: number[] = [], rates: (number | null)[] = [];
  for (const event of events) {
    const last = x.at(-1) ?? -Infinity, at = Math.max(event.at / 1000, last);
    if (event.event === "progress") {
      x.push(at);
      rates.push(event.progress.tracesPerSecond.now);
    } else if (event.event === "state" && event.to === "running" && x.length > 0) {
      x.push(at);
      rates.push(null);
    }
  }
  return { x, rates };
}
