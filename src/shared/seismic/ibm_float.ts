/** IBM System/360 single-precision floats, the oldest sample format of SEG-Y. */

/** Sign, base-16 exponent with excess 64, 24-bit fraction. */
export function ibmToNumber(bits: number): number {
  const fraction = (bits & 0xffffff) / 0x1000000;
  const magnitude = fraction * 16 ** (((bits >>> 24) & 0x7f) - 64);
  return bits >>> 31 ? -magnitude : magnitude;
}

/** 2^(24 - 4 E) for the base-16 exponents E = -64 to 63: from a magnitude to its 24-bit fraction. */
const SCALES: Float64Array = Float64Array.from({ length: 128 }, (_, i) => 2 ** (24 - 4 * (i - 64)));

const box = new Float64Array(1);
const words = new Uint32Array(box.buffer);
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * The nearest IBM single, halves away from zero; beyond its range the largest magnitude, below it zero. With
 * |x| = m 2^e, 1/2 <= m < 1, the base-16 exponent is E = ceil(e / 4).
 */
export function numberToIbm(value: number): number {
  if (value === 0 || Number.isNaN(value)) return 0;
  box[0] = value;
  const high = words[HIGH];
  const sign = high & 0x80000000;
  let biased = Math.max(0, ((((high >>> 20) & 0x7ff) - 1022 + 3) >> 2) + 64);
  if (biased > 127) return (sign | 0x7fffffff) >>> 0;
  let fraction = Math.round(Math.abs(value) * SCALES[biased]);
  if (fraction === 0x1000000) fraction = 0x100000, biased++;
  if (biased > 127) return (sign | 0x7fffffff) >>> 0;
  return fraction === 0 ? 0 : (sign | (biased << 24) | fraction) >>> 0;
}
