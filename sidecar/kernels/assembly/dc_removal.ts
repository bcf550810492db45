/** Removes the constant part of the live samples [first, end) of one float32 trace. */

import { sum_of_lanes } from "./_lanes";

/** Subtracts their mean; the sum is kept in f64. */
export function remove_mean(address: usize, first: i32, end: i32): void {
  if (end <= first) return;
  const from = address + (<usize> first << 2), count = end - first;
  let a = f64x2.splat(0), b = f64x2.splat(0);
  const whole = from + (<usize> (count & ~3) << 2), stop = address + (<usize> end << 2);
  let at = from;
  for (; at < whole; at += 16) {
    a = f64x2.add(a, f64x2.promote_low_f32x4(v128.load64_zero(at)));
    b = f64x2.add(b, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; at < stop; at += 4) sum += <f64> load<f32>(at);
  subtract(from, stop, sum / <f64> count);
}

/** Subtracts their median, of an even number the mean of both middle ones. `keys` takes the samples and three more. */
export function remove_median(address: usize, first: i32, end: i32, keys: usize): void {
  if (end <= first) return;
  const from = address + (<usize> first << 2), stop = address + (<usize> end << 2), count = end - first;
  order_keys(from, count, keys);
  const lower = select(keys, count, count - 1 >> 1);
  let median = <f64> value_of(lower);
  if ((count & 1) == 0) median = (median + <f64> value_of(following(keys, count, lower, count >> 1))) / 2;
  subtract(from, stop, median);
}

function subtract(from: usize, stop: usize, level: f64): void {
  const levels = f64x2.splat(level);
  let at = from;
  for (; at + 8 <= stop; at += 8) {
    const x = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(at)), levels);
    v128.store64_lane(at, f32x4.demote_f64x2_zero(x), 0);
  }
  for (; at < stop; at += 4) store<f32>(at, <f32> (<f64> load<f32>(at) - level));
}

/**
 * Integers that order as the samples do: of negative floats the bits but the sign are turned round. What is left of the
 * last vector is filled with the greatest integer, which no number has.
 */
function order_keys(from: usize, count: i32, keys: usize): void {
  const magnitude = i32x4.splat(0x7fffffff);
  const padded = count + 3 & ~3;
  memory.copy(keys, from, <usize> count << 2);
  for (let i = count; i < padded; i++) store<i32>(keys + (<usize> i << 2), 0x7fffffff);
  for (let at = keys, stop = keys + (<usize> padded << 2); at < stop; at += 16) {
    const bits = v128.load(at);
    v128.store(at, v128.xor(bits, v128.and(i32x4.shr_s(bits, 31), magnitude)));
  }
}

// @ts-ignore: decorator
@inline
function value_of(key: i32): f32 {
  return reinterpret<f32>(key ^ (key >> 31 & 0x7fffffff));
}

/**
 * The key of rank `rank` from 0, bit by bit from the highest: the greatest number that no more than `rank` keys are below.
 * Thirty-two counts of all keys, four at a time, whatever the keys are: no branch depends on them.
 */
function select(keys: usize, count: i32, rank: i32): i32 {
  // Counted from the least integer on, so that a set bit is always a greater number.
  let found: u32 = 0;
  for (let bit: u32 = 0x80000000; bit != 0; bit >>= 1) {
    const tried = found | bit;
    if (below(keys, count, <i32> (tried ^ 0x80000000)) <= rank) found = tried;
  }
  return <i32> (found ^ 0x80000000);
}

/** How many keys are less than this one. */
function below(keys: usize, count: i32, key: i32): i32 {
  const limit = i32x4.splat(key);
  let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0);
  const stop = keys + (<usize> (count + 3 & ~3) << 2);
  let at = keys;
  for (; at + 64 <= stop; at += 64) {
    a = i32x4.sub(a, i32x4.lt_s(v128.load(at), limit));
    b = i32x4.sub(b, i32x4.lt_s(v128.load(at, 16), limit));
    c = i32x4.sub(c, i32x4.lt_s(v128.load(at, 32), limit));
    d = i32x4.sub(d, i32x4.lt_s(v128.load(at, 48), limit));
  }
  for (; at < stop; at += 16) a = i32x4.sub(a, i32x4.lt_s(v128.load(at), limit));
  return sum_of_lanes(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)));
}

/** The key of rank `rank` when that of the rank before is `key`: the same one, or the least above it. */
function following(keys: usize, count: i32, key: i32, rank: i32): i32 {
  if (key != i32.MAX_VALUE && below(keys, count, key + 1) > rank) return key;
  const limit = i32x4.splat(key), greatest = i32x4.splat(0x7fffffff);
  let least = greatest;
  for (let at = keys, stop = keys + (<usize> (count + 3 & ~3) << 2); at < stop; at += 16) {
    const x = v128.load(at);
    least = i32x4.min_s(least, v128.bitselect(x, greatest, i32x4.gt_s(x, limit)));
  }
  return min(
    min(i32x4.extract_lane(least, 0), i32x4.extract_lane(least, 1)),
    min(i32x4.extract_lane(least, 2), i32x4.extract_lane(least, 3)),
  );
}
