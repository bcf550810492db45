/** What all panels know about their samples. */
import { QUANTILES } from "../../../../src/shared/protocol/gathers.ts";

export class SampleFacts {
  notFinite = 0;
  peak = 0;
  #squares = 0;
  #count = 0;

  /** Takes note of a sample and returns it; what is infinite becomes NaN. */
  take(sample: number): number {
    if (!Number.isFinite(sample)) {
      this.notFinite++;
      return NaN;
    }
    const magnitude = Math.abs(sample);
    if (magnitude > this.peak) this.peak = magnitude;
    this.#squares += sample * sample;
    this.#count++;
    return sample;
  }

  get fields() {
    const { notFinite, peak } = this;
    return { notFinite, peak, rms: this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count) };
  }
}

/** Magnitudes counted by the upper bits of their floats: quantiles to within a hundredth of their value. */
export class MagnitudeCounts {
  readonly #counts = new Uint32Array(1 << 15);
  #total = 0;

  add(samples: Float32Array): void {
    const bits = new Int32Array(samples.buffer, samples.byteOffset, samples.length), counts = this.#counts;
    for (let i = 0; i < bits.length; i++) {
      const bin = (bits[i] & 0x7fffffff) >>> 16;
      if (bin >= NOT_FINITE_BIN) continue;
      counts[bin]++;
      this.#total++;
    }
  }

  /** For each of the percents the magnitude that so many of the finite samples do not exceed. */
  quantiles(): number[] {
    let bin = 0, before = 0;
    return QUANTILES.map((percent) => {
      const rank = Math.max(1, Math.ceil(this.#total * percent / 100));
      while (bin < NOT_FINITE_BIN - 1 && before + this.#counts[bin] < rank) before += this.#counts[bin++];
      const within = this.#counts[bin] === 0 ? 0 : (rank - before) / this.#counts[bin];
      return floatOf(bin << 16) + (floatOf((bin + 1) << 16) - floatOf(bin << 16)) * within;
    });
  }
}

const NOT_FINITE_BIN = 0x7f80;

function floatOf(bits: number): number {
  const value = new Float32Array(Int32Array.of(bits).buffer)[0];
  return Number.isFinite(value) ? value : 3.4028234663852886e38;
}
