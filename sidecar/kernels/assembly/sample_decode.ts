/**
 * SEG-Y samples to float32. `source` is the first sample of the first trace and `stride` the bytes from one trace to the
 * next; the target has no gaps. Each function returns how many results are not finite.
 *
 * `table` is 96 bytes: 0 byte swizzle, 16 fraction mask, 32 exponent mask, 48 exponent bias, 64 sign mask, 80 scratch.
 * Up to 15 bytes after the last sample are read and ignored.
 */

/**
 * IBM single precision: value = fraction * 2^(4 e - 280) with a 24-bit integer fraction, exact but for underflow. The
 * scale is the square of 2^(2 e - 140), since float32 cannot hold it at once; what is far below float32 becomes zero.
 */
export function decode_ibm(
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
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let from = source + <usize> trace * stride;
    let left = samples;
    while (left > 0) {
      const bits = i8x16.swizzle(v128.load(from), swizzle);
      const fraction = f32x4.convert_i32x4_s(v128.and(bits, fractionMask));
      const doubled = i32x4.shl(v128.and(i32x4.shr_u(bits, 24), exponentMask), 1);
      const scale = i32x4.shl(i32x4.max_s(i32x4.sub(doubled, bias), zero), 23);
      const magnitude = f32x4.mul(f32x4.mul(fraction, scale), scale);
      const value = v128.or(magnitude, v128.and(bits, signMask));
      // x - x is zero for finite x only.
      const wrong = f32x4.ne(f32x4.sub(value, value), zero);
      if (left < 4) {
        v128.store(table + 80, value);
        memory.copy(target, table + 80, <usize> left << 2);
        bad = i32x4.sub(bad, tail_mask(wrong, left, table));
        target += <usize> left << 2;
        break;
      }
      v128.store(target, value);
      bad = i32x4.sub(bad, wrong);
      from += 16;
      target += 16;
      left -= 4;
    }
  }
  return sum(bad);
}

export function decode_float32(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  const zero = v128.xor(swizzle, swizzle);
  let bad = zero;
  for (let trace = 0; trace < traces; trace++) {
    let from = source + <usize> trace * stride;
    let left = samples;
    while (left > 0) {
      const value = i8x16.swizzle(v128.load(from), swizzle);
      const wrong = f32x4.ne(f32x4.sub(value, value), zero);
      if (left < 4) {
        v128.store(table + 80, value);
        memory.copy(target, table + 80, <usize> left << 2);
        bad = i32x4.sub(bad, tail_mask(wrong, left, table));
        target += <usize> left << 2;
        break;
      }
      v128.store(target, value);
      bad = i32x4.sub(bad, wrong);
      from += 16;
      target += 16;
      left -= 4;
    }
  }
  return sum(bad);
}

export function decode_int32(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  for (let trace = 0; trace < traces; trace++) {
    let from = source + <usize> trace * stride;
    let left = samples;
    while (left > 0) {
      const value = f32x4.convert_i32x4_s(i8x16.swizzle(v128.load(from), swizzle));
      if (left < 4) {
        v128.store(table + 80, value);
        memory.copy(target, table + 80, <usize> left << 2);
        target += <usize> left << 2;
        break;
      }
      v128.store(target, value);
      from += 16;
      target += 16;
      left -= 4;
    }
  }
  return 0;
}

export function decode_int16(
  source: usize,
  stride: usize,
  target: usize,
  traces: i32,
  samples: i32,
  table: usize,
): i32 {
  const swizzle = v128.load(table);
  for (let trace = 0; trace < traces; trace++) {
    let from = source + <usize> trace * stride;
    let left = samples;
    while (left > 0) {
      const words = i8x16.swizzle(v128.load_zero<u64>(from), swizzle);
      const value = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(words));
      if (left < 4) {
        v128.store(table + 80, value);
        memory.copy(target, table + 80, <usize> left << 2);
        target += <usize> left << 2;
        break;
      }
      v128.store(target, value);
      from += 8;
      target += 16;
      left -= 4;
    }
  }
  return 0;
}

/** Of a mask for four lanes, only the first `count`. */
function tail_mask(mask: v128, count: i32, table: usize): v128 {
  v128.store(table + 80, mask);
  for (let lane = count; lane < 4; lane++) store<i32>(table + 80 + (<usize> lane << 2), 0);
  return v128.load(table + 80);
}

function sum(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}

/** The word of `bytes` bytes at `at` as an unsigned number; `order` 0 big-endian, 1 little, 2 swapped in pairs. */
function word(at: usize, bytes: i32, order: i32): u64 {
  let value: u64 = 0;
  for (let i = 0; i < bytes; i++) {
    const from = order == 1 ? bytes - 1 - i : (order == 2 && (bytes & 1) == 0 ? i ^ 1 : i);
    value = (value << 8) | <u64> load<u8>(at + <usize> from);
  }
  return value;
}

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
  const shift = <u64> (64 - 8 * bytes);
  for (let trace = 0; trace < traces; trace++) {
    const from = source + <usize> trace * stride;
    for (let i = 0; i < samples; i++, target += 4) {
      const bits = word(from + <usize> (i * bytes), bytes, order);
      store<f32>(target, <f32> (<i64> (bits << shift) >> <i64> shift));
    }
  }
  return 0;
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
  for (let trace = 0; trace < traces; trace++) {
    const from = source + <usize> trace * stride;
    for (let i = 0; i < samples; i++, target += 4) {
      store<f32>(target, <f32> word(from + <usize> (i * bytes), bytes, order));
    }
  }
  return 0;
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
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const from = source + <usize> trace * stride;
    for (let i = 0; i < samples; i++, target += 4) {
      const value = <f32> reinterpret<f64>(word(from + <usize> (i << 3), 8, order));
      bad += i32(!(value - value == 0));
      store<f32>(target, value);
    }
  }
  return bad;
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
  let bad = 0;
  for (let trace = 0; trace < traces; trace++) {
    const from = source + <usize> trace * stride;
    for (let i = 0; i < samples; i++, target += 4) {
      const bits = <u32> word(from + <usize> (i << 2), 4, order);
      const scale = reinterpret<f64>((<u64> ((bits >> 16) & 0xff) + 1023) << 52);
      const value = <f32> (<f64> <i16> (bits & 0xffff) * scale);
      bad += i32(!(value - value == 0));
      store<f32>(target, value);
    }
  }
  return bad;
}
