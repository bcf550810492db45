import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { type ByteOrder, wordPermutation } from "../format/byte_order.ts";
import type { SegyFile } from "../format/segy_file.ts";

/** The few words of a trace header that tell how the file is laid out. */
export interface ProbedHeader {
  /** Samples by the standard word or, where that says more, by the first header extension; 0 when unsaid. */
  readonly samples: number;
  /** Signed, as stored. */
  readonly interval: number;
  /** Interval by the first header extension, 0 when unsaid. */
  readonly extendedInterval: number;
  readonly sequence: number;
  readonly identification: number;
  /** True when the first header extension is there by its name. */
  readonly extension: boolean;
}

/** Reads trace headers at byte offsets, before the layout is known. */
export class TraceHeaderProbe {
  readonly #file: SegyFile;
  readonly #order: ByteOrder;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #swapped: DataView;

  constructor(file: SegyFile, order: ByteOrder, recordBytes: number) {
    this.#file = file;
    this.#order = order;
    this.#bytes = new Uint8Array(Math.min(recordBytes, 2 * TRACE_HEADER_BYTES));
    this.#view = new DataView(this.#bytes.buffer);
    this.#swapped = new DataView(new ArrayBuffer(8));
  }

  /** Undefined when the file ends before the header does. */
  read(offset: number): ProbedHeader | undefined {
    if (this.#file.readInto(this.#bytes, offset) < this.#bytes.length) return undefined;
    const extension = this.#bytes.length > TRACE_HEADER_BYTES && this.#hasExtension();
    const extended = extension ? this.#word(240 + 137, 4).getUint32(0) : 0;
    return {
      samples: extended || this.#word(115, 2).getUint16(0),
      interval: this.#word(117, 2).getInt16(0),
      extendedInterval: extension ? this.#word(240 + 145, 8).getFloat64(0) : 0,
      sequence: this.#word(1, 4).getInt32(0),
      identification: this.#word(29, 2).getInt16(0),
      extension,
    };
  }

  /** The name of the first extension, in ASCII or EBCDIC, in this order of bytes or another. */
  #hasExtension(): boolean {
    const name = [...this.#bytes.subarray(472, 480)].map((byte) => byte >= 0xc0 ? EBCDIC.get(byte) : byte);
    const text = String.fromCharCode(...name.map((byte) => byte ?? 32));
    return text === "SEG00001" || text === "ES0G0010";
  }

  /** The bytes of a word, big-endian. */
  #word(byte: number, length: number): DataView {
    const from = wordOrder(this.#order, length);
    for (let i = 0; i < length; i++) this.#swapped.setUint8(i, this.#view.getUint8(byte - 1 + from[i]));
    return this.#swapped;
  }
}

const EBCDIC: ReadonlyMap<number, number> = new Map(
  [[0xe2, "S"], [0xc5, "E"], [0xc7, "G"], [0xf0, "0"], [0xf1, "1"]].map((
    [byte, character],
  ) => [Number(byte), String(character).charCodeAt(0)]),
);

const ORDERS = new Map<string, number[]>();

function wordOrder(order: ByteOrder, length: number): number[] {
  const key = `${order}${length}`;
  const known = ORDERS.get(key) ?? wordPermutation(order, length);
  ORDERS.set(key, known);
  return known;
}
