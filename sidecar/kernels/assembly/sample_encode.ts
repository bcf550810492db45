/**
 * float32 samples to SEG-Y. `target` is the first sample of the first trace and `stride` the bytes from one trace to the
 * next; the source has no gaps. Each function returns how many samples are not finite or do not fit the format; those
 * become the nearest value that fits (NaN: zero in integers, the largest magnitude in IBM); IEEE keeps them.
 *
 * `table` is 160 bytes: 0 byte swizzle that takes the bytes of four results which the format keeps, 16 constants of the
 * format, 144 scratch. There is one loop; what is done with four samples is chosen by a constant, so that the compiler
 * makes a loop of its own for each format.
 */
import { sum_of_lanes } from "./_lanes";

const FLOAT32 = 0, IBM = 1, INTEGER = 2;

export function encode_float32(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(FLOAT32, 4, source, target, stride, traces, samples, table);
}

export function encode_ibm(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(IBM, 4, source, target, stride, traces, samples, table);
}

export function encode_int32(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(INTEGER, 4, source, target, stride, traces, samples, table);
}

export function encode_int16(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(INTEGER, 2, source, target, stride, traces, samples, table);
}

export function encode_int8(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  return by_fours(INTEGER, 1, source, target, stride, traces, samples, table);
}

// @ts-ignore: decorator
@inline
function by_fours(
  kind: i32,
  bytes: i32,
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  const c0 = v128.load(table, 16), c1 = v128.load(table, 32), c2 = v128.load(table, 48);
  const c3 = v128.load(table, 64), c4 = v128.load(table, 80), c5 = v128.load(table, 96);
  const c6 = v128.load(table, 112), c7 = v128.load(table, 128);
  const zero = v128.xor(swizzle, swizzle);
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let to = target + <usize> trace * stride;
    let left = samples;
    for (; left >= 4; left -= 4, source += 16, to += <usize> (bytes << 2)) {
      const value = v128.load(source);
      const wrong = misfit(kind, value, c0, c1, zero);
      const bits = convert(kind, value, wrong, c0, c1, c2, c3, c4, c5, c6, c7, zero);
      const packed = i8x16.swizzle(bits, swizzle);
      if (bytes == 4) v128.store(to, packed);
      else if (bytes == 2) store<i64>(to, i64x2.extract_lane(packed, 0));
      else store<i32>(to, i32x4.extract_lane(packed, 0));
      bad = i32x4.sub(bad, wrong);
    }
    if (left > 0) {
      // Zeros fill up the last four samples; they fit every format.
      v128.store(table + 144, zero);
      memory.copy(table + 144, source, <usize> left << 2);
      const value = v128.load(table + 144);
      const wrong = misfit(kind, value, c0, c1, zero);
      const bits = convert(kind, value, wrong, c0, c1, c2, c3, c4, c5, c6, c7, zero);
      v128.store(table + 144, i8x16.swizzle(bits, swizzle));
      memory.copy(to, table + 144, <usize> (left * bytes));
      bad = i32x4.sub(bad, wrong);
      source += <usize> left << 2;
    }
  }
  return sum_of_lanes(bad);
}

/** All ones in the lanes whose sample is not finite, or no integer from `least` to `greatest` when rounded. */
// @ts-ignore: decorator
@inline
function misfit(kind: i32, value: v128, least: v128, greatest: v128, zero: v128): v128 {
  // x - x is zero for finite x only.
  if (kind != INTEGER) return f32x4.ne(f32x4.sub(value, value), zero);
  const whole = f32x4.nearest(value);
  return v128.not(v128.and(f32x4.ge(whole, least), f32x4.le(whole, greatest)));
}

/** The bits of four results, as little-endian words; `c0` to `c7` are the constants of the format. */
// @ts-ignore: decorator
@inline
function convert(
  kind: i32,
  value: v128,
  wrong: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
  c6: v128,
  c7: v128,
  zero: v128,
): v128 {
  if (kind == FLOAT32) return value;
  if (kind == IBM) return ibm(value, wrong, c0, c1, c2, c3, c4, c5, c6, c7, zero);
  return i32x4.trunc_sat_f32x4_s(f32x4.min(f32x4.max(f32x4.nearest(value), c0), c1));
}

/**
 * To IBM single precision, rounded half away from zero to the 24-bit fraction. With |x| = m 2^e, 1/2 <= m < 1, the base-16
 * exponent is E = ceil(e / 4) and the fraction |x| 2^(24 - 4 E). Small numbers are scaled by 2^64 first.
 */
// @ts-ignore: decorator
@inline
function ibm(
  value: v128,
  wrong: v128,
  twoTo64: v128,
  leastUnscaled: v128,
  magnitudeMask: v128,
  scaleBias: v128,
  exponentBias: v128,
  half: v128,
  sixteen: v128,
  excess: v128,
  zero: v128,
): v128 {
  const magnitude = v128.and(value, magnitudeMask);
  const scaleUp = f32x4.lt(magnitude, leastUnscaled);
  const x = v128.bitselect(f32x4.mul(magnitude, twoTo64), magnitude, scaleUp);
  const exponent = i32x4.shr_s(i32x4.sub(i32x4.shr_u(x, 23), exponentBias), 2);
  const scale = i32x4.shl(i32x4.sub(scaleBias, i32x4.shl(exponent, 2)), 23);
  const scaled = f32x4.mul(x, scale);
  const whole = i32x4.trunc_sat_f32x4_s(scaled);
  const up = f32x4.ge(f32x4.sub(scaled, f32x4.convert_i32x4_s(whole)), half);
  const fraction = i32x4.sub(whole, up);
  const base = i32x4.sub(i32x4.add(exponent, excess), v128.and(scaleUp, sixteen));
  let bits = v128.or(i32x4.shl(base, 24), fraction);
  bits = v128.bitselect(magnitudeMask, bits, wrong);
  bits = v128.andnot(bits, f32x4.eq(magnitude, zero));
  return v128.or(bits, v128.andnot(value, magnitudeMask));
}
