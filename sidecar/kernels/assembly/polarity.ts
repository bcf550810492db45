/** Turns the sign of `n` float32 samples. */
export function reverse(trace: usize, n: i32): void {
  let at = trace;
  for (const whole = trace + (<usize> (n & ~3) << 2); at < whole; at += 16) {
    v128.store(at, v128.neg<f32>(v128.load(at)));
  }
  for (const end = trace + (<usize> n << 2); at < end; at += 4) store<f32>(at, -load<f32>(at));
}
