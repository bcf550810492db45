/** What a header scan counts of every trace, by a kernel over the records as they lie in the file's blocks. */
import { TRACE_HEADER_BYTES, TRACE_HEADER_WORDS } from "../../../src/shared/seismic/trace_header.ts";
import type { HeaderWord } from "../../../src/shared/seismic/trace_header.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { type ByteOrder, permuted, recordPermutation } from "../format/byte_order.ts";
import { readWord } from "../../traces/header_records.ts";
import type { SortWord, WordChanges } from "./sort_order.ts";

export const HEADER_WATCH_KERNEL = "header_ranges";

interface HeaderKernel {
  header_ranges(records: number, stride: number, count: number, table: number, ranges: number): void;
  watch_headers(
    records: number,
    stride: number,
    count: number,
    table: number,
    state: number,
    interval: number,
    samples: number,
    swap: number,
  ): void;
}

/** Places in the kernel's state, in bytes: `watch_headers` tells of them. */
const STATE = {
  traces: 0,
  odd: { otherInterval: 4, otherSamples: 12, noScalar: 20, repeated: 28, dead: 36 },
  rose: 44,
  fell: 48,
  stayedWithoutRise: 64,
  changes: 128,
  extents: 192,
  first: 288,
  last: 528,
  bytes: 768,
} as const;
/** The kernel's numbers of the words that sort. */
const LANES: Readonly<Record<SortWord, number>> = {
  fldr: 0,
  tracf: 1,
  ep: 2,
  cdp: 3,
  sx: 4,
  gx: 6,
  iline: 10,
  xline: 11,
  offset: 12,
};
const RANGES_BYTES = 4 * TRACE_HEADER_BYTES;

export type Oddity = keyof typeof STATE.odd;

export interface Extent {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

export interface Span {
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
}

export class HeaderWatch {
  readonly #memory: KernelMemory;
  readonly #kernel: HeaderKernel;
  readonly #permutation: Uint16Array;
  readonly #table: number;
  readonly #ranges: number;
  readonly #state: number;
  readonly #swap: number;
  readonly #interval: number;
  readonly #samples: number;

  /** What traces say of their interval and samples is compared with the file's. */
  constructor(
    memory: KernelMemory,
    order: ByteOrder,
    samples: number,
    intervalUs: number,
  ) {
    this.#memory = memory;
    this.#kernel = memory.load<HeaderKernel>(HEADER_WATCH_KERNEL);
    this.#permutation = recordPermutation(order, TRACE_HEADER_BYTES, TRACE_HEADER_WORDS);
    this.#table = memory.allocate(2 * TRACE_HEADER_BYTES);
    this.#ranges = memory.allocate(RANGES_BYTES);
    this.#state = memory.allocate(STATE.bytes);
    this.#swap = order === "big" ? 1 : 0;
    this.#samples = samples & 0xffff;
    this.#interval = Math.round(intervalUs) << 16 >> 16;
    this.#fillTable();
    this.#start();
  }

  /** Takes the next traces, whose records lie `stride` bytes apart from `address`. */
  add(address: number, stride: number, count: number): void {
    this.#kernel.header_ranges(address, stride, count, this.#table, this.#ranges);
    this.#kernel.watch_headers(
      address,
      stride,
      count,
      this.#table,
      this.#state,
      this.#interval,
      this.#samples,
      this.#swap,
    );
  }

  get traces(): number {
    return this.#uint32(STATE.traces);
  }

  /** Values of a standard word; all zero before the first trace. */
  span(word: HeaderWord): Span {
    const offset = word.byte - 1;
    const at = (offset & ~15) * 4 + (offset & 15);
    const view = this.#view(this.#ranges, RANGES_BYTES);
    const first = this.#stored(STATE.first, word), last = this.#stored(STATE.last, word);
    if (this.traces === 0) return { min: 0, max: 0, first, last };
    if (word.type === "int32") {
      return { min: view.getInt32(at + 32, true), max: view.getInt32(at + 48, true), first, last };
    }
    const flip = word.type === "uint16" ? 0x8000 : 0;
    return { min: view.getInt16(at, true) + flip, max: view.getInt16(at + 16, true) + flip, first, last };
  }

  /** Traces of one kind of oddness: how many, and which first (from 1). */
  odd(kind: Oddity): { readonly count: number; readonly first: number } {
    return { count: this.#uint32(STATE.odd[kind]), first: this.#uint32(STATE.odd[kind] + 4) };
  }

  /** Of source, receiver or ensemble (0, 1, 2), scaled; undefined when no trace has such coordinates. */
  extent(pair: number): Extent | undefined {
    const [minX, minY, maxX, maxY] = new Float64Array(
      this.#memory.memory.buffer,
      this.#state + STATE.extents + 32 * pair,
      4,
    );
    return Number.isFinite(minX) ? { minX, maxX, minY, maxY } : undefined;
  }

  get changes(): WordChanges {
    const bit = (place: number, word: SortWord) => this.#uint32(place) >>> LANES[word] & 1;
    return {
      traces: this.traces,
      changes: (word) => this.#uint32(STATE.changes + 4 * LANES[word]),
      monotonic: (word) => !(bit(STATE.rose, word) && bit(STATE.fell, word)),
      risesWithin: (first, second) => bit(STATE.stayedWithoutRise + 4 * LANES[first], second) === 0,
    };
  }

  /** Native byte k of a word of n bytes is its big-endian byte n - 1 - k, which lies in the file where the order says. */
  #fillTable(): void {
    const table = new Uint8Array(this.#memory.memory.buffer, this.#table, 2 * TRACE_HEADER_BYTES).fill(0);
    for (const { byte, type } of TRACE_HEADER_WORDS) {
      const bytes = type === "int32" ? 4 : 2;
      for (let k = 0; k < bytes; k++) {
        table[byte - 1 + k] = this.#permutation[byte - 1 + bytes - 1 - k] & 15;
      }
      if (type === "uint16") table[TRACE_HEADER_BYTES + byte] = 0x80;
    }
  }

  #start(): void {
    const { buffer } = this.#memory.memory;
    new Uint8Array(buffer, this.#state, STATE.bytes).fill(0);
    new Float64Array(buffer, this.#state + STATE.extents, 12).forEach((_, i, extents) => {
      extents[i] = i % 4 < 2 ? Infinity : -Infinity;
    });
    const least = [0x7fff, -0x8000], wide = [0x7fffffff, -0x80000000];
    for (let part = this.#ranges; part < this.#ranges + RANGES_BYTES; part += 64) {
      least.forEach((value, i) => new Int16Array(buffer, part + 16 * i, 8).fill(value));
      wide.forEach((value, i) => new Int32Array(buffer, part + 32 + 16 * i, 4).fill(value));
    }
  }

  #stored(place: number, word: HeaderWord): number {
    const record = permuted(this.#bytes(this.#state + place, TRACE_HEADER_BYTES), this.#permutation);
    return readWord(new DataView(record.buffer), word.byte - 1, word);
  }

  #uint32(place: number): number {
    return this.#view(this.#state, STATE.bytes).getUint32(place, true);
  }

  #bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.memory.buffer, address, length);
  }

  #view(address: number, length: number): DataView {
    return new DataView(this.#memory.memory.buffer, address, length);
  }
}
