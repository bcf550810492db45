/** Oracles of the process stack, in f64. */
/** Live values at one sample of `[trace][sample]` data: those that are not exactly zero, with their traces. */
function liveAt(data: ArrayLike<number>, traces: number, samples: number, i: number) {
  const live: { trace: number; x: number }[] = [];
  for (let trace = 0; trace < traces; trace++) {
    const x = data[trace * samples + i];
    if (x !== 0) live.push({ trace, x });
  }
  return live;
}

/** Oracle: weighted mean over live samples in f64; zero where fewer than `minFold` are live. */
export function weightedMean(
  data: ArrayLike<number>,
  weights: ArrayLike<number>,
  samples: number,
  minFold: number,
): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    const live = liveAt(data, weights.length, samples, i);
    if (live.length === 0 || live.length < minFold) return 0;
    const sum = live.reduce((total, { trace, x }) => total + weights[trace] * x, 0);
    return sum / live.reduce((total, { trace }) => total + weights[trace], 0);
  });
}

/** Oracle: median over live samples. */
export function medianStack(
  data: ArrayLike<number>,
  traces: number,
  samples: number,
  minFold: number,
): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    const values = liveAt(data, traces, samples, i).map(({ x }) => x).sort((a, b) => a - b);
    if (values.length === 0 || values.length < minFold) return 0;
    const middle = values.length >> 1;
    return values.length % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  });
}
