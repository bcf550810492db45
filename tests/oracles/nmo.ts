/** Oracle of the process nmo, in f64 with exact filters. */
import { SINC_TAPS, SINC_TAPS_BEFORE, sincFilter } from "../../sidecar/kernels/sinc_filters.ts";

/** Moved-out times in samples from the first: sqrt((start + i)^2 + x2 * slowness[i]) - start. */
export function timeMap(slowness: ArrayLike<number>, x2: number, start: number): Float64Array {
  return Float64Array.from(slowness, (s, i) => Math.sqrt((start + i) ** 2 + x2 * s) - start);
}

/** Oracle: the trace at any positions (in samples), with exact filters; zero beyond its ends. */
export function interpolateAt(trace: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  return Float64Array.from(positions, (position) => {
    const before = Math.floor(position);
    const filter = sincFilter(position - before);
    let sum = 0;
    for (let j = 0; j < SINC_TAPS; j++) {
      const i = before + j - SINC_TAPS_BEFORE;
      if (i >= 0 && i < trace.length) sum += filter[j] * trace[i];
    }
    return sum;
  });
}

/** Zero down to the last sample with a time step under 1 / stretch, then a linear ramp of `taper` samples. */
export function stretchMute(
  trace: Float64Array,
  times: Float64Array,
  stretch: number,
  taper: number,
): Float64Array {
  const step = (i: number) => times[Math.max(i, 1)] - times[Math.max(i, 1) - 1];
  let last = trace.length - 1;
  while (last >= 0 && step(last) >= 1 / stretch) last--;
  if (last < 0) return trace;
  return trace.map((x, i) => i <= last ? 0 : x * Math.min(1, (i - last) / Math.max(taper, 1)));
}
