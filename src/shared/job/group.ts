/** Jobs that belong together, such as those of files that were dropped at once: one name, one progress. */
import { isEnded, type Job, JOB_STATES, type JobState } from "./job.ts";
import { type Check, fields, isNumber, isRecordOf, isString, nullable } from "./parse.ts";
import type { Count } from "./progress.ts";

export interface GroupSummary {
  /** What its jobs have as `parent`. */
  readonly id: string;
  readonly name: string;
  readonly jobs: number;
  /** How many jobs are in a state, for those states in which some are. */
  readonly states: Readonly<Partial<Record<JobState, number>>>;
  /** 0 to 1: jobs count by what preflight expected them to take; those that ended are done, however they ended. */
  readonly fraction: number;
  readonly traces: Count;
  /** From the time that jobs of the group took against what was expected of them; null until that is known. */
  readonly secondsLeft: number | null;
  readonly createdAt: number;
  /** When its last job ended; null while one has not. */
  readonly endedAt: number | null;
}

export const isGroupSummary: Check = fields({
  id: isString,
  name: isString,
  jobs: isNumber,
  states: isRecordOf(isNumber),
  fraction: isNumber,
  traces: fields({ done: isNumber, total: isNumber }),
  secondsLeft: nullable(isNumber),
  createdAt: isNumber,
  endedAt: nullable(isNumber),
});

/** The summary of a group that has these jobs. */
export function summaryOf(id: string, jobs: readonly Job[]): GroupSummary {
  const weights = jobs.map((job) => Math.max(0.01, job.estimate?.seconds ?? 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const done = jobs.map(fractionOf);
  const states = JOB_STATES.map((state) =>
    [state, jobs.filter((job) => job.state === state).length] as const
  );
  const ends = jobs.map(({ endedAt }) => endedAt);
  return {
    id,
    name: jobs[0]?.group ?? id,
    jobs: jobs.length,
    states: Object.fromEntries(states.filter(([, count]) => count > 0)),
    fraction: weights.reduce((sum, weight, i) => sum + weight * done[i], 0) / Math.max(whole, 1e-9),
    traces: {
      done: sumOf(jobs, (job) => job.result?.tracesRead ?? job.progress?.traces.done ?? 0),
      total: sumOf(jobs, (job) => job.plan?.traces ?? job.estimate?.traces ?? 0),
    },
    secondsLeft: secondsLeft(jobs, weights),
    createdAt: Math.min(...jobs.map(({ createdAt }) => createdAt)),
    endedAt: jobs.every(({ state }) => isEnded(state)) ? Math.max(...ends.map((end) => end ?? 0)) : null,
  };
}

function fractionOf(job: Job): number {
  if (isEnded(job.state)) return 1;
  if (job.progress !== null && job.state !== "queued") return job.progress.fraction;
  return job.plan === null || job.plan.blocks === 0 ? 0 : job.blocksOnDisk / job.plan.blocks;
}

/** What is expected of the jobs that are left, corrected by what was measured on those that ended. */
function secondsLeft(jobs: readonly Job[], weights: readonly number[]): number | null {
  let expected = 0, measured = 0, left = 0;
  jobs.forEach((job, i) => {
    if (job.state === "completed") {
      expected += weights[i];
      measured += job.ranMs / 1000;
    } else if (!isEnded(job.state)) left += weights[i] * (1 - fractionOf(job));
  });
  if (left === 0) return 0;
  const running = jobs.filter(({ state }) => state === "running");
  if (expected > 0) return left * measured / expected;
  const known = running.flatMap(({ progress }) => progress?.secondsLeft ?? []);
  const share = jobs.reduce(
    (sum, job, i) => job.state === "running" ? sum + weights[i] * (1 - fractionOf(job)) : sum,
    0,
  );
  return known.length > 0 && share > 0 ? left * known.reduce((a, b) => Math.max(a, b)) / share : null;
}

function sumOf(jobs: readonly Job[], value: (job: Job) => number): number {
  return jobs.reduce((sum, job) => sum + value(job), 0);
}
