/**
 * Magnitudes compared by the bits of 32-bit floats: without the sign they are in the order of the values, infinity is
 * above every number and NaN above infinity. So a sample that is no number wins wherever cells are joined, and stays
 * visible. Of two equal magnitudes the positive one wins, so no result depends on the order of comparing.
 */

export const MAGNITUDE = 0x7fffffff;
/** Magnitudes from here on are infinite or no number. */
export const NOT_FINITE = 0x7f800000;

export function largerInMagnitude(one: number, other: number): number {
  const a = one & MAGNITUDE, b = other & MAGNITUDE;
  return a > b || (a === b && one > other) ? one : other;
}
