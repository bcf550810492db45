/** Oracle: the trace with the mean of samples [first, end) taken from them, in f64. */
export function removeMean(trace: ArrayLike<number>, first: number, end: number): Float64Array {
  const out = Float64Array.from(trace);
  let sum = 0;
  for (let i = first; i < end; i++) sum += out[i];
  for (let i = first; i < end; i++) out[i] -= sum / (end - first);
  return out;
}

/** Oracle: the trace with the median of samples [first, end) taken from them: of sorted f64 numbers the middle. */
export function removeMedian(trace: ArrayLike<number>, first: number, end: number): Float64Array {
  const sorted = Float64Array.from(trace).slice(first, end).sort(), middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return Float64Array.from(trace, (x, i) => i >= first && i < end ? x - median : x);
}
