/** Unit conversions that more than one place needs. Names carry the unit; SEG-Y intervals are microseconds. */

export const METRES_PER_FOOT = 0.3048;

export function nyquistHz(intervalUs: number): number {
  return 5e5 / intervalUs;
}

/** Samples in a time span, unrounded. */
export function samplesOfMs(ms: number, intervalUs: number): number {
  return (ms * 1000) / intervalUs;
}
