/**
 * Four traces side by side: scratch of shape `[sample][4]`, one f32x4 a sample, so that arithmetic along time runs on
 * four traces at once. Lanes never mix, so a trace has the same bits whoever its neighbours are.
 */

/** Address of the trace in a lane; lanes beyond `count` repeat the last trace, so that they compute and write the same. */
// @ts-ignore: decorator
@inline
export function lane_row(traces: usize, stride: usize, lane: i32, count: i32): usize {
  return traces + <usize> min(lane, count - 1) * stride;
}

/** Copies up to four traces of `n` samples, `stride` bytes apart, into `lanes`. */
export function lanes_in(traces: usize, stride: usize, count: i32, n: i32, lanes: usize): void {
  const r0 = lane_row(traces, stride, 0, count), r1 = lane_row(traces, stride, 1, count);
  const r2 = lane_row(traces, stride, 2, count), r3 = lane_row(traces, stride, 3, count);
  const whole: usize = <usize> (n & ~3) << 2;
  let to = lanes;
  for (let at: usize = 0; at < whole; at += 16, to += 64) {
    const a = v128.load(r0 + at), b = v128.load(r1 + at), c = v128.load(r2 + at), d = v128.load(r3 + at);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(to, v128.shuffle<f64>(ab, cd, 1, 3), 16);
    v128.store(to, v128.shuffle<f64>(ef, gh, 0, 2), 32);
    v128.store(to, v128.shuffle<f64>(ef, gh, 1, 3), 48);
  }
  for (let at = whole; at < <usize> n << 2; at += 4, to += 16) {
    store<f32>(to, load<f32>(r0 + at));
    store<f32>(to, load<f32>(r1 + at), 4);
    store<f32>(to, load<f32>(r2 + at), 8);
    store<f32>(to, load<f32>(r3 + at), 12);
  }
}

/** Copies `lanes` back to up to four traces. */
export function lanes_out(lanes: usize, traces: usize, stride: usize, count: i32, n: i32): void {
  const r0 = lane_row(traces, stride, 0, count), r1 = lane_row(traces, stride, 1, count);
  const r2 = lane_row(traces, stride, 2, count), r3 = lane_row(traces, stride, 3, count);
  const whole: usize = <usize> (n & ~3) << 2;
  let from = lanes;
  for (let at: usize = 0; at < whole; at += 16, from += 64) {
    const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(r0 + at, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(r1 + at, v128.shuffle<f64>(ab, cd, 1, 3));
    v128.store(r2 + at, v128.shuffle<f64>(ef, gh, 0, 2));
    v128.store(r3 + at, v128.shuffle<f64>(ef, gh, 1, 3));
  }
  for (let at = whole; at < <usize> n << 2; at += 4, from += 16) {
    store<f32>(r0 + at, load<f32>(from));
    store<f32>(r1 + at, load<f32>(from, 4));
    store<f32>(r2 + at, load<f32>(from, 8));
    store<f32>(r3 + at, load<f32>(from, 12));
  }
}

/** The sum of four 32-bit integers. */
export function sum_of_lanes(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}
