/** Times and taper of the process mute. */
import type { MuteParameters } from "../../src/shared/processes/mute.ts";

/** Mute time in ms at an offset in metres without sign: linear between the given offsets, constant beyond. */
export function muteTimeMs(
  { timesMs = [], offsetsM = [], velocityMps, shiftMs }: MuteParameters,
  offset: number,
): number {
  if (velocityMps !== undefined) return (offset / velocityMps) * 1000 + shiftMs;
  const next = offsetsM.findIndex((one) => one >= offset);
  if (next < 0) return timesMs[timesMs.length - 1] + shiftMs;
  if (next === 0) return timesMs[0] + shiftMs;
  const part = (offset - offsetsM[next - 1]) / (offsetsM[next] - offsetsM[next - 1]);
  return timesMs[next - 1] + part * (timesMs[next] - timesMs[next - 1]) + shiftMs;
}

/** Factor of a sample `sinceMs` after the mute time (before it, for a bottom mute): 0, a cosine ramp, 1. */
export function taperFactor(sinceMs: number, taperMs: number): number {
  if (sinceMs < 0) return 0;
  return sinceMs >= taperMs ? 1 : (1 - Math.cos((Math.PI * sinceMs) / taperMs)) / 2;
}
