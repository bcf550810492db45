/** The interpolator of the process resample: a sinc under a Kaiser window. */

/** Zero crossings of the sinc to each side. */
const CROSSINGS = 24;
/** Cut-off as part of the lower Nyquist frequency: its middle, 6 dB down. */
const CUT_OFF = 0.9;
/** Kaiser's beta for 80 dB: 0.1102 (80 - 8.7). */
const BETA = 7.857;

/** A band-limited interpolator between sample intervals whose ratio (new over old) is given. */
export interface Resampler {
  /** Samples of the input to each side of a position that count. */
  readonly halfWidth: number;
  /** Weight of an input sample `distance` input samples away. */
  weight(distance: number): number;
}

export function resampler(ratio: number): Resampler {
  const cut = CUT_OFF * Math.min(1, 1 / ratio);
  const halfWidth = CROSSINGS / cut;
  return { halfWidth, weight: (distance) => cut * sinc(cut * distance) * kaiser(distance / halfWidth) };
}

function kaiser(u: number): number {
  return Math.abs(u) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - u * u)) / besselI0(BETA);
}

/** Modified Bessel function of order zero by its power series (Abramowitz and Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1, sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
