/** Multiplies the float32 values at `address` by a table of as many factors. */
export function multiply_by_table(address: usize, factors: usize, count: i32): void {
  const end = address + (<usize> count << 2);
  const vectorEnd = address + (<usize> (count & ~3) << 2);
  let at = address;
  for (; at < vectorEnd; at += 16, factors += 16) {
    v128.store(at, f32x4.mul(v128.load(at), v128.load(factors)));
  }
  for (; at < end; at += 4, factors += 4) store<f32>(at, load<f32>(at) * load<f32>(factors));
}
