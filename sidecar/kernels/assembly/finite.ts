/**
 * Copies `count` float32 samples from `source` to `target` and returns how many are NaN or infinite.
 * x - x is zero for finite x and NaN otherwise, which needs no constant in the loop. `source` may equal `target`.
 */
export function copy_count_non_finite(source: usize, target: usize, count: i32): i32 {
  let counts = i32x4.splat(0);
  let i: i32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = <usize> i << 2;
    const x = v128.load(source + at);
    v128.store(target + at, x);
    const zero = f32x4.sub(x, x);
    counts = i32x4.sub(counts, f32x4.ne(zero, zero));
  }
  let total = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (; i < count; i++) {
    const at = <usize> i << 2;
    const bits = load<i32>(source + at);
    store<i32>(target + at, bits);
    if ((bits & 0x7f800000) == 0x7f800000) total++;
  }
  return total;
}
