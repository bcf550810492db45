/**
 * Gathers words of `count` records, `stride` bytes apart, into columns from place `place` on.
 *
 * `plan` has 32 bytes for each word: a swizzle that brings its native bytes to the front of the 16 bytes of the record
 * at the offset of bytes 16 to 19; 20 the word's bytes (1, 2 or 4); 24 the column's address.
 */
export function gather_words(
  records: usize,
  stride: usize,
  count: i32,
  plan: usize,
  words: i32,
  place: i32,
): void {
  for (let word = 0; word < words; word++, plan += 32) {
    const swizzle = v128.load(plan);
    const bytes = load<i32>(plan, 20);
    let from = records + <usize> load<u32>(plan, 16);
    let to = <usize> load<u32>(plan, 24) + <usize> place * bytes;
    if (bytes == 4) {
      for (let i = 0; i < count; i++, from += stride, to += 4) {
        v128.store_lane<u32>(to, i8x16.swizzle(v128.load(from), swizzle), 0);
      }
    } else if (bytes == 2) {
      for (let i = 0; i < count; i++, from += stride, to += 2) {
        v128.store_lane<u16>(to, i8x16.swizzle(v128.load(from), swizzle), 0);
      }
    } else {
      for (let i = 0; i < count; i++, from += stride, to++) {
        v128.store_lane<u8>(to, i8x16.swizzle(v128.load(from), swizzle), 0);
      }
    }
  }
}
