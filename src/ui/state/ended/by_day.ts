/** Figures of jobs day by day, as plots take them: days of this place's clock. */
import type { Job } from "../../../shared/job/job.ts";
import { rateOf } from "./listed.ts";

export interface Days {
  /** Beginnings of days in seconds since 1970, none left out, rising. */
  readonly starts: readonly number[];
  /** The jobs that ended on each day. */
  readonly jobs: readonly (readonly Job[])[];
}

/** Days from the first end to today; `since`: from that day on, even when nothing ended then. */
export function daysOf(jobs: readonly Job[], since: number, now: number): Days {
  const ends = jobs.flatMap(({ endedAt }) => endedAt ?? []);
  const first = Math.max(since, Math.min(now, ...(Number.isFinite(since) ? [since] : [least(ends, now)])));
  const found = Map.groupBy(jobs, ({ endedAt }) => dayOf(endedAt ?? 0));
  const starts: number[] = [];
  for (let day = dayOf(first); day <= now; day = nextDay(day)) starts.push(day);
  return { starts: starts.map((day) => day / 1000), jobs: starts.map((day) => found.get(day) ?? []) };
}

/** Sums of a figure of each job, day by day. */
export function perDay({ jobs }: Days, of: (job: Job) => number): number[] {
  return jobs.map((one) => one.reduce((sum, job) => sum + of(job), 0));
}

export interface Trend {
  /** When each job ended, in seconds since 1970, rising. */
  readonly x: readonly number[];
  readonly rates: readonly number[];
  readonly jobs: readonly Job[];
}

/** Traces a second of each job that completed, in order of their ends. */
export function rateTrend(jobs: readonly Job[]): Trend {
  const found = jobs.flatMap((job) => {
    const rate = rateOf(job);
    return rate === null || job.state !== "completed" ? [] : [{ job, rate, at: (job.endedAt ?? 0) / 1000 }];
  }).sort((a, b) => a.at - b.at);
  return {
    x: found.map(({ at }) => at),
    rates: found.map(({ rate }) => rate),
    jobs: found.map(({ job }) => job),
  };
}

function least(values: readonly number[], most: number): number {
  return values.reduce((least, value) => Math.min(least, value), most);
}

function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** The day after: 23 or 25 hours later where clocks are changed. */
function nextDay(day: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
