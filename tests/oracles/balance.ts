/** Oracles of the process balance, in f64. */
export type Level = "rms" | "mean" | "max";

/** Oracle: a trace divided by its level, in f64; a dead trace stays as it is. */
export function balanceTrace(trace: ArrayLike<number>, statistic: Level): Float64Array {
  const x = Float64Array.from(trace), level = levelOf(x, statistic);
  return level === 0 ? x : x.map((value) => value / level);
}

function levelOf(x: Float64Array, statistic: Level): number {
  const sizes = x.map(Math.abs);
  if (statistic === "max") return Math.max(...sizes);
  if (statistic === "mean") return sizes.reduce((sum, size) => sum + size, 0) / x.length;
  return Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / x.length);
}
