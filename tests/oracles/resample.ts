/** Plain double-precision oracle of the process resample. */
import { resampler } from "../../sidecar/processes/resampler.ts";

/** Oracle: the trace at times k * ratio (in old samples), in f64; taps of every output normalised to sum one. */
export function resampleTrace(trace: ArrayLike<number>, ratio: number, count: number): Float64Array {
  const { halfWidth, weight } = resampler(ratio);
  return Float64Array.from({ length: count }, (_, k) => {
    let sum = 0, norm = 0;
    for (let i = Math.ceil(k * ratio - halfWidth); i <= k * ratio + halfWidth; i++) {
      const w = weight(k * ratio - i);
      norm += w;
      if (i >= 0 && i < trace.length) sum += w * trace[i];
    }
    return sum / norm;
  });
}
