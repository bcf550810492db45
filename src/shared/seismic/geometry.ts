/** Small rules of survey geometry and time that more than one part needs. */
import { applyScalar } from "./trace_header.ts";
import type { LengthUnit } from "./survey.ts";

const TIME_SCALARS: readonly number[] = [1, 10, 100, 1000, 10000];

/**
 * Time of the first sample in milliseconds. Files before revision 1 may hold anything where the time scalar lies: what is
 * no scalar of the standard counts as one.
 */
export function delayMs(delrt: number, tscal: number): number {
  return TIME_SCALARS.includes(Math.abs(tscal)) ? applyScalar(delrt, tscal) : delrt;
}

/** The unit of lengths by the measurement system code of the binary header. */
export function lengthUnitOf(mfeet: number): LengthUnit {
  if (mfeet === 1) return "m";
  return mfeet === 2 ? "ft" : "unknown";
}
