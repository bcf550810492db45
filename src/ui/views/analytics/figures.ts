/** Figures over jobs that ended. */
import type { Job, JobType } from "../../../shared/job/job.ts";

export const PERIODS = ["week", "month", "quarter", "all"] as const;
export type Period = typeof PERIODS[number];

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 30, quarter: 90, all: Infinity };

export interface Totals {
  readonly ended: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Running times of completed jobs, rising, in milliseconds. */
  readonly times: readonly number[];
  readonly bytesMoved: number;
  /** Traces a second over all completed jobs; null when none read a trace. */
  readonly tracesPerSecond: number | null;
}

export function endedSince(jobs: readonly Job[], period: Period, now: number): readonly Job[] {
  const since = now - DAYS[period] * DAY_MS;
  return jobs.filter(({ endedAt }) => (endedAt ?? 0) >= since);
}

export function totalsOf(jobs: readonly Job[]): Totals {
  const completed = jobs.filter(({ state }) => state === "completed");
  const results = completed.flatMap(({ result }) => result ?? []);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = sum(results.map((result) => result.seconds));
  const traces = sum(results.map(({ tracesRead }) => tracesRead));
  return {
    ended: jobs.length,
    completed: completed.length,
    failed: jobs.filter(({ state }) => state === "failed" || state === "timed_out").length,
    cancelled: jobs.filter(({ state }) => state === "cancelled").length,
    times: completed.map(({ ranMs }) => ranMs).sort((a, b) => a - b),
    bytesMoved: sum(results.map(({ bytesRead, bytesWritten }) => bytesRead + bytesWritten)),
    tracesPerSecond: seconds > 0 && traces > 0 ? traces / seconds : null,
  };
}

export function byType(jobs: readonly Job[]): readonly (readonly [JobType, Totals])[] {
  const types = [...new Set(jobs.map(({ type }) => type))].sort();
  return types.map((type) => [type, totalsOf(jobs.filter((job) => job.type === type))]);
}

/** The nearest rank: of rising values the least that at least this share does not exceed. */
export function quantile(rising: readonly number[], share: number): number {
  return rising[Math.max(0, Math.ceil(share * rising.length) - 1)];
}

export interface ErrorCount {
  readonly tag: string;
  readonly jobs: number;
  readonly last: number;
}

/** Errors by tag, the most frequent first. */
export function topErrors(jobs: readonly Job[]): readonly ErrorCount[] {
  const found = new Map<string, ErrorCount>();
  for (const { error, endedAt } of jobs) {
    if (error === null) continue;
    const before = found.get(error.tag);
    found.set(error.tag, {
      tag: error.tag,
      jobs: (before?.jobs ?? 0) + 1,
      last: Math.max(before?.last ?? 0, endedAt ?? 0),
    });
  }
  return [...found.values()].sort((a, b) => b.jobs - a.jobs);
}
