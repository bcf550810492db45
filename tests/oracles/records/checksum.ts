/** Oracle: the checksum of the kernel `checksum`, in whole numbers without end. */
const MASK = (1n << 64n) - 1n;

/** Of bytes in pieces of 64 KiB, each from the checksum of the piece before. */
export function checksumOf(bytes: Uint8Array, before = 0n): bigint {
  let sum = before;
  for (let at = 0; at < bytes.length; at += 1 << 16) sum = ofPiece(bytes.subarray(at, at + (1 << 16)), sum);
  return sum;
}

function ofPiece(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number) => BigInt(view.getUint32(at, true));
  const long = (at: number) => view.getBigUint64(at, true);
  const other = [0x7c01812cf721ad1cn, 0xb8fe6c3923a44bben];
  const key = [seed & MASK, (seed ^ 0xa0761d6478bd642fn) & MASK];
  const sums = [
    [0xd6e8feb86659fd93n, 0xc2b2ae3d27d4eb4fn],
    [0x165667b19e3779f9n, 0x85ebca77c2b2ae63n],
    [0x27d4eb2f165667c5n, 0x9fb21c651e98df25n],
    [0x2545f4914f6cdd1dn, 0xda942042e4dd58b5n],
  ];
  const whole = bytes.length & ~63;
  for (let at = 0; at < whole; at += 64) {
    for (const half of [0, 1]) {
      const x = at + 32 * half, y = x + 16;
      for (let i = 0; i < 4; i++) {
        // Words 0 and 1 go to the lanes of one accumulator, 2 and 3 to those of the next.
        const shift = 32n * BigInt(i & 1), lane = i >> 1;
        const kx = word(x + 4 * i) ^ ((key[lane] >> shift) & 0xffffffffn);
        const ky = word(y + 4 * i) ^ ((other[lane] >> shift) & 0xffffffffn);
        const target = sums[2 * half + lane];
        target[i & 1] = (target[i & 1] + kx * ky + long((lane === 0 ? y : x) + 8 * (i & 1))) & MASK;
      }
    }
    key.forEach((value, i) => key[i] = (value + 0x9e3779b97f4a7c15n) & MASK);
  }
  let sum = scramble((seed & MASK) ^ BigInt(bytes.length));
  for (const [low, high] of sums) sum = scramble(scramble(sum ^ low) ^ high);
  for (const byte of bytes.subarray(whole)) sum = scramble(sum ^ BigInt(byte));
  return BigInt.asIntN(64, scramble(sum));
}

function scramble(x: bigint): bigint {
  let u = ((x ^ (x >> 33n)) * 0xff51afd7ed558ccdn) & MASK;
  u = ((u ^ (u >> 33n)) * 0xc4ceb9fe1a85ec53n) & MASK;
  return u ^ (u >> 33n);
}
