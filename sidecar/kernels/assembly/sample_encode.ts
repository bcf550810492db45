/**
 * float32 samples to SEG-Y. `target` is the first sample of the first trace and `stride` the bytes from one trace to the
 * next; the source has no gaps. Each function returns how many samples are not finite or do not fit the format; those
 * become the nearest value that fits (NaN: zero in integers, the largest magnitude in IBM); IEEE keeps them.
 *
 * `table` is 160 bytes: 0 byte swizzle, 16 constants, 144 scratch.
 */

export function encode_float32(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  const zero = v128.xor(swizzle, swizzle);
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let to = target + <usize> trace * stride;
    let left = samples;
    for (; left >= 4; left -= 4, to += 16, source += 16) {
      const value = v128.load(source);
      v128.store(to, i8x16.swizzle(value, swizzle));
      bad = i32x4.sub(bad, f32x4.ne(f32x4.sub(value, value), zero));
    }
    if (left > 0) {
      v128.store(table + 144, zero);
      memory.copy(table + 144, source, <usize> left << 2);
      const value = v128.load(table + 144);
      bad = i32x4.sub(bad, f32x4.ne(f32x4.sub(value, value), zero));
      v128.store(table + 144, i8x16.swizzle(value, swizzle));
      memory.copy(to, table + 144, <usize> left << 2);
      source += <usize> left << 2;
    }
  }
  return sum(bad);
}

/**
 * To IBM single precision, rounded half away from zero to the 24-bit fraction. With |x| = m 2^e, 1/2 <= m < 1, the base-16
 * exponent is E = ceil(e / 4) and the fraction |x| 2^(24 - 4 E). Small numbers are scaled by 2^64 first.
 * Constants from 16: 2^64, smallest unscaled, 0x7fffffff, 24 + 127, 126 - 3, one half; 16 and 64 as integers.
 */
export function encode_ibm(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  const big = v128.load(table, 16);
  const small = v128.load(table, 32);
  const magnitudeMask = v128.load(table, 48);
  const scaleBias = v128.load(table, 64);
  const exponentBias = v128.load(table, 80);
  const half = v128.load(table, 96);
  const sixteen = v128.load(table, 112);
  const excess = v128.load(table, 128);
  const zero = v128.xor(swizzle, swizzle);
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let to = target + <usize> trace * stride;
    let left = samples;
    while (left > 0) {
      if (left < 4) {
        v128.store(table + 144, zero);
        memory.copy(table + 144, source, <usize> left << 2);
      }
      const value = v128.load(left < 4 ? table + 144 : source);
      const magnitude = v128.and(value, magnitudeMask);
      const scaleUp = f32x4.lt(magnitude, small);
      const x = v128.bitselect(f32x4.mul(magnitude, big), magnitude, scaleUp);
      const exponent = i32x4.shr_s(i32x4.sub(i32x4.shr_u(x, 23), exponentBias), 2);
      const scale = i32x4.shl(i32x4.sub(scaleBias, i32x4.shl(exponent, 2)), 23);
      const scaled = f32x4.mul(x, scale);
      const whole = i32x4.trunc_sat_f32x4_s(scaled);
      const up = f32x4.ge(f32x4.sub(scaled, f32x4.convert_i32x4_s(whole)), half);
      const fraction = i32x4.sub(whole, up);
      const base = i32x4.sub(i32x4.add(exponent, excess), v128.and(scaleUp, sixteen));
      const wrong = f32x4.ne(f32x4.sub(value, value), zero);
      let bits = v128.or(i32x4.shl(base, 24), fraction);
      bits = v128.bitselect(magnitudeMask, bits, wrong);
      bits = v128.andnot(bits, f32x4.eq(magnitude, zero));
      bits = v128.or(bits, v128.andnot(value, magnitudeMask));
      bad = i32x4.sub(bad, wrong);
      bits = i8x16.swizzle(bits, swizzle);
      if (left < 4) {
        v128.store(table + 144, bits);
        memory.copy(to, table + 144, <usize> left << 2);
        source += <usize> left << 2;
        break;
      }
      v128.store(to, bits);
      to += 16;
      source += 16;
      left -= 4;
    }
  }
  return sum(bad);
}

function sum(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}

/**
 * To integers of 1, 2 or 4 bytes, rounded half to even and cut to the range. The swizzle takes the bytes of four results
 * that the format keeps. Constants from 16: least, greatest that fits, greatest to cut to.
 */
export function encode_int(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  table: usize,
  bytes: i32,
): i32 {
  const swizzle = v128.load(table);
  const least = v128.load(table, 16);
  const greatest = v128.load(table, 32);
  const limit = v128.load(table, 48);
  const zero = v128.xor(swizzle, swizzle);
  let fits = zero;
  for (let trace = 0; trace < traces; trace++) {
    let to = target + <usize> trace * stride;
    for (let left = samples; left > 0; left -= 4) {
      if (left < 4) {
        v128.store(table + 144, zero);
        memory.copy(table + 144, source, <usize> left << 2);
      }
      const x = f32x4.nearest(v128.load(left < 4 ? table + 144 : source));
      const cut = f32x4.min(f32x4.max(x, least), limit);
      const packed = i8x16.swizzle(i32x4.trunc_sat_f32x4_s(cut), swizzle);
      fits = i32x4.sub(fits, v128.and(f32x4.ge(x, least), f32x4.le(x, greatest)));
      if (left < 4) {
        v128.store(table + 144, packed);
        memory.copy(to, table + 144, <usize> (left * bytes));
        source += <usize> left << 2;
      } else {
        if (bytes == 4) v128.store(to, packed);
        else if (bytes == 2) store<i64>(to, i64x2.extract_lane(packed, 0));
        else store<i32>(to, i32x4.extract_lane(packed, 0));
        source += 16;
        to += <usize> (bytes << 2);
      }
    }
  }
  // The zeros that fill up the last four samples of a trace fit and are counted.
  return traces * ((samples + 3) & ~3) - sum(fits);
}
