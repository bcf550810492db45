/** Oracle of the process statics, in f64. */
import { interpolateAt } from "./nmo.ts";

/** Oracle: the trace shifted later by any number of samples, in f64 with exact filters. */
export function shiftTrace(trace: ArrayLike<number>, samples: number): Float64Array {
  return interpolateAt(trace, Float64Array.from(trace, (_, i) => i - samples));
}
