/** The 400 bytes of the binary header by the names of its fields. */
import {
  BINARY_FIELDS,
  BINARY_HEADER_BYTES,
  BINARY_HEADER_START,
  binaryField,
} from "../../../src/shared/seismic/binary_header.ts";
import { type ByteOrder, permuted, recordPermutation } from "./byte_order.ts";
import { readWord, writeWord } from "../../traces/header_records.ts";

/** Where the bytes of a big-endian binary header lie in a file of this byte order. */
export function binaryPermutation(order: ByteOrder): Uint16Array {
  const words = BINARY_FIELDS.map(({ byte, type }) => ({ byte: byte - BINARY_HEADER_START + 1, type }));
  return recordPermutation(order, BINARY_HEADER_BYTES, words);
}

/** The 400 bytes of a binary header, big-endian, with its fields by name. */
export class BinaryHeader {
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static fromFile(bytes: Uint8Array, order: ByteOrder): BinaryHeader {
    return new BinaryHeader(permuted(bytes, binaryPermutation(order)));
  }

  get(name: string): number {
    const { byte, type } = binaryField(name);
    return readWord(this.#view, byte - BINARY_HEADER_START, { ...WORD, name, byte, type });
  }

  set(name: string, value: number): void {
    const { byte, type } = binaryField(name);
    writeWord(this.#view, byte - BINARY_HEADER_START, { ...WORD, name, byte, type }, value);
  }
}

const WORD = { title: "", aliases: [] } as const;
