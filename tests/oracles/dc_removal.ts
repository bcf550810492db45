/** Oracle: the trace with the mean of samples [first, end) taken from them, in f64. */
export function removeMean(trace: ArrayLike<number>, first: number, end: number): Float64Array {
  const out = Float64Array.from(trace);
  let sum = 0;
  for (let i = first; i < end; i++) sum += out[i];
  for (let i = first; i < end; i++) out[i] -= sum / (end - first);
  return out;
}
