/** How fast a running job has been: its rates for a small line, and from their spread the time left as a range. */
import type { JobProgress } from "../../shared/job/progress.ts";

export interface Pace {
  /** Traces a second over the last steps, oldest first. */
  readonly rates: readonly number[];
  /** When the last was taken, by a clock that does not jump. */
  readonly at: number;
}

export interface TimeLeft {
  readonly fromMs: number;
  readonly toMs: number;
}

const STEP_MS = 500;
const KEPT = 60;
/** From here on the measured rate is believed. */
const SURE = 0.2;
const LEAST_RATES = 3;
/** How much of the rates on each side are taken for chance. */
const TAIL = 0.1;

export const NO_PACE: Pace = { rates: [], at: -Infinity };

/** The pace after a progress; the same when the last rate is from a moment ago. */
export function paceAfter(pace: Pace, { tracesPerSecond }: JobProgress, now: number): Pace {
  if (now - pace.at < STEP_MS) return pace;
  return { rates: [...pace.rates.slice(1 - KEPT), tracesPerSecond.now], at: now };
}

/** Null until it can be told. A range until a fifth of the job is done: rates of the first blocks say little. */
export function timeLeft(progress: JobProgress | null, { rates }: Pace): TimeLeft | null {
  if (progress === null || progress.secondsLeft === null) return null;
  const measured = progress.secondsLeft * 1000;
  if (progress.fraction >= SURE) return { fromMs: measured, toMs: measured };
  const moving = rates.filter((rate) => rate > 0).sort((a, b) => a - b);
  if (moving.length < LEAST_RATES) return null;
  const traces = progress.traces.total - progress.traces.done;
  const slow = moving[Math.floor(TAIL * (moving.length - 1))];
  const fast = moving[Math.ceil((1 - TAIL) * (moving.length - 1))];
  return {
    fromMs: Math.min(measured, traces / fast * 1000),
    toMs: Math.max(measured, traces / slow * 1000),
  };
}
