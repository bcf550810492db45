/**
 * Interpolation filters of eight samples: the least-squares best approximation of a sinc for frequencies up to 0.617 of
 * Nyquist. After Hale, mksinc.c of Seismic Unix (CWP 1989), whose fit fmax = 0.066 + 0.265 ln(8) this is.
 */
import { solveToeplitz } from "./levinson.ts";

export const SINC_TAPS = 8;
/** Tap 3 lies on the sample at or before the wanted time. */
export const SINC_TAPS_BEFORE = 3;
/** Binary digits of the fraction by which tabulated filters differ: positions are right to 1/8192 of a sample. */
const SINC_TABLE_BITS = 12;

const FIT = 0.066 + 0.265 * Math.log(SINC_TAPS);

/** Filter for a time `fraction` of a sample (0 to 1) after a sample: y = sum f[j] x[i + j - 3]. */
export function sincFilter(fraction: number): Float64Array {
  if (fraction === 0 || fraction === 1) {
    return Float64Array.from({ length: SINC_TAPS }, (_, j) => j === SINC_TAPS_BEFORE + fraction ? 1 : 0);
  }
  const auto = Float64Array.from({ length: SINC_TAPS }, (_, j) => sinc(FIT * j));
  const cross = Float64Array.from(
    { length: SINC_TAPS },
    (_, j) => sinc(FIT * (SINC_TAPS_BEFORE - j + fraction)),
  );
  return solveToeplitz(auto, cross);
}

let table: Float32Array | undefined;

/** Filters for the fractions k / 2^SINC_TABLE_BITS, shape `[k][tap]`; made once. */
export function sincTable(): Float32Array {
  if (table) return table;
  const rows = 1 << SINC_TABLE_BITS;
  table = new Float32Array(rows * SINC_TAPS);
  for (let k = 0; k < rows; k++) table.set(sincFilter(k / rows), k * SINC_TAPS);
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
