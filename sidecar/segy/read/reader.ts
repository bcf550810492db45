/** One worker's reading end of a SEG-Y file: positional reads into kernel memory, decoding by SIMD kernels. */
import type { TraceReader, TraceSelection } from "../../traces/trace_source.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { recordPermutation } from "../format/byte_order.ts";
import { cutShort } from "../layout/cut_short.ts";
import { HeaderRecords } from "../../traces/header_records.ts";
import { type SegyLayout, traceOffset, traceSamples } from "../layout/segy_layout.ts";
import { type Decode, DECODE_OVERREAD, sampleDecoder } from "../format/sample_codec.ts";
import { SegyFile } from "../format/segy_file.ts";
import type { SegyReaderPlan } from "./source.ts";
import { claimingWords, wordTable } from "../format/word_table.ts";

/** Names of the kernels that reader and writer load. */
export const READER_KERNELS: readonly string[] = ["sample_decode", "header_records"];

interface RecordKernel {
  copy_records(
    source: number,
    sourceStride: number,
    target: number,
    targetStride: number,
    bytes: number,
    count: number,
    order: number,
  ): void;
}

export function openSegyReader(plan: SegyReaderPlan, memory: KernelMemory): TraceReader {
  return new SegyReader(plan, memory);
}

/**
 * Staging: what was read, one trace a slot of `traceBytes`, in the order of the file; after it the records in the order
 * of the selection.
 */
class SegyReader implements TraceReader {
  readonly #memory: KernelMemory;
  readonly #layout: SegyLayout;
  readonly #file: SegyFile;
  readonly #kernel: RecordKernel;
  readonly #decodeRun: Decode;
  readonly #table;
  readonly #order: number;
  #staging = 0;
  #fetched: HeaderRecords;
  /** The file's number of each trace of the selection, and the slot where it lies; absent for a run. */
  #list: { traces: Float64Array; slots: Int32Array } | undefined;
  #first = 0;

  constructor(plan: SegyReaderPlan, memory: KernelMemory) {
    this.#memory = memory;
    this.#layout = plan.layout;
    this.#table = wordTable(plan.map, plan.layout.recordBytes);
    this.#kernel = memory.load<RecordKernel>("header_records");
    this.#decodeRun = sampleDecoder(plan.layout.format, plan.layout.byteOrder, memory);
    this.#order = orderTable(plan, memory);
    this.#fetched = HeaderRecords.empty(0, this.#table, plan.layout.recordBytes);
    this.#file = SegyFile.open(plan.layout.path);
    this.#file.checkUnchanged(plan.layout.bytes, plan.layout.modifiedMs);
  }

  get records(): HeaderRecords {
    return this.#fetched;
  }

  stagingBytes(traces: number): number {
    return this.#recordsOffset(traces) + traces * this.#layout.recordBytes;
  }

  fetch(selection: TraceSelection, staging: number): number {
    const layout = this.#layout;
    this.#file.checkUnchanged(layout.bytes, layout.modifiedMs);
    this.#staging = staging;
    const count = selection.kind === "run" ? selection.count : selection.traces.length;
    const bytes = selection.kind === "run"
      ? this.#fetchRun(selection.first, count)
      : this.#fetchList(selection.traces);
    this.#gatherRecords(count);
    return bytes;
  }

  decode(first: number, count: number, samples: number): number {
    if (this.#layout.variable) return this.#decodeVariable(first, count, samples);
    let bad = 0;
    for (let done = 0; done < count;) {
      const run = this.#adjacent(first + done, count - done);
      bad += this.#decodeSlots(
        this.#slot(first + done),
        run,
        samples + done * this.#layout.samplesPerTrace * 4,
      );
      done += run;
    }
    return bad;
  }

  close(): void {
    this.#file.close();
  }

  #recordsOffset(traces: number): number {
    return Math.ceil((traces * this.#layout.traceBytes + DECODE_OVERREAD) / 16) * 16;
  }

  #fetchRun(first: number, count: number): number {
    this.#list = undefined;
    this.#first = first;
    return this.#readSlots(first, count, 0);
  }

  /** Reads the traces in the order of the file, neighbours in one read. */
  #fetchList(traces: Float64Array): number {
    const count = traces.length;
    const byPlace = Int32Array.from({ length: count }, (_, i) => i);
    if (!rises(traces)) byPlace.sort((a, b) => traces[a] - traces[b]);
    const slots = new Int32Array(count);
    for (let slot = 0; slot < count; slot++) slots[byPlace[slot]] = slot;
    this.#list = { traces, slots };
    let bytes = 0;
    for (let slot = 0; slot < count;) {
      const first = traces[byPlace[slot]];
      let run = 1;
      while (slot + run < count && traces[byPlace[slot + run]] === first + run) run++;
      bytes += this.#readSlots(first, run, slot);
      slot += run;
    }
    return bytes;
  }

  /** Reads traces [first, first + count) to the slots from `slot`. */
  #readSlots(first: number, count: number, slot: number): number {
    const layout = this.#layout;
    if (layout.variable) return this.#readVariable(first, count, slot);
    const target = this.#bytesAt(this.#staging + slot * layout.traceBytes, count * layout.traceBytes);
    const offset = traceOffset(layout, first);
    const found = this.#file.readInto(target, offset);
    if (found < target.length) {
      const trace = first + Math.floor(found / layout.traceBytes);
      const byte = traceOffset(layout, trace);
      throw cutShort(layout, trace, byte, layout.traceBytes, found % layout.traceBytes);
    }
    return found;
  }

  #readVariable(first: number, count: number, slot: number): number {
    const layout = this.#layout;
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const length = layout.recordBytes + traceSamples(layout, first + i) * layout.bytesPerSample;
      const offset = traceOffset(layout, first + i);
      const target = this.#bytesAt(this.#staging + (slot + i) * layout.traceBytes, length);
      const found = this.#file.readInto(target, offset);
      if (found < length) throw cutShort(layout, first + i, offset, length, found);
      bytes += found;
    }
    return bytes;
  }

  #gatherRecords(count: number): void {
    const { recordBytes, traceBytes } = this.#layout;
    const target = this.#staging + this.#recordsOffset(count);
    for (let i = 0; i < count;) {
      const run = this.#adjacent(i, count - i);
      const source = this.#staging + this.#slot(i) * traceBytes;
      this.#kernel.copy_records(
        source,
        traceBytes,
        target + i * recordBytes,
        recordBytes,
        recordBytes,
        run,
        this.#order,
      );
      i += run;
    }
    this.#fetched = new HeaderRecords(this.#bytesAt(target, count * recordBytes), recordBytes, this.#table);
  }

  #decodeSlots(slot: number, count: number, target: number): number {
    const { recordBytes, traceBytes, samplesPerTrace } = this.#layout;
    const source = this.#staging + slot * traceBytes + recordBytes;
    return this.#decodeRun(source, traceBytes, target, count, samplesPerTrace);
  }

  #decodeVariable(first: number, count: number, samples: number): number {
    const layout = this.#layout;
    let bad = 0;
    for (let i = first; i < first + count; i++) {
      const trace = this.#list ? this.#list.traces[i] : this.#first + i;
      const own = traceSamples(layout, trace);
      const source = this.#staging + this.#slot(i) * layout.traceBytes + layout.recordBytes;
      const target = samples + (i - first) * layout.samplesPerTrace * 4;
      bad += this.#decodeRun(source, layout.traceBytes, target, 1, own);
      this.#bytesAt(target + own * 4, (layout.samplesPerTrace - own) * 4).fill(0);
    }
    return bad;
  }

  #slot(i: number): number {
    return this.#list ? this.#list.slots[i] : i;
  }

  /** How many traces of the selection from `i` lie in neighbouring slots. */
  #adjacent(i: number, limit: number): number {
    if (!this.#list) return limit;
    const { slots } = this.#list;
    let run = 1;
    while (run < limit && slots[i + run] === slots[i] + run) run++;
    return run;
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.memory.buffer, address, length);
  }
}

function rises(traces: Float64Array): boolean {
  for (let i = 1; i < traces.length; i++) if (traces[i] < traces[i - 1]) return false;
  return true;
}

/** The permutation of a record's bytes in kernel memory; 0 when the file is big-endian. */
function orderTable({ layout, map }: SegyReaderPlan, memory: KernelMemory): number {
  if (layout.byteOrder === "big") return 0;
  const words = claimingWords(map, wordTable(map, layout.recordBytes));
  const permutation = recordPermutation(layout.byteOrder, layout.recordBytes, words);
  const address = memory.allocate(permutation.byteLength);
  new Uint16Array(memory.memory.buffer, address, permutation.length).set(permutation);
  return address;
}
