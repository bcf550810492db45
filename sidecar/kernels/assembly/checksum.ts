/**
 * A checksum of 64 bits over bytes, to tell whether a block on disk is the one that was written; after the accumulation of
 * XXH3 (Collet 2019). 64 bytes at a time are two pairs of vectors x, y: products of their 32-bit words, of x mixed with a
 * key that changes from step to step, are summed in 64-bit lanes, and the words themselves in others: so a word that makes
 * a product zero hides nothing, and the same words in another order differ. `seed` is the checksum of what came before.
 */
export function checksum(address: usize, bytes: i32, seed: i64): i64 {
  const step = i64x2.splat(0x9e3779b97f4a7c15), other = i64x2(0x7c01812cf721ad1c, 0xb8fe6c3923a44bbe);
  let key = i64x2(seed, seed ^ 0xa0761d6478bd642f);
  let a = i64x2(0xd6e8feb86659fd93, 0xc2b2ae3d27d4eb4f), b = i64x2(0x165667b19e3779f9, 0x85ebca77c2b2ae63);
  let c = i64x2(0x27d4eb2f165667c5, 0x9fb21c651e98df25), d = i64x2(0x2545f4914f6cdd1d, 0xda942042e4dd58b5);
  const end = address + (<usize> bytes & ~63);
  let at = address;
  for (; at < end; at += 64) {
    const x = v128.load(at), y = v128.load(at, 16), z = v128.load(at, 32), w = v128.load(at, 48);
    const kx = v128.xor(x, key), ky = v128.xor(y, other);
    const kz = v128.xor(z, key), kw = v128.xor(w, other);
    a = i64x2.add(i64x2.add(a, v128.extmul_low<u32>(kx, ky)), y);
    b = i64x2.add(i64x2.add(b, v128.extmul_high<u32>(kx, ky)), x);
    c = i64x2.add(i64x2.add(c, v128.extmul_low<u32>(kz, kw)), w);
    d = i64x2.add(i64x2.add(d, v128.extmul_high<u32>(kz, kw)), z);
    key = i64x2.add(key, step);
  }
  let sum = fold(fold(fold(fold(scramble(seed ^ <i64> bytes), a), b), c), d);
  for (const last = address + <usize> bytes; at < last; at++) sum = scramble(sum ^ <i64> load<u8>(at));
  return scramble(sum);
}

/** Adds both lanes to a sum. */
// @ts-ignore: decorator
@inline
function fold(sum: i64, lanes: v128): i64 {
  return scramble(scramble(sum ^ i64x2.extract_lane(lanes, 0)) ^ i64x2.extract_lane(lanes, 1));
}

/** The finaliser of MurmurHash3 (Appleby 2011): each bit of its result depends on each bit of what it gets. */
// @ts-ignore: decorator
@inline
function scramble(x: i64): i64 {
  let u = <u64> x;
  u = (u ^ (u >> 33)) * 0xff51afd7ed558ccd;
  u = (u ^ (u >> 33)) * 0xc4ceb9fe1a85ec53;
  return <i64> (u ^ (u >> 33));
}
