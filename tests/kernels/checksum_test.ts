/** The kernel of checksums against its oracle. */
import { expect, test } from "vitest";
import { Checksum, CHECKSUM_KERNEL } from "../../sidecar/kernels/checksum.ts";
import { checksumOf } from "../oracles/records/checksum.ts";
import { growingMemory, randomNumbers } from "../test_steps.ts";

const memory = growingMemory([CHECKSUM_KERNEL]);
const sum = new Checksum(memory);
const random = randomNumbers(5);

function randomBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor((random() + 1) * 128));
}

test("it is the oracle's at every length and over pieces, wherever the bytes lie", () => {
  for (const length of [...Array.from({ length: 150 }, (_, i) => i), 65_535, 65_536, 65_537, 200_001]) {
    const bytes = randomBytes(length);
    const address = memory.allocate(length);
    new Uint8Array(memory.memory.buffer, address, length).set(bytes);
    const expected = checksumOf(bytes, 77n);
    expect([length, sum.ofBytes(bytes, 77n)]).toEqual([length, expected]);
    expect([length, sum.ofMemory(address, length, 77n)]).toEqual([length, expected]);
  }
});

/** What happens to blocks on disk, and what differs by little. */
const CHANGES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  "zeros of the same size": (bytes) => new Uint8Array(bytes.length),
  "zeros from the middle": (bytes) => bytes.map((byte, i) => i < bytes.length / 2 ? byte : 0),
  "a cut": (bytes) => bytes.subarray(0, -64),
  "turned signs of all floats": (bytes) => bytes.map((byte, i) => i % 4 === 0 ? byte ^ 0x80 : byte),
  "two turned signs": (bytes) => bytes.map((byte, i) => i === 0 || i === 128 ? byte ^ 0x80 : byte),
  "words in another order": (bytes) => {
    const words = new Uint32Array(bytes.slice().buffer);
    return new Uint8Array(words.reverse().buffer);
  },
  "pages in another order": (bytes) => Uint8Array.from([...bytes.subarray(4096), ...bytes.subarray(0, 4096)]),
  "halves of 32 bytes in another order": (bytes) => bytes.map((_, i) => bytes[i ^ 32]),
  "one page of another block": (bytes) => bytes.map((byte, i) => i < 4096 ? byte : bytes[i - 4096]),
};

test.each(Object.keys(CHANGES))(
  "%s give another checksum, of noise, of small numbers and of zeros and ones",
  (kind) => {
    const small = new Uint8Array(Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i / 7)).buffer);
    for (const bytes of [randomBytes(16_384), small, randomBytes(16_384).map((byte) => byte & 1)]) {
      expect(sum.ofBytes(CHANGES[kind](bytes))).not.toBe(sum.ofBytes(bytes));
    }
  },
);

test("any one bit counts", () => {
  const bytes = randomBytes(256), whole = sum.ofBytes(bytes);
  const sums = new Set(Array.from({ length: 256 * 8 }, (_, bit) => {
    const flipped = bytes.slice();
    flipped[bit >> 3] ^= 1 << (bit & 7);
    return sum.ofBytes(flipped);
  }));
  expect(sums.size).toBe(256 * 8);
  expect(sums.has(whole)).toBe(false);
});

test("zeros of any length have checksums of their own", () => {
  const sums = Array.from({ length: 300 }, (_, blocks) => sum.ofBytes(new Uint8Array(64 * blocks)));
  expect(new Set(sums).size).toBe(300);
});
