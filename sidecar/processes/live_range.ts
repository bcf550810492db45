/** Samples [first, end) of a trace between its leading and trailing zeros; empty (first = end) for a dead trace. */
export function liveRange(trace: Float32Array): { first: number; end: number } {
  let end = trace.length;
  while (end > 0 && trace[end - 1] === 0) end--;
  let first = 0;
  while (first < end && trace[first] === 0) first++;
  return { first, end };
}
