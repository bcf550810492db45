/** Header words of many traces as columns: the core of header scans. Memory stays flat however many traces there are. */
import { type HeaderWord, HeaderWordTable, WORD_BYTES } from "../../src/shared/seismic/trace_header.ts";
import type { WordMapping } from "../../src/shared/job/work.ts";
import { permuted, recordPermutation } from "./byte_order.ts";
import { cutShort } from "./cut_short.ts";
import { HeaderRecords, ibmToNumber } from "./header_records.ts";
import { type SegyLayout, traceOffset } from "./layout.ts";
import { SegyFile } from "./segy_file.ts";
import { wordTable } from "./word_table.ts";

/** Values of one word as stored: as small as the type allows, 64-bit integers as float64. */
export type HeaderColumn =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float64Array;

export interface Portion {
  /** Traces [first, first + count), from 0. */
  readonly first: number;
  readonly count: number;
}

/** Traces a portion holds at most. */
export const PORTION_TRACES = 4096;
/** Bytes read at once: small enough to stay in a core's cache. */
export const BLOCK_BYTES = 1 << 20;
/** Longer traces are cheaper to skip, with one read for each header, than to read whole (measured: a read costs 1.3 us). */
const SKIP_BYTES = 10_000;

/** Sees `count` records `stride` bytes apart from the start of the reader's block, as the file has them. */
export type SeeRecords = (stride: number, count: number) => void;

export class HeaderColumnReader {
  private readonly view: DataView;
  private readonly permutation: Uint16Array | undefined;
  private readonly table: HeaderWordTable;

  /**
   * `words` in the order in which they claim bytes of little-endian records: mapped ones last as tables list them.
   * `block` is where the file is read to, at least `BLOCK_BYTES`.
   */
  constructor(
    private readonly file: SegyFile,
    private readonly layout: SegyLayout,
    words: readonly HeaderWord[],
    private readonly block: Uint8Array = new Uint8Array(BLOCK_BYTES),
  ) {
    this.view = new DataView(block.buffer, block.byteOffset, block.length);
    this.table = new HeaderWordTable(words.slice());
    this.permutation = layout.byteOrder === "big"
      ? undefined
      : recordPermutation(layout.byteOrder, layout.recordBytes, words.toReversed());
  }

  /** The header record of one trace. */
  record(trace: number): HeaderRecords {
    const { recordBytes } = this.layout;
    const offset = traceOffset(this.layout, trace);
    const bytes = this.file.read(offset, recordBytes);
    if (bytes.length < recordBytes) throw cutShort(this.layout, trace, offset, recordBytes, bytes.length);
    const big = this.permutation ? permuted(bytes, this.permutation) : bytes;
    return new HeaderRecords(big, recordBytes, this.table);
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
    const columns = words.map((word) => emptyColumn(word));
    const fill = words.map((word, i) => this.filler(word, columns[i]));
    for (let done = 0; done < count; done += PORTION_TRACES) {
      const portion = { first: first + done, count: Math.min(PORTION_TRACES, count - done) };
      this.fillPortion(portion, fill, see);
      use(portion, columns);
    }
  }

  private fillPortion(portion: Portion, fill: readonly Fill[], see: SeeRecords): void {
    const { layout, block } = this;
    const whole = !layout.variable && layout.traceBytes <= SKIP_BYTES;
    const perBlock = Math.floor(block.length / (whole ? layout.traceBytes : layout.recordBytes));
    const stride = whole ? layout.traceBytes : layout.recordBytes;
    for (let done = 0; done < portion.count; done += perBlock) {
      const traces = Math.min(perBlock, portion.count - done);
      const first = portion.first + done;
      if (whole) this.readRun(first, traces);
      else for (let i = 0; i < traces; i++) this.readHeader(first + i, i * stride);
      see(stride, traces);
      for (const one of fill) one(traces, stride, done);
    }
  }

  private readRun(first: number, traces: number): void {
    const { traceBytes, recordBytes } = this.layout;
    const wanted = (traces - 1) * traceBytes + recordBytes;
    const offset = traceOffset(this.layout, first);
    const found = this.file.readInto(this.block.subarray(0, wanted), offset);
    if (found < wanted) throw this.cutRun(first, found);
  }

  private cutRun(first: number, found: number): Error {
    const { traceBytes, recordBytes } = this.layout;
    const trace = first + Math.floor(found / traceBytes);
    return cutShort(this.layout, trace, traceOffset(this.layout, trace), recordBytes, found % traceBytes);
  }

  private readHeader(trace: number, at: number): void {
    const { recordBytes } = this.layout;
    const offset = traceOffset(this.layout, trace);
    const found = this.file.readInto(this.block.subarray(at, at + recordBytes), offset);
    if (found < recordBytes) throw cutShort(this.layout, trace, offset, recordBytes, found);
  }

  private filler(word: HeaderWord, column: HeaderColumn): Fill {
    const order = this.layout.byteOrder;
    const { block, view, permutation } = this;
    const start = word.byte - 1;
    if (order === "big") return bigEndianFill(block, view, word, column);
    const from = permutation?.subarray(start, start + WORD_BYTES[word.type]) ?? new Uint16Array();
    const scratch = new Uint8Array(8);
    const read = reader(new DataView(scratch.buffer), word);
    return (traces, stride, target) => {
      for (let i = 0, at = 0; i < traces; i++, at += stride) {
        for (let k = 0; k < from.length; k++) scratch[k] = block[at + from[k]];
        column[target + i] = read(0);
      }
    };
  }
}

/** Opens a file for header scans from its plan, as workers do. Close the file when done. */
export function openHeaderColumns(
  plan: { readonly layout: SegyLayout; readonly map: readonly WordMapping[] },
): { readonly file: SegyFile; readonly words: readonly HeaderWord[]; readonly columns: HeaderColumnReader } {
  const { words } = wordTable(plan.map, plan.layout.recordBytes);
  const file = SegyFile.open(plan.layout.path);
  file.checkUnchanged(plan.layout.bytes, plan.layout.modifiedMs);
  return { file, words, columns: new HeaderColumnReader(file, plan.layout, words) };
}

/** Fills places [target, target + traces) of a column from the block's records. */
type Fill = (traces: number, stride: number, target: number) => void;

/** The common types as plain loops over bytes: a call per value would cost more than the value. */
function bigEndianFill(block: Uint8Array, view: DataView, word: HeaderWord, column: HeaderColumn): Fill {
  const start = word.byte - 1;
  if (word.type === "int16" || word.type === "uint16") {
    return (traces, stride, target) => {
      for (let i = 0, at = start; i < traces; i++, at += stride) {
        column[target + i] = block[at] << 8 | block[at + 1];
      }
    };
  }
  if (word.type === "int32" || word.type === "uint32") {
    return (traces, stride, target) => {
      for (let i = 0, at = start; i < traces; i++, at += stride) {
        column[target + i] = block[at] << 24 | block[at + 1] << 16 | block[at + 2] << 8 | block[at + 3];
      }
    };
  }
  const read = reader(view, word);
  return (traces, stride, target) => {
    for (let i = 0, at = start; i < traces; i++, at += stride) column[target + i] = read(at);
  };
}

function reader(view: DataView, { type }: HeaderWord): (offset: number) => number {
  switch (type) {
    case "int8":
      return (at) => view.getInt8(at);
    case "uint8":
      return (at) => view.getUint8(at);
    case "int16":
      return (at) => view.getInt16(at);
    case "uint16":
      return (at) => view.getUint16(at);
    case "int32":
      return (at) => view.getInt32(at);
    case "uint32":
      return (at) => view.getUint32(at);
    case "int64":
      return (at) => Number(view.getBigInt64(at));
    case "uint64":
      return (at) => Number(view.getBigUint64(at));
    case "float32":
      return (at) => view.getFloat32(at);
    case "float64":
      return (at) => view.getFloat64(at);
    case "ibm32":
      return (at) => ibmToNumber(view.getUint32(at));
  }
}

function emptyColumn({ type }: HeaderWord): HeaderColumn {
  switch (type) {
    case "int8":
      return new Int8Array(PORTION_TRACES);
    case "uint8":
      return new Uint8Array(PORTION_TRACES);
    case "int16":
      return new Int16Array(PORTION_TRACES);
    case "uint16":
      return new Uint16Array(PORTION_TRACES);
    case "int32":
      return new Int32Array(PORTION_TRACES);
    case "uint32":
      return new Uint32Array(PORTION_TRACES);
    default:
      return new Float64Array(PORTION_TRACES);
  }
}
