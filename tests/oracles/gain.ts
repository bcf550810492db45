/** Plain double-precision oracle of the process gain. */

/** Oracle: the trace times its factors, in f64. */
export function multiplyByTable(trace: ArrayLike<number>, factors: Float64Array): Float64Array {
  return factors.map((factor, i) => trace[i] * factor);
}
