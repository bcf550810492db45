/** Single trace headers at any offset, read before the layout is known. */
import {
  type HeaderWord,
  type HeaderWordTable,
  TRACE_HEADER_BYTES,
  WORD_BYTES,
} from "../../../../src/shared/seismic/trace_header.ts";
import { readWord } from "../../../traces/header_records.ts";
import { additionalHeaderNames, FIRST_EXTENSION } from "../../format/additional_headers.ts";
import { type ByteOrder, permuted, recordPermutation } from "../../format/byte_order.ts";
import { extensionWords } from "../../format/extension_words.ts";
import { isInside } from "../../format/word_table.ts";
import type { Opening } from "../opening.ts";

/** Where programs of PASSCAL keep the number of samples when 16 bits cannot, from 1; the standard has two 16-bit words there. */
const PASSCAL_SAMPLES = 229;

/** Where the words of one table lie; looked up once, since detection asks for few words often. */
class Places {
  readonly #table: HeaderWordTable;
  readonly #words = new Map<string, HeaderWord | undefined>();
  readonly #permutations = new Map<string, Uint16Array>();
  static readonly #known = new WeakMap<HeaderWordTable, Places>();

  private constructor(table: HeaderWordTable) {
    this.#table = table;
  }

  static of(table: HeaderWordTable): Places {
    const known = Places.#known.get(table) ?? new Places(table);
    Places.#known.set(table, known);
    return known;
  }

  word(name: string): HeaderWord | undefined {
    if (!this.#words.has(name)) this.#words.set(name, this.#table.find(name));
    return this.#words.get(name);
  }

  permutation(order: ByteOrder, recordBytes: number): Uint16Array {
    const key = `${order} ${recordBytes}`;
    const words = [...this.#table.words.toReversed(), ...EXTENDED];
    const permutation = this.#permutations.get(key) ?? recordPermutation(order, recordBytes, words);
    this.#permutations.set(key, permutation);
    return permutation;
  }
}

/** One trace header. */
export class ProbedHeader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #places: Places;
  readonly #order: ByteOrder;

  /** `bytes` are big-endian: the standard header, and those after it; `order` is the file's. */
  constructor(bytes: Uint8Array, places: Places, order: ByteOrder) {
    this.#order = order;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#places = places;
  }

  /** The word as stored, where mappings have it; 0 when that lies outside the header. */
  get(name: string): number {
    const word = this.#places.word(name);
    return word && isInside(word, this.#bytes.length) ? this.at(word) : 0;
  }

  /** The last byte of a word, from 1. */
  ends(name: string): number {
    const word = this.#places.word(name);
    return word ? word.byte - 1 + WORD_BYTES[word.type] : 0;
  }

  at(word: HeaderWord): number {
    return readWord(this.#view, word.byte - 1, word);
  }

  /** A word of SEG00001, 0 where no header carries that name. */
  extended(name: string): number {
    if (this.#bytes.length === TRACE_HEADER_BYTES) return 0;
    const word = extensionWords(this.names).find((one) => one.name === name);
    const value = word ? this.at(word) : 0;
    return Number.isFinite(value) ? value : 0;
  }

  /** The 32-bit count of samples of PASSCAL in bytes 229 to 232, of which the halves are read as two words here. */
  get passcalSamples(): number {
    const first = this.#view.getUint16(PASSCAL_SAMPLES - 1),
      second = this.#view.getUint16(PASSCAL_SAMPLES + 1);
    return this.#order === "little" ? second * 0x10000 + first : first * 0x10000 + second;
  }

  /** Names of the headers after the standard one. */
  get names(): string[] {
    return additionalHeaderNames(this.#bytes);
  }

  /** Samples by the first header extension or, where that says none, by the standard word; 0 when unsaid. */
  get samples(): number {
    return this.extended("extNs") || this.get("ns") & 0xffff;
  }

  get isBlank(): boolean {
    return this.#bytes.every((byte) => byte === 0);
  }
}

/** Of records with many headers only so many are looked at. */
const MOST_HEADERS = 8;

/** Reads trace headers of one length in one order of bytes. */
export class TraceHeaderProbe {
  readonly #opening: Opening;
  readonly #places: Places;
  readonly #recordBytes: number;
  readonly #permutation: Uint16Array | undefined;

  constructor(opening: Opening, recordBytes: number = TRACE_HEADER_BYTES) {
    this.#opening = opening;
    this.#places = Places.of(opening.words);
    this.#recordBytes = Math.min(recordBytes, MOST_HEADERS * TRACE_HEADER_BYTES);
    this.#permutation = opening.order === "big"
      ? undefined
      : this.#places.permutation(opening.order, this.#recordBytes);
  }

  /** Undefined when the file ends before the header does. */
  read(offset: number): ProbedHeader | undefined {
    const { header, known } = this.readBegun(offset);
    return known < this.#recordBytes ? undefined : header;
  }

  /** A header of which the file may hold the first `known` bytes only; the others are zero. */
  readBegun(offset: number): { readonly header: ProbedHeader; readonly known: number } {
    const bytes = new Uint8Array(this.#recordBytes);
    const known = this.#opening.file.readInto(bytes, offset);
    const big = this.#permutation ? permuted(bytes, this.#permutation) : bytes;
    return { header: new ProbedHeader(big, this.#places, this.#opening.order), known };
  }
}

/** The words of SEG00001, wherever that header may lie: they count only where it is there by name. */
const EXTENDED: readonly HeaderWord[] = Array.from(
  { length: MOST_HEADERS - 1 },
  (_, i) => extensionWords([...Array(i).fill(""), FIRST_EXTENSION]),
).flat();
