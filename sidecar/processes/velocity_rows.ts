/** Velocity functions at the samples of a trace and between cdps. */
import type { VelocityFunction } from "../../src/shared/processes/parameter.ts";

/** 1 / v^2 in s^2/m^2 at each sample, v linear between the times of the function and constant beyond them. */
export function slownessSquared(
  { timesMs, velocitiesMps }: VelocityFunction,
  samples: number,
  intervalUs: number,
  startMs: number,
): Float64Array {
  const row = new Float64Array(samples);
  let next = 0;
  for (let i = 0; i < samples; i++) {
    const t = startMs + (i * intervalUs) / 1000;
    while (next < timesMs.length && timesMs[next] < t) next++;
    row[i] = 1 / velocityAt(timesMs, velocitiesMps, next, t) ** 2;
  }
  return row;
}

/** `next` is the first time that is not before `t`. */
function velocityAt(
  times: readonly number[],
  velocities: readonly number[],
  next: number,
  t: number,
): number {
  if (next === 0) return velocities[0];
  if (next === times.length) return velocities[next - 1];
  const part = (t - times[next - 1]) / (times[next] - times[next - 1]);
  return velocities[next - 1] + part * (velocities[next] - velocities[next - 1]);
}

/** Where a cdp lies among functions in the order of their cdps: after function `lower`, `weight` of the way to the next. */
export function bracket(
  functions: readonly VelocityFunction[],
  cdp: number,
): { lower: number; weight: number } {
  const upper = functions.findIndex((one) => (one.cdp ?? 0) > cdp);
  if (upper === 0) return { lower: 0, weight: 0 };
  if (upper < 0) return { lower: functions.length - 1, weight: 0 };
  const low = functions[upper - 1].cdp ?? 0, high = functions[upper].cdp ?? 0;
  return { lower: upper - 1, weight: (cdp - low) / (high - low) };
}
