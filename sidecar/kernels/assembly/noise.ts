/**
 * Noise of one trace: input minus processed where the input is live, zero in its muted ends, over `count` samples.
 * The result replaces the float32 input at `input`; [first, end) are the live samples.
 */
export function subtract_live(input: usize, processed: usize, count: i32, first: i32, end: i32): void {
  memory.fill(input, 0, <usize> first << 2);
  memory.fill(input + (<usize> end << 2), 0, <usize> (count - end) << 2);
  let at: usize = <usize> first << 2;
  const stop: usize = <usize> end << 2;
  for (; at + 16 <= stop; at += 16) {
    v128.store(input + at, f32x4.sub(v128.load(input + at), v128.load(processed + at)));
  }
  for (; at < stop; at += 4) store<f32>(input + at, load<f32>(input + at) - load<f32>(processed + at));
}
