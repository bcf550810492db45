/** Interpolation in time by 8 points: a sinc under a Kaiser window, its weights normalised for each place. */

export const TAPS = 8;
/** The tap that a place at or just after a sample counts from: taps reach from 3 before to 4 after. */
export const BEFORE = 3;
const PHASES = 256;
const BETA = 6.3;

/** Weights by `[phase][tap]` for places 0, 1/256 ... 1 after a sample. */
const WEIGHTS = weights();

function weights(): Float32Array {
  const table = new Float32Array((PHASES + 1) * TAPS);
  for (let phase = 0; phase <= PHASES; phase++) {
    const row = Array.from({ length: TAPS }, (_, tap) => kaiserSinc(tap - BEFORE - phase / PHASES));
    const sum = row.reduce((total, weight) => total + weight, 0);
    table.set(row.map((weight) => weight / sum), phase * TAPS);
  }
  return table;
}

function kaiserSinc(distance: number): number {
  const half = TAPS / 2;
  if (Math.abs(distance) >= half) return 0;
  const sinc = distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
  return sinc * besselI0(BETA * Math.sqrt(1 - (distance / half) ** 2)) / besselI0(BETA);
}

/** Modified Bessel function of order zero by its power series (Abramowitz and Stegun, 9.6.12). */
function besselI0(x: number): number {
  let sum = 1, term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** For places along a trace: the sample before each, and the eight weights by `[place][tap]`. */
export interface Taps {
  readonly sample: Int32Array;
  readonly weights: Float32Array;
}

/** Places are in samples: 0 is the middle of the first cell. */
export function tapsOf(places: number, placeOf: (index: number) => number): Taps {
  const sample = new Int32Array(places), chosen = new Float32Array(places * TAPS);
  for (let i = 0; i < places; i++) {
    const place = placeOf(i), phase = Math.round((place - Math.floor(place)) * PHASES);
    sample[i] = Math.floor(place);
    chosen.set(WEIGHTS.subarray(phase * TAPS, (phase + 1) * TAPS), i * TAPS);
  }
  return { sample, weights: chosen };
}

/**
 * The trace at one of the places; beyond its ends it goes on with its last sample. Where a sample beside the place is no
 * finite number, the nearest sample stands for it, so that one NaN does not spread over eight samples.
 */
export function interpolate(
  trace: Float32Array,
  start: number,
  samples: number,
  taps: Taps,
  i: number,
): number {
  const first = taps.sample[i] - BEFORE, weights = taps.weights, at = i * TAPS;
  let sum = 0;
  if (first >= 0 && first + TAPS <= samples) {
    const from = start + first;
    for (let tap = 0; tap < TAPS; tap++) sum += trace[from + tap] * weights[at + tap];
  } else {
    for (let tap = 0; tap < TAPS; tap++) {
      sum += trace[start + Math.max(0, Math.min(samples - 1, first + tap))] * weights[at + tap];
    }
  }
  return Number.isFinite(sum) ? sum : trace[start + nearest(taps, i, samples)];
}

/** The sample whose cell the place lies in. */
export function nearest({ sample, weights }: Taps, i: number, samples: number): number {
  const at = i * TAPS + BEFORE;
  const found = weights[at + 1] > weights[at] ? sample[i] + 1 : sample[i];
  return Math.max(0, Math.min(samples - 1, found));
}
