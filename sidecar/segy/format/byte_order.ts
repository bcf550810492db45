/**
 * Byte orders of SEG-Y files. Headers become big-endian by one permutation of the bytes of a record:
 * `out[i] = in[permutation[i]]`. It is its own inverse, so it serves reading and writing.
 */
import type { ByteOrder } from "../../../src/shared/seismic/read_options.ts";
import { WORD_BYTES, type WordType } from "../../../src/shared/seismic/trace_header.ts";

export type { ByteOrder };

/** A word's place: `byte` from 1 within its record. */
export interface PlacedWord {
  readonly byte: number;
  readonly type: WordType;
}

/**
 * Where each byte of a big-endian record lies in the file's record. Words given earlier win over later ones that
 * overlap them; bytes of no word stay where they are.
 */
export function recordPermutation(
  order: ByteOrder,
  recordBytes: number,
  words: readonly PlacedWord[],
): Uint16Array {
  const permutation = Uint16Array.from({ length: recordBytes }, (_, i) => i);
  if (order === "swapped") return permutation.map((i) => i ^ 1);
  if (order === "little") reverseWords(permutation, words);
  return permutation;
}

function reverseWords(permutation: Uint16Array, words: readonly PlacedWord[]): void {
  const claimed = new Uint8Array(permutation.length);
  for (const { byte, type } of words) {
    const start = byte - 1, end = start + WORD_BYTES[type];
    if (end > permutation.length || claimed.subarray(start, end).some((taken) => taken)) continue;
    claimed.fill(1, start, end);
    for (let i = start; i < end; i++) permutation[i] = start + end - 1 - i;
  }
}

export function permuted(bytes: Uint8Array, permutation: Uint16Array): Uint8Array {
  const out = new Uint8Array(permutation.length);
  for (let i = 0; i < out.length; i++) out[i] = bytes[permutation[i]];
  return out;
}

/** Where each byte of a big-endian word of so many bytes lies in the file's word. */
export function wordPermutation(order: ByteOrder, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => {
    if (order === "little") return bytes - 1 - i;
    return order === "swapped" && bytes % 2 === 0 ? i ^ 1 : i;
  });
}
