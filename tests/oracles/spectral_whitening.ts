/** Oracle of the process spectral_whitening, by plain sums in f64. */
import type { Whitening } from "../../sidecar/processes/spectral_whitening.ts";
import { binOf, filterBySums } from "./spectral_filter.ts";

/** Oracle: a trace whose spectrum is divided by its running mean, with its RMS kept, in f64. */
export function whitenTrace(trace: ArrayLike<number>, options: Whitening): Float64Array {
  const { length, taper, h, first, last, noise } = options;
  const sizes = Array.from({ length: length / 2 + 1 }, (_, bin) => Math.hypot(...binOf(trace, length, bin)));
  const level = noise * mean(sizes.slice(first, last + 1));
  const out = filterBySums(trace, length, (bin) => {
    const divisor = mean(sizes.slice(Math.max(0, bin - h), bin + h + 1)) + level;
    return [divisor > 0 ? taper[bin] / divisor : 0, 0];
  });
  const after = energy(out);
  return after === 0 ? out : out.map((x) => x * Math.sqrt(energy(trace) / after));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function energy(trace: ArrayLike<number>): number {
  return Array.from(trace).reduce((sum, x) => sum + x * x, 0);
}
