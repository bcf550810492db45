/**
 * out[k] = sum over j of filters[k][j] * x[starts[k] + j], `taps` (a multiple of four) taps for each of `count` outputs.
 * `filters` and `starts` are tables of i32 byte offsets: into the filters at `table`, and into the padded trace at `x`.
 */
export function resample_trace(
  x: usize,
  out: usize,
  count: i32,
  starts: usize,
  filters: usize,
  table: usize,
  taps: i32,
): void {
  const bytes = <usize> taps << 2;
  for (let k = 0; k < count; k++) {
    const from = x + <usize> load<i32>(starts + (<usize> k << 2));
    const filter = table + <usize> load<i32>(filters + (<usize> k << 2));
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from + at), v128.load(filter + at)));
    }
    const even = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 2);
    const odd = f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3);
    store<f32>(out + (<usize> k << 2), even + odd);
  }
}

/** Copies `count` values between `padding` zeros on both sides. */
export function pad_trace(to: usize, from: usize, count: i32, padding: i32): void {
  const zeros = <usize> padding << 2, bytes = <usize> count << 2;
  memory.fill(to, 0, zeros);
  memory.copy(to + zeros, from, bytes);
  memory.fill(to + zeros + bytes, 0, zeros);
}
