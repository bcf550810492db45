/**
 * The stable order of numbers by several keys: a least-significant-digit radix sort of indices (Knuth, The Art of
 * Computer Programming 3, 5.2.5). Integer keys of a narrow range take one pass for each 11 bits of it.
 */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** One pass' worth of a key: which word holds the digit and how far it is shifted. */
interface Word {
  readonly values: Uint32Array;
  readonly bits: number;
}

/**
 * Indices 0..n-1 ordered by the first key, then the second and so on; equal keys keep their order. NaN counts as
 * positive infinity. `descending[k]` turns key k around.
 */
export function radixOrder(keys: readonly Float64Array[], descending: readonly boolean[]): Uint32Array {
  const count = keys[0].length;
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let spare = new Uint32Array(count);
  const counters = new Uint32Array(DIGITS);
  for (let k = keys.length - 1; k >= 0; k--) {
    for (const { values, bits } of sortableWords(keys[k], descending[k])) {
      for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
        if (scatter(values, shift, order, spare, counters)) [order, spare] = [spare, order];
      }
    }
  }
  return order;
}

/** One counting pass; false when all digits are equal and nothing moved. */
function scatter(
  values: Uint32Array,
  shift: number,
  order: Uint32Array,
  into: Uint32Array,
  counters: Uint32Array,
): boolean {
  const count = order.length;
  counters.fill(0);
  for (let i = 0; i < count; i++) counters[(values[i] >>> shift) & (DIGITS - 1)]++;
  if (counters.includes(count)) return false;
  for (let digit = 0, next = 0; digit < DIGITS; digit++) {
    const here = counters[digit];
    counters[digit] = next;
    next += here;
  }
  for (let i = 0; i < count; i++) {
    const index = order[i];
    into[counters[(values[index] >>> shift) & (DIGITS - 1)]++] = index;
  }
  return true;
}

/** Unsigned words that order as the key does, least significant first. */
function sortableWords(key: Float64Array, descending: boolean): Word[] {
  const range = integerRange(key);
  return range ? [integerWord(key, range.min, range.max, descending)] : floatWords(key, descending);
}

/** Smallest and largest value when all are integers and span less than 2^32. */
function integerRange(key: Float64Array): { min: number; max: number } | undefined {
  let min = Infinity, max = -Infinity;
  for (let i = 0; i < key.length; i++) {
    const value = key[i];
    if (value !== Math.trunc(value)) return undefined;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max - min < 2 ** 32 ? { min, max } : undefined;
}

function integerWord(key: Float64Array, min: number, max: number, descending: boolean): Word {
  const values = new Uint32Array(key.length);
  if (descending) { for (let i = 0; i < key.length; i++) values[i] = max - key[i]; }
  else for (let i = 0; i < key.length; i++) values[i] = key[i] - min;
  return { values, bits: 32 - Math.clz32(max - min) };
}

/** Doubles order as unsigned integers once negative ones are inverted and the sign bit of the others is set. */
function floatWords(key: Float64Array, descending: boolean): Word[] {
  const low = new Uint32Array(key.length), high = new Uint32Array(key.length);
  const box = new Float64Array(1);
  const bits = new Uint32Array(box.buffer);
  const turn = descending ? 0xffffffff : 0;
  for (let i = 0; i < key.length; i++) {
    box[0] = comparable(key[i]);
    const invert = bits[1] >>> 31 ? 0xffffffff : 0;
    low[i] = bits[0] ^ invert ^ turn;
    high[i] = bits[1] ^ (invert | 0x80000000) ^ turn;
  }
  return [{ values: low, bits: 32 }, { values: high, bits: 32 }];
}

/** The number by which a key value is ordered: NaN as infinity, -0 as 0. */
export function comparable(value: number): number {
  return Number.isNaN(value) ? Infinity : value + 0;
}
