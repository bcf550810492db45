/**
 * SEG-Y samples to float32. `source` is the first sample of the first trace and `stride` the bytes from one trace to the
 * next; the target has no gaps. Each function returns how many results are not finite.
 *
 * There are two loops, one over four samples at a time and one over single samples; what is done with each sample is
 * chosen by a constant, so that the compiler makes a loop of its own for each format.
 */
import { sum_of_lanes } from "./_lanes";

const IBM = 0, FLOAT32 = 1, INT32 = 2, INT16 = 3;

/*
 * Four samples at a time. `table` is 96 bytes: 0 byte swizzle, 16 fraction mask, 32 exponent mask, 48 exponent bias,
 * 64 sign mask, 80 scratch. Up to 15 bytes after the last sample are read and ignored.
 */

export function decode_ibm(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(IBM, source, stride, target, traces, samples, table);
}

export function decode_float32(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(FLOAT32, source, stride, target, traces, samples, table);
}

export function decode_int32(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(INT32, source, stride, target, traces, samples, table);
}

export function decode_int16(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(INT16, source, stride, target, traces, samples, table);
}

// @ts-ignore: decorator
@inline
function by_fours(
  kind: i32,
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  const fractionMask = v128.load(table, 16);
  const exponentMask = v128.load(table, 32);
  const bias = v128.load(table, 48);
  const signMask = v128.load(table, 64);
  const zero = v128.xor(swizzle, swizzle);
  const counted = kind == IBM || kind == FLOAT32;
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let from = source + <usize> trace * stride;
    let left = samples;
    for (; left >= 4; left -= 4, target += 16, from += kind == INT16 ? 8 : 16) {
      const value = convert(kind, from, swizzle, fractionMask, exponentMask, bias, signMask, zero);
      v128.store(target, value);
      if (counted) bad = i32x4.sub(bad, not_finite(value, zero));
    }
    if (left > 0) {
      const value = convert(kind, from, swizzle, fractionMask, exponentMask, bias, signMask, zero);
      v128.store(table + 80, value);
      memory.copy(target, table + 80, <usize> left << 2);
      if (counted) bad = i32x4.sub(bad, tail_mask(not_finite(value, zero), left, table));
      target += <usize> left << 2;
    }
  }
  return sum_of_lanes(bad);
}

/** All ones in the lanes that are not finite: x - x is zero for finite x only. */
// @ts-ignore: decorator
@inline
function not_finite(value: v128, zero: v128): v128 {
  return f32x4.ne(f32x4.sub(value, value), zero);
}

/** Four samples as float32. */
// @ts-ignore: decorator
@inline
function convert(
  kind: i32,
  from: usize,
  swizzle: v128,
  fractionMask: v128,
  exponentMask: v128,
  bias: v128,
  signMask: v128,
  zero: v128,
): v128 {
  if (kind == INT16) {
    const words = i8x16.swizzle(v128.load_zero<u64>(from), swizzle);
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(words));
  }
  const bits = i8x16.swizzle(v128.load(from), swizzle);
  if (kind == FLOAT32) return bits;
  if (kind == INT32) return f32x4.convert_i32x4_s(bits);
  return ibm(bits, fractionMask, exponentMask, bias, signMask, zero);
}

/**
 * IBM single precision: value = fraction * 2^(4 e - 280) with a 24-bit integer fraction, exact but for underflow. The
 * scale is the square of 2^(2 e - 140), since float32 cannot hold it at once; what is far below float32 becomes zero.
 */
// @ts-ignore: decorator
@inline
function ibm(
  bits: v128,
  fractionMask: v128,
  exponentMask: v128,
  bias: v128,
  signMask: v128,
  zero: v128,
): v128 {
  const fraction = f32x4.convert_i32x4_s(v128.and(bits, fractionMask));
  const doubled = i32x4.shl(v128.and(i32x4.shr_u(bits, 24), exponentMask), 1);
  const scale = i32x4.shl(i32x4.max_s(i32x4.sub(doubled, bias), zero), 23);
  const magnitude = f32x4.mul(f32x4.mul(fraction, scale), scale);
  return v128.or(magnitude, v128.and(bits, signMask));
}

/** Of a mask for four lanes, only the first `count`. */
function tail_mask(mask: v128, count: i32, table: usize): v128 {
  v128.store(table + 80, mask);
  for (let lane = count; lane < 4; lane++) store<i32>(table + 80 + (<usize> lane << 2), 0);
  return v128.load(table + 80);
}

const INT = 0, UINT = 1, FLOAT64 = 2, GAIN = 3;

/* One sample at a time: words of `bytes` bytes; `order` 0 big-endian, 1 little, 2 swapped in pairs. */

/** Two's complement integers of 1 to 8 bytes. */
export function decode_int(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  bytes: i32,
  order: i32,
): i32 {
  return one_by_one(INT, source, stride, target, traces, samples, bytes, order);
}

/** Unsigned integers of 1 to 8 bytes. */
export function decode_uint(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  bytes: i32,
  order: i32,
): i32 {
  return one_by_one(UINT, source, stride, target, traces, samples, bytes, order);
}

/** IEEE double precision; what is beyond float32 becomes infinite and is counted. */
export function decode_float64(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  _bytes: i32,
  order: i32,
): i32 {
  return one_by_one(FLOAT64, source, stride, target, traces, samples, 8, order);
}

/** Fixed point with gain (revision 0): an unused byte, a gain g and a 16-bit integer s; value = s * 2^g. */
export function decode_gain(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  _bytes: i32,
  order: i32,
): i32 {
  return one_by_one(GAIN, source, stride, target, traces, samples, 4, order);
}

// @ts-ignore: decorator
@inline
function one_by_one(
  kind: i32,
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  bytes: i32,
  order: i32,
): i32 {
  const shift = <u64> (64 - 8 * bytes);
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const from = source + <usize> trace * stride;
    for (let i = 0; i < samples; i++, target += 4) {
      const bits = word(from + <usize> (i * bytes), bytes, order);
      let value: f32;
      if (kind == INT) value = <f32> (<i64> (bits << shift) >> <i64> shift);
      else if (kind == UINT) value = <f32> bits;
      else if (kind == FLOAT64) value = <f32> reinterpret<f64>(bits);
      else value = <f32> (<f64> <i16> (bits & 0xffff) * power_of_two((<u32> bits >> 16) & 0xff));
      if (kind == FLOAT64 || kind == GAIN) bad += i32(!(value - value == 0));
      store<f32>(target, value);
    }
  }
  return bad;
}

// @ts-ignore: decorator
@inline
function power_of_two(exponent: u32): f64 {
  return reinterpret<f64>(<u64> (exponent + 1023) << 52);
}

/** The word of `bytes` bytes at `at` as an unsigned number. */
function word(at: usize, bytes: i32, order: i32): u64 {
  let value: u64 = 0;
  for (let i = 0; i < bytes; i++) {
    const from = order == 1 ? bytes - 1 - i : (order == 2 && (bytes & 1) == 0 ? i ^ 1 : i);
    value = (value << 8) | <u64> load<u8>(at + <usize> from);
  }
  return value;
}
