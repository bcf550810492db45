/** Oracle of the process deconvolution, in f64. */
import { solveToeplitz } from "../../sidecar/kernels/levinson.ts";

/** Lags in samples and the design window [first, end). */
export interface PredictionDesign {
  readonly gap: number;
  /** Last lag of the operator, included. */
  readonly lastLag: number;
  /** What r[0] is multiplied by. */
  readonly whitened: number;
  readonly first: number;
  readonly end: number;
}

/** Oracle: Wiener prediction error in f64, y[i] = x[i] - sum f[j] x[i - gap - j]. */
export function predictionError(trace: ArrayLike<number>, design: PredictionDesign): Float64Array {
  const x = Float64Array.from(trace);
  const { gap, lastLag, whitened, first, end } = design;
  const r = Float64Array.from({ length: lastLag + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = first; i + lag < end; i++) sum += x[i] * x[i + lag];
    return sum;
  });
  if (r[0] === 0) return x;
  const g = r.slice(gap, lastLag + 1);
  r[0] *= whitened;
  const f = solveToeplitz(r, g);
  return x.map((value, i) => {
    let prediction = 0;
    for (let j = 0; j < f.length && i - gap - j >= 0; j++) prediction += f[j] * x[i - gap - j];
    return value - prediction;
  });
}
