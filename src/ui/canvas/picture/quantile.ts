/** Order statistics of magnitudes, for the clip. */
import { MAGNITUDE, NOT_FINITE } from "./magnitude.ts";

export interface Magnitudes {
  /** The smallest magnitude that at least `percent` of the finite samples do not exceed; 0 without samples. */
  quantile(percent: number): number;
  readonly peak: number;
}

/** From a few quantiles that somebody else has counted, with straight lines between them. */
export class KnownMagnitudes implements Magnitudes {
  constructor(readonly percents: readonly number[], readonly values: readonly number[]) {}

  get peak(): number {
    return this.values.at(-1) ?? 0;
  }

  quantile(percent: number): number {
    const { percents, values } = this, above = percents.findIndex((one) => one >= percent);
    if (above < 0) return this.peak;
    if (above === 0) return values[0] * percent / percents[0];
    const share = (percent - percents[above - 1]) / (percents[above] - percents[above - 1]);
    return values[above - 1] + (values[above] - values[above - 1]) * share;
  }
}

/** Exact: counted by the bits of the floats, with no sorting. */
export class CountedMagnitudes implements Magnitudes {
  readonly #bits: Int32Array;
  /** How many magnitudes have these upper 15 bits. */
  readonly #upper = new Uint32Array(1 << 15);
  /** Samples that are NaN or infinite; no quantile counts them. */
  readonly notFinite: number;
  readonly peak: number;

  constructor(data: Float32Array) {
    const bits = this.#bits = new Int32Array(data.buffer, data.byteOffset, data.length), upper = this.#upper;
    let notFinite = 0, peak = 0;
    for (let i = 0; i < bits.length; i++) {
      const magnitude = bits[i] & MAGNITUDE;
      if (magnitude >= NOT_FINITE) notFinite++;
      else {
        upper[magnitude >>> 16]++;
        if (magnitude > peak) peak = magnitude;
      }
    }
    this.notFinite = notFinite;
    this.peak = floatOf(peak);
  }

  quantile(percent: number): number {
    const count = this.#bits.length - this.notFinite;
    if (count === 0) return 0;
    const rank = Math.max(0, Math.min(count - 1, Math.ceil(count * percent / 100) - 1));
    const { bin, before } = binOf(this.#upper, rank), bits = this.#bits;
    const lower = new Uint32Array(1 << 16);
    for (let i = 0; i < bits.length; i++) {
      const magnitude = bits[i] & MAGNITUDE;
      if (magnitude >>> 16 === bin) lower[magnitude & 0xffff]++;
    }
    return floatOf(bin << 16 | binOf(lower, rank - before).bin);
  }
}

/** The bin that holds the element of this rank (from 0), and how many lie in bins before it. */
function binOf(counts: Uint32Array, rank: number): { bin: number; before: number } {
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    if (before + counts[bin] > rank) return { bin, before };
    before += counts[bin];
  }
  return { bin: counts.length - 1, before };
}

function floatOf(bits: number): number {
  return new Float32Array(Int32Array.of(bits).buffer)[0];
}
