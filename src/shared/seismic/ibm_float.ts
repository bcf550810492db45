/** IBM System/360 single-precision floats, the oldest sample format of SEG-Y. */

/** Sign, base-16 exponent with excess 64, 24-bit fraction. */
export function ibmToNumber(bits: number): number {
  const fraction = (bits & 0xffffff) / 0x1000000;
  const magnitude = fraction * 16 ** (((bits >>> 24) & 0x7f) - 64);
  return bits >>> 31 ? -magnitude : magnitude;
}

/** The nearest IBM single; beyond its range the largest magnitude, below it zero. */
export function numberToIbm(value: number): number {
  if (value === 0 || Number.isNaN(value)) return 0;
  const sign = value < 0 ? 0x80000000 : 0;
  let magnitude = Math.abs(value);
  if (magnitude >= 16 ** 63) return (sign | 0x7fffffff) >>> 0;
  let exponent = 64;
  while (magnitude >= 1) magnitude /= 16, exponent++;
  while (magnitude < 1 / 16 && exponent > 0) magnitude *= 16, exponent--;
  let fraction = Math.round(magnitude * 0x1000000);
  if (fraction === 0x1000000) fraction = 0x100000, exponent++;
  return fraction === 0 ? 0 : (sign | (exponent << 24) | fraction) >>> 0;
}
