/** Trace headers as everybody sees them. */
import { ibmToNumber, numberToIbm } from "../../src/shared/seismic/ibm_float.ts";
import { counts } from "./extended_words.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import {
  applyScalar,
  type HeaderWord,
  HeaderWordTable,
  removeScalar,
  TRACE_HEADER_BYTES,
  WORD_BYTES,
} from "../../src/shared/seismic/trace_header.ts";

/**
 * Trace headers of a block as SEG-Y records, big-endian whatever the file's byte order was, shape `[trace][recordBytes]`;
 * `recordBytes` is 240 and more with additional trace headers. A word is read and written where the table says.
 */
export class HeaderRecords {
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly recordBytes: number,
    readonly words: HeaderWordTable,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get traces(): number {
    return this.bytes.length / this.recordBytes;
  }

  /** The word unscaled; what extends it in its place, unless that is zero. */
  get(trace: number, word: HeaderWord): number {
    const extended = this.#extended(trace, word);
    if (extended === undefined) return this.stored(trace, word);
    return removeScalar(extended, this.#scalar(trace, word));
  }

  /** The bytes of the word itself, whatever extends it. */
  stored(trace: number, word: HeaderWord): number {
    return readWord(this.#view, trace * this.recordBytes + word.byte - 1, word);
  }

  /** The word in its unit: coordinates, elevations and times with their scalar applied. */
  scaled(trace: number, word: HeaderWord): number {
    return this.#extended(trace, word) ?? applyScalar(this.stored(trace, word), this.#scalar(trace, word));
  }

  /**
   * Stores an unscaled value; one that the word's type cannot hold is an error, never cut in silence. Where an extension
   * takes the word's place that gets the value too, and the word zero if it cannot hold it.
   */
  set(trace: number, word: HeaderWord, value: number): void {
    const at = trace * this.recordBytes + word.byte - 1;
    if (!word.extended || this.#extended(trace, word) === undefined) {
      return writeWord(this.#view, at, word, value);
    }
    const scaled = applyScalar(value, this.#scalar(trace, word));
    writeWord(this.#view, trace * this.recordBytes + word.extended.byte - 1, word.extended, scaled);
    writeWord(this.#view, at, word, holds(word, value) ? value : 0);
  }

  /** The extension's value where it takes the place of the word's. */
  #extended(trace: number, { extended }: HeaderWord): number | undefined {
    const value = extended ? this.stored(trace, extended) : 0;
    return counts(value) ? value : undefined;
  }

  #scalar(trace: number, { scaledBy }: HeaderWord): number {
    return scaledBy ? this.stored(trace, this.word(scaledBy)) : 1;
  }

  /** Looks a word up by name or alias. */
  word(name: string): HeaderWord {
    const word = this.words.find(name);
    if (word) return word;
    throw new SeisProcError("header-word-unknown", `Cannot find header word ${name}`, { word: name });
  }

  /** The records of some traces, sharing the bytes. */
  slice(first: number, count: number): HeaderRecords {
    const bytes = this.bytes.subarray(first * this.recordBytes, (first + count) * this.recordBytes);
    return new HeaderRecords(bytes, this.recordBytes, this.words);
  }

  /** New records of `traces` traces, all zero. */
  static empty(
    traces: number,
    words: HeaderWordTable,
    recordBytes: number = TRACE_HEADER_BYTES,
  ): HeaderRecords {
    return new HeaderRecords(new Uint8Array(traces * recordBytes), recordBytes, words);
  }
}

/** Reads one word at a byte offset from 0, big-endian unless said. 64-bit integers beyond 2^53 lose their last digits. */
export function readWord(view: DataView, offset: number, word: HeaderWord, littleEndian = false): number {
  switch (word.type) {
    case "int8":
      return view.getInt8(offset);
    case "int16":
      return view.getInt16(offset, littleEndian);
    case "int32":
      return view.getInt32(offset, littleEndian);
    case "int64":
      return Number(view.getBigInt64(offset, littleEndian));
    case "uint8":
      return view.getUint8(offset);
    case "uint16":
      return view.getUint16(offset, littleEndian);
    case "uint32":
      return view.getUint32(offset, littleEndian);
    case "uint64":
      return Number(view.getBigUint64(offset, littleEndian));
    case "float32":
      return view.getFloat32(offset, littleEndian);
    case "float64":
      return view.getFloat64(offset, littleEndian);
    case "ibm32":
      return ibmToNumber(view.getUint32(offset, littleEndian));
  }
}

/** Writes one word big-endian at a byte offset from 0. */
export function writeWord(view: DataView, offset: number, word: HeaderWord, value: number): void {
  switch (word.type) {
    case "int8":
      return view.setInt8(offset, fit(word, value, -0x80, 0x7f));
    case "int16":
      return view.setInt16(offset, fit(word, value, -0x8000, 0x7fff));
    case "int32":
      return view.setInt32(offset, fit(word, value, -0x80000000, 0x7fffffff));
    case "int64":
      return view.setBigInt64(offset, BigInt(fit(word, value, -(2 ** 63), 2 ** 63 - 1024)));
    case "uint8":
      return view.setUint8(offset, fit(word, value, 0, 0xff));
    case "uint16":
      return view.setUint16(offset, fit(word, value, 0, 0xffff));
    case "uint32":
      return view.setUint32(offset, fit(word, value, 0, 0xffffffff));
    case "uint64":
      return view.setBigUint64(offset, BigInt(fit(word, value, 0, 2 ** 64 - 2048)));
    case "float32":
      return view.setFloat32(offset, value);
    case "float64":
      return view.setFloat64(offset, value);
    case "ibm32":
      return view.setUint32(offset, numberToIbm(value));
  }
}

/** Whether an integer word holds a value once it is rounded; other words hold all. */
function holds({ type }: HeaderWord, value: number): boolean {
  const bits = 8 * WORD_BYTES[type], rounded = Math.round(value);
  if (type.startsWith("uint")) return rounded >= 0 && rounded < 2 ** bits;
  return !type.startsWith("int") || (rounded >= -(2 ** (bits - 1)) && rounded < 2 ** (bits - 1));
}

function fit(word: HeaderWord, value: number, min: number, max: number): number {
  const rounded = Math.round(value);
  if (rounded >= min && rounded <= max) return rounded;
  const message =
    `Cannot store ${value} in header word ${word.name}: expected ${min} to ${max} (${word.type})`;
  throw new SeisProcError("header-invalid", message, { file: "", field: word.name, found: value });
}
