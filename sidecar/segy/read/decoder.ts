/** Turns traces as they lie in a SEG-Y file, read to slots of kernel memory, into header records and samples. */
import type { Fetched } from "../../traces/trace_source.ts";
import { HeaderRecords } from "../../traces/header_records.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { recordPermutation } from "../format/byte_order.ts";
import { type Decode, DECODE_OVERREAD, sampleDecoder } from "../format/sample_codec.ts";
import { claimingWords, wordTable } from "../format/word_table.ts";
import { type SegyLayout, traceSamples } from "../layout/segy_layout.ts";
import type { Placement } from "./placement.ts";
import type { SegyReaderPlan } from "./source.ts";

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

export class SegyDecoder {
  readonly #memory: KernelMemory;
  readonly #layout: SegyLayout;
  readonly #kernel: RecordKernel;
  readonly #decode: Decode;
  readonly #table;
  readonly #order: number;

  constructor(plan: SegyReaderPlan, memory: KernelMemory) {
    this.#memory = memory;
    this.#layout = plan.layout;
    this.#table = wordTable(plan.map, plan.layout);
    this.#kernel = memory.load<RecordKernel>("header_records");
    this.#decode = sampleDecoder(plan.layout.format, plan.layout.byteOrder, memory);
    this.#order = orderTable(plan, memory);
  }

  /** Slots, and the records behind them. */
  stagingBytes(traces: number): number {
    return this.#recordsOffset(traces) + traces * this.#layout.recordBytes;
  }

  /** What lies in the slots at `staging`, as the traces of a selection. */
  fetched(placement: Placement, staging: number, bytes: number): Fetched {
    return {
      bytes,
      records: this.#gatherRecords(placement, staging),
      decode: (first, count, samples) =>
        this.#layout.variable
          ? this.#decodeVariable(placement, staging, first, count, samples)
          : this.#decodeFixed(placement, staging, first, count, samples),
    };
  }

  #recordsOffset(traces: number): number {
    return Math.ceil((traces * this.#layout.traceBytes + DECODE_OVERREAD) / 16) * 16;
  }

  #gatherRecords(placement: Placement, staging: number): HeaderRecords {
    const { recordBytes, traceBytes } = this.#layout;
    const { count } = placement;
    const target = staging + this.#recordsOffset(count);
    for (let i = 0; i < count;) {
      const run = placement.neighbours(i, count - i);
      const source = staging + placement.slot(i) * traceBytes;
      const to = target + i * recordBytes;
      this.#kernel.copy_records(source, traceBytes, to, recordBytes, recordBytes, run, this.#order);
      i += run;
    }
    return new HeaderRecords(this.#bytesAt(target, count * recordBytes), recordBytes, this.#table);
  }

  #decodeFixed(placement: Placement, staging: number, first: number, count: number, samples: number): number {
    const { recordBytes, traceBytes, samplesPerTrace } = this.#layout;
    let bad = 0;
    for (let done = 0; done < count;) {
      const run = placement.neighbours(first + done, count - done);
      const source = staging + placement.slot(first + done) * traceBytes + recordBytes;
      bad += this.#decode(source, traceBytes, samples + done * samplesPerTrace * 4, run, samplesPerTrace);
      done += run;
    }
    return bad;
  }

  /** Traces that are shorter than the longest are filled with zeros. */
  #decodeVariable(
    placement: Placement,
    staging: number,
    first: number,
    count: number,
    samples: number,
  ): number {
    const layout = this.#layout;
    let bad = 0;
    for (let i = first; i < first + count; i++) {
      const own = traceSamples(layout, placement.trace(i));
      const source = staging + placement.slot(i) * layout.traceBytes + layout.recordBytes;
      const target = samples + (i - first) * layout.samplesPerTrace * 4;
      bad += this.#decode(source, layout.traceBytes, target, 1, own);
      this.#bytesAt(target + own * 4, (layout.samplesPerTrace - own) * 4).fill(0);
    }
    return bad;
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.memory.buffer, address, length);
  }
}

/** The permutation of a record's bytes in kernel memory; 0 when the file is big-endian. */
function orderTable({ layout, map }: SegyReaderPlan, memory: KernelMemory): number {
  if (layout.byteOrder === "big") return 0;
  const words = claimingWords(map, wordTable(map, layout));
  const permutation = recordPermutation(layout.byteOrder, layout.recordBytes, words);
  const address = memory.allocate(permutation.byteLength);
  new Uint16Array(memory.memory.buffer, address, permutation.length).set(permutation);
  return address;
}
