/** Columns of integer words in kernel memory, gathered by a kernel from records as the file has them. */
import { type HeaderWord, WORD_BYTES, type WordType } from "../../../src/shared/seismic/trace_header.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";

/** Values of one word as stored: as small as the type allows, 64-bit integers as float64. */
export type HeaderColumn =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float64Array;

export const COLUMN_KERNEL = "header_columns";
const PLAN_BYTES = 32;

export interface ColumnKernel {
  gather_words(
    records: number,
    stride: number,
    count: number,
    plan: number,
    words: number,
    place: number,
  ): void;
}

type ColumnArray = new (buffer: ArrayBufferLike, address: number, length: number) => HeaderColumn;

const ARRAYS: Readonly<Partial<Record<WordType, ColumnArray>>> = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};

/** Whether the kernel gathers a word: of an integer type whose bytes lie close together in the file's record. */
export function isGathered({ byte, type }: HeaderWord, permutation: Uint16Array): boolean {
  const places = permutation.subarray(byte - 1, byte - 1 + WORD_BYTES[type]);
  return ARRAYS[type] !== undefined && Math.max(...places) - Math.min(...places) < 16;
}

/** A column for words that the kernel does not gather. */
export function emptyColumn({ type }: HeaderWord, traces: number): HeaderColumn {
  const Column = ARRAYS[type] ?? Float64Array;
  return new Column(new ArrayBuffer(traces * WORD_BYTES.float64), 0, traces);
}

export class ColumnGather {
  readonly #kernel: ColumnKernel;
  /** One for each word that the kernel gathers, in their order. */
  readonly columns: readonly HeaderColumn[];
  readonly #plan: number;

  /** `permutation[i]` is where byte i of a big-endian record lies in the file's; `traces` is the room of a column. */
  constructor(
    kernel: ColumnKernel,
    memory: KernelMemory,
    permutation: Uint16Array,
    words: readonly HeaderWord[],
    traces: number,
  ) {
    this.#kernel = kernel;
    this.#plan = memory.allocate(PLAN_BYTES * words.length);
    const places = words.map(({ type }) => memory.allocate(WORD_BYTES[type] * traces));
    const { buffer } = memory.memory;
    this.columns = words.flatMap(({ byte, type }, i) => {
      const bytes = permutation.subarray(byte - 1, byte - 1 + WORD_BYTES[type]);
      const view = new DataView(buffer, this.#plan + PLAN_BYTES * i, PLAN_BYTES);
      writePlan(view, bytes, permutation.length, places[i]);
      const Column = ARRAYS[type];
      return Column ? [new Column(buffer, places[i], traces)] : [];
    });
  }

  /** Fills places [place, place + count) of the columns from records `stride` bytes apart. */
  gather(records: number, stride: number, count: number, place: number): void {
    this.#kernel.gather_words(records, stride, count, this.#plan, this.columns.length, place);
  }
}

/** `bytes` are the places of a word's bytes in the file's record, the highest first. Nothing after a record is read. */
function writePlan(view: DataView, bytes: Uint16Array, recordBytes: number, column: number): void {
  const from = Math.min(...bytes, recordBytes - 16);
  for (let k = 0; k < 16; k++) view.setUint8(k, k < bytes.length ? bytes[bytes.length - 1 - k] - from : 0x80);
  view.setUint32(16, from, true);
  view.setUint32(20, bytes.length, true);
  view.setUint32(24, column, true);
}
