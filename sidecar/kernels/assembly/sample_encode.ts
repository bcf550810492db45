/**
 * float32 samples to SEG-Y. `target` is the first sample of the first trace and `stride` the bytes from one trace to the
 * next; the source has no gaps. Each function returns how many samples are not finite or do not fit the format; those
 * become the nearest value that fits (NaN: zero), in floating-point formats infinity and NaN stay what they are.
 *
 * `little` is 1 for little-endian files. `table` (for IBM) is 160 bytes: 0 byte swizzle, 16 constants, 144 scratch.
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

export function encode_int32(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  little: i32,
): i32 {
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const to = target + <usize> trace * stride;
    for (let i = 0; i < samples; i++, source += 4) {
      const x = nearest<f32>(load<f32>(source));
      bad += i32(!(x >= -2147483648 && x < 2147483648));
      const value = <u32> saturated(x);
      store<u32>(to + (<usize> i << 2), little ? value : bswap<u32>(value));
    }
  }
  return bad;
}

export function encode_int16(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  little: i32,
): i32 {
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const to = target + <usize> trace * stride;
    for (let i = 0; i < samples; i++, source += 4) {
      const x = nearest<f32>(load<f32>(source));
      bad += i32(!(x >= -32768 && x <= 32767));
      const value = <u16> min<i32>(max<i32>(saturated(x), -32768), 32767);
      store<u16>(to + (<usize> i << 1), little ? value : bswap<u16>(value));
    }
  }
  return bad;
}

export function encode_int8(
  source: usize,
  target: usize,
  stride: usize,
  traces: i32,
  samples: i32,
  _little: i32,
): i32 {
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const to = target + <usize> trace * stride;
    for (let i = 0; i < samples; i++, source += 4) {
      const x = nearest<f32>(load<f32>(source));
      bad += i32(!(x >= -128 && x <= 127));
      store<i8>(to + <usize> i, <i8> min<i32>(max<i32>(saturated(x), -128), 127));
    }
  }
  return bad;
}

/** The integer nearest to a whole float32 within 32 bits; NaN becomes zero. */
function saturated(x: f32): i32 {
  if (x != x) return 0;
  if (x >= 2147483648) return i32.MAX_VALUE;
  return x < -2147483648 ? i32.MIN_VALUE : <i32> x;
}
