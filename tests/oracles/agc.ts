/** Oracle: a trace divided by its level over samples i-h..i+h, each window summed afresh in f64. */
export function agcTrace(trace: ArrayLike<number>, h: number, statistic: "rms" | "mean"): Float64Array {
  return Float64Array.from(trace, (x, i) => {
    const first = Math.max(0, i - h), last = Math.min(trace.length - 1, i + h);
    let sum = 0;
    for (let j = first; j <= last; j++) sum += statistic === "rms" ? trace[j] ** 2 : Math.abs(trace[j]);
    const mean = sum / (last - first + 1);
    if (mean === 0) return 0;
    return x / (statistic === "rms" ? Math.sqrt(mean) : mean);
  });
}
