/** Oracle: the trace with every sign turned. */
export function reversed(trace: ArrayLike<number>): Float64Array {
  return Float64Array.from(trace, (x) => -x);
}
