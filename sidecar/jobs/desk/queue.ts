/** Which jobs start next: the highest priority first, then their order. Pure. */
import { isLight, type Job, PRIORITIES } from "../../../src/shared/job/job.ts";

export interface QueueLimits {
  /** Heavy jobs at once. */
  readonly heavy: number;
  /** Light jobs beside them. */
  readonly light: number;
}

export const DEFAULT_LIMITS: QueueLimits = { heavy: 1, light: 2 };

type Queued = Pick<Job, "id" | "type" | "priority" | "order">;

/** Negative when `a` runs before `b`. */
export function compareQueued(a: Queued, b: Queued): number {
  const urgency = PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority);
  return urgency || a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The jobs to start now, given those that run. */
export function nextToStart<J extends Queued>(
  queued: Iterable<J>,
  running: Iterable<Pick<Job, "type">>,
  limits: QueueLimits,
): J[] {
  const free = { heavy: limits.heavy, light: limits.light };
  for (const job of running) free[weight(job)]--;
  const next: J[] = [];
  for (const job of [...queued].sort(compareQueued)) {
    if (free[weight(job)]-- > 0) next.push(job);
  }
  return next;
}

/**
 * The order that puts a job directly before another of the same priority, or at the end when there is none.
 * Orders are numbers between those of the neighbours.
 */
export function orderBefore(queue: readonly Queued[], job: string, before: string | null): number {
  const others = queue.filter((other) => other.id !== job).sort(compareQueued);
  const at = before === null ? others.length : others.findIndex((other) => other.id === before);
  const next = others[at], previous = others[at - 1];
  if (next === undefined) return (previous?.order ?? 0) + 1;
  if (previous === undefined || previous.priority !== next.priority) return next.order - 1;
  return (previous.order + next.order) / 2;
}

function weight(job: Pick<Job, "type">): "heavy" | "light" {
  return isLight(job.type) ? "light" : "heavy";
}
