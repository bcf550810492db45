/** Subtracts the mean of samples [first, end) of the float32 trace at `address`; the sum is kept in f64. */
export function remove_mean(address: usize, first: i32, end: i32): void {
  if (end <= first) return;
  let sum: f64 = 0;
  for (let i = first; i < end; i++) sum += <f64> load<f32>(address + (<usize> i << 2));
  const mean = sum / <f64> (end - first);
  for (let i = first; i < end; i++) {
    const at = address + (<usize> i << 2);
    store<f32>(at, <f32> (<f64> load<f32>(at) - mean));
  }
}
