/** One header word on its way from the file to its column. */
import type { HeaderWord } from "../../src/shared/seismic/trace_header.ts";
import type { HeaderColumn } from "../segy/headers/column_gather.ts";
import type { StoredArray } from "./zarr/chunk_rows.ts";

/** How the column of a word comes from what the scan of the file gives. */
export interface ImportColumn {
  readonly array: StoredArray;
  /** The words to read: the word itself, or the two halves of a 64-bit integer, which float64 could not hold. */
  readonly read: readonly HeaderWord[];
  /** The column's bytes of `count` traces from the values of those words. */
  readonly toBytes: (values: readonly HeaderColumn[], count: number) => Uint8Array;
}

export function importColumn(word: HeaderWord, array: StoredArray): ImportColumn {
  switch (word.type) {
    case "int64":
    case "uint64":
      return { array, read: halves(word), toBytes: joinHalves };
    case "float32":
      return { array, read: [word], toBytes: ([values], count) => bytesOf(Float32Array.from(values), count) };
    default:
      return { array, read: [word], toBytes: ([values], count) => bytesOf(values, count) };
  }
}

/** Both halves of a big-endian 64-bit word, the high one first. */
function halves(word: HeaderWord): HeaderWord[] {
  return [0, 4].map((bytes) => ({ ...word, byte: word.byte + bytes, type: "uint32" }));
}

function joinHalves([high, low]: readonly HeaderColumn[], count: number): Uint8Array {
  const joined = new Uint32Array(2 * count);
  for (let i = 0; i < count; i++) {
    joined[2 * i] = low[i];
    joined[2 * i + 1] = high[i];
  }
  return new Uint8Array(joined.buffer);
}

function bytesOf(values: HeaderColumn | Float32Array, count: number): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, count * values.BYTES_PER_ELEMENT);
}
