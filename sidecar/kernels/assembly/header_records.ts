/**
 * Copies `count` header records and puts their bytes in another order: `out[i] = in[order[i]]`, with `order` a table of
 * 16-bit numbers at `order`, or 0 to copy as they are.
 */
export function copy_records(
  source: usize,
  sourceStride: usize,
  target: usize,
  targetStride: usize,
  bytes: i32,
  count: i32,
  order: usize,
): void {
  for (let record = 0; record < count; record++) {
    const from = source + <usize> record * sourceStride;
    const to = target + <usize> record * targetStride;
    if (order == 0) {
      memory.copy(to, from, bytes);
      continue;
    }
    for (let i = 0; i < bytes; i++) {
      store<u8>(to + <usize> i, load<u8>(from + <usize> load<u16>(order + (<usize> i << 1))));
    }
  }
}
