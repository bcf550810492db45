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

/** When the period begins; minus infinity: with the first job. */
export function sinceOf(period: Period, now: number): number {
  return now - DAYS[period] * DAY_MS;
}

export function endedSince(jobs: readonly Job[], period: Period, now: number): readonly Job[] {
  const since = sinceOf(period, now);
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

/** Jobs count for each process that is in their flow; the most frequent first. */
export function byProcess(jobs: readonly Job[]): readonly (readonly [string, Totals])[] {
  const found = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const process of new Set(job.processes)) found.set(process, [...found.get(process) ?? [], job]);
  }
  return [...found].sort(([, a], [, b]) => b.length - a.length).map((
    [process, jobs],
  ) => [process, totalsOf(jobs)]);
}

/** The nearest rank: of rising values the least that at least this share does not exceed. */
export function quantile(rising: readonly number[], share: number): number {
  return rising[Math.max(0, Math.ceil(share * rising.length) - 1)];
}
