/** Header words of many traces as columns: the core of header scans. Memory stays flat however many traces there are. */
import { type HeaderWord, HeaderWordTable, WORD_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { permuted, recordPermutation } from "../format/byte_order.ts";
import { cutShort } from "../layout/cut_short.ts";
import { compileKernels } from "../../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../../kernels/kernel_memory.ts";
import {
  COLUMN_KERNEL,
  ColumnGather,
  type ColumnKernel,
  emptyColumn,
  type HeaderColumn,
  isGathered,
} from "./column_gather.ts";
import { HeaderRecords, readWord } from "../../traces/header_records.ts";
import { type SegyLayout, traceOffset } from "../layout/segy_layout.ts";
import { SegyFile } from "../format/segy_file.ts";

export interface Portion {
  /** Traces [first, first + count), from 0. */
  readonly first: number;
  readonly count: number;
}

/** Traces a portion holds at most. */
const PORTION_TRACES = 4096;
/** Bytes read at once: small enough to stay in a core's cache. */
export const BLOCK_BYTES = 1 << 20;
/** Longer traces are cheaper to skip, with one read for each header, than to read whole (measured: a read costs 1.3 us). */
const SKIP_BYTES = 10_000;
/** Headers that are read one by one before they are looked at: a moment also on a slow disk. */
const SKIPPED_AT_ONCE = 256;

/** Sees `count` records `stride` bytes apart from an address in the kernels' memory, as the file has them. */
export type SeeRecords = (address: number, stride: number, count: number) => void;

/** Where records are read to, and what gathers them there; made when first needed. */
interface Room {
  readonly memory: KernelMemory;
  readonly kernel: ColumnKernel;
  readonly address: number;
  readonly block: Uint8Array;
}

export class HeaderColumnReader {
  readonly #file: SegyFile;
  readonly #layout: SegyLayout;
  readonly #memory: KernelMemory | undefined;
  readonly #permutation: Uint16Array | undefined;
  readonly #table: HeaderWordTable;
  #room: Room | undefined;

  /**
   * `words` in the order in which they claim bytes of little-endian records: mapped ones last as tables list them.
   * `memory`, if not one of its own, has `COLUMN_KERNEL`; from where it is used when `read` is called it is the reader's.
   */
  constructor(
    file: SegyFile,
    layout: SegyLayout,
    words: readonly HeaderWord[],
    memory?: KernelMemory,
  ) {
    this.#file = file;
    this.#layout = layout;
    this.#memory = memory;
    this.#table = HeaderWordTable.of(words);
    this.#permutation = layout.byteOrder === "big"
      ? undefined
      : recordPermutation(layout.byteOrder, layout.recordBytes, words.toReversed());
  }

  /** The header record of one trace. */
  record(trace: number): HeaderRecords {
    const { recordBytes } = this.#layout;
    const offset = traceOffset(this.#layout, trace);
    const bytes = this.#file.read(offset, recordBytes);
    if (bytes.length < recordBytes) throw cutShort(this.#layout, trace, offset, recordBytes, bytes.length);
    const big = this.#permutation ? permuted(bytes, this.#permutation) : bytes;
    return new HeaderRecords(big, recordBytes, this.#table);
  }

  /**
   * Calls `use` with portions of traces [first, first + count); its columns are overwritten by the next portion. `see`
   * gets the records of every block before.
   */
  read(
    first: number,
    count: number,
    words: readonly HeaderWord[],
    use: (portion: Portion, columns: readonly HeaderColumn[]) => void,
    see: SeeRecords = () => {},
  ): void {
    const { gather, columns, fill } = this.#prepare(words);
    for (let done = 0; done < count; done += PORTION_TRACES) {
      const portion = { first: first + done, count: Math.min(PORTION_TRACES, count - done) };
      this.#readPortion(portion, (stride, traces, place) => {
        see(this.#ready.address, stride, traces);
        gather.gather(this.#ready.address, stride, traces, place);
        for (const one of fill) one(stride, traces, place);
      });
      use(portion, columns);
    }
  }

  /** Words come by the kernel where it can, others one by one. Each call uses the same memory again. */
  #prepare(words: readonly HeaderWord[]) {
    const { kernel, memory: { memory, used } } = this.#ready;
    const { byteOrder, recordBytes } = this.#layout;
    const permutation = this.#permutation ?? recordPermutation(byteOrder, recordBytes, []);
    const columnMemory = new KernelMemory(memory, new Map(), used, "grow");
    const gathered = words.filter((word) => isGathered(word, permutation));
    const gather = new ColumnGather(kernel, columnMemory, permutation, gathered, PORTION_TRACES);
    const fill: Fill[] = [];
    const columns = words.map((word): HeaderColumn => {
      const place = gathered.indexOf(word);
      if (place >= 0) return gather.columns[place];
      const column = emptyColumn(word, PORTION_TRACES);
      fill.push(this.#filler(word, column));
      return column;
    });
    return { gather, columns, fill };
  }

  get #ready(): Room {
    this.#room ??= makeRoom(this.#memory ?? ownMemory());
    return this.#room;
  }

  #readPortion(portion: Portion, read: Fill): void {
    const layout = this.#layout;
    const whole = !layout.variable && layout.traceBytes <= SKIP_BYTES;
    const stride = whole ? layout.traceBytes : layout.recordBytes;
    const perBlock = whole ? Math.floor(BLOCK_BYTES / stride) : SKIPPED_AT_ONCE;
    for (let done = 0; done < portion.count; done += perBlock) {
      const traces = Math.min(perBlock, portion.count - done);
      const first = portion.first + done;
      if (whole) this.#readRun(first, traces);
      else for (let i = 0; i < traces; i++) this.#readHeader(first + i, i * stride);
      read(stride, traces, done);
    }
  }

  #readRun(first: number, traces: number): void {
    const { traceBytes, recordBytes } = this.#layout;
    const wanted = (traces - 1) * traceBytes + recordBytes;
    const offset = traceOffset(this.#layout, first);
    const found = this.#file.readInto(this.#ready.block.subarray(0, wanted), offset);
    if (found < wanted) throw this.#cutRun(first, found);
  }

  #cutRun(first: number, found: number): Error {
    const { traceBytes, recordBytes } = this.#layout;
    const trace = first + Math.floor(found / traceBytes);
    return cutShort(this.#layout, trace, traceOffset(this.#layout, trace), recordBytes, found % traceBytes);
  }

  #readHeader(trace: number, at: number): void {
    const { recordBytes } = this.#layout;
    const offset = traceOffset(this.#layout, trace);
    const found = this.#file.readInto(this.#ready.block.subarray(at, at + recordBytes), offset);
    if (found < recordBytes) throw cutShort(this.#layout, trace, offset, recordBytes, found);
  }

  #filler(word: HeaderWord, column: HeaderColumn): Fill {
    const { block } = this.#ready;
    const start = word.byte - 1;
    const bytes = WORD_BYTES[word.type];
    const from = this.#permutation?.subarray(start, start + bytes) ??
      Uint16Array.from({ length: bytes }, (_, k) => start + k);
    const scratch = new Uint8Array(8);
    const view = new DataView(scratch.buffer);
    return (stride, traces, place) => {
      for (let i = 0, at = 0; i < traces; i++, at += stride) {
        for (let k = 0; k < from.length; k++) scratch[k] = block[at + from[k]];
        column[place + i] = readWord(view, 0, word);
      }
    };
  }
}

function ownMemory(): KernelMemory {
  return new KernelMemory(createSharedMemory(2 * BLOCK_BYTES), compileKernels([COLUMN_KERNEL]), 64, "grow");
}

function makeRoom(memory: KernelMemory): Room {
  const address = memory.allocate(BLOCK_BYTES);
  const block = new Uint8Array(memory.memory.buffer, address, BLOCK_BYTES);
  return { memory, kernel: memory.load<ColumnKernel>(COLUMN_KERNEL), address, block };
}

/** Takes the block's `traces` records, `stride` bytes apart, for places [place, place + traces) of a portion. */
type Fill = (stride: number, traces: number, place: number) => void;
