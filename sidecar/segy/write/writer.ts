/** One worker's writing end of a SEG-Y file: encoding by SIMD kernels, positional writes from kernel memory. */
import fs from "node:fs";
import { assert } from "../../../src/shared/assert.ts";
import type { Flushed, TraceWriter } from "../../traces/trace_sink.ts";
import { Checksum, CHECKSUM_KERNEL } from "../../kernels/checksum.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { recordPermutation } from "../format/byte_order.ts";
import { writingError } from "../../files/file_errors.ts";
import { openToWrite } from "../../files/open_file.ts";
import { writeAll } from "../../files/write_all.ts";
import type { HeaderRecords } from "../../traces/header_records.ts";
import { type Encode, sampleEncoder } from "../format/sample_codec.ts";
import { setTraceShape } from "./trace_shape.ts";
import type { SegyWriterPlan } from "./sink.ts";

export const WRITER_KERNELS: readonly string[] = ["sample_encode", CHECKSUM_KERNEL];

export function openSegyWriter(plan: SegyWriterPlan, memory: KernelMemory): TraceWriter {
  return new SegyWriter(plan, memory);
}

/** Staging: one trace a slot of `traceBytes`, as it will lie in the file. */
class SegyWriter implements TraceWriter {
  readonly #plan: SegyWriterPlan;
  readonly #memory: KernelMemory;
  readonly #fd: number;
  readonly #encodeSamples: Encode;
  readonly #permutation: Uint16Array | undefined;
  readonly #checksum: Checksum;
  readonly #record: Uint8Array;
  readonly #view: DataView;

  constructor(plan: SegyWriterPlan, memory: KernelMemory) {
    this.#plan = plan;
    this.#memory = memory;
    const { layout, littleEndian } = plan;
    this.#encodeSamples = sampleEncoder(plan.format, littleEndian, memory);
    this.#permutation = littleEndian
      ? recordPermutation("little", layout.recordBytes, plan.words)
      : undefined;
    this.#checksum = new Checksum(memory);
    this.#record = new Uint8Array(layout.recordBytes);
    this.#view = new DataView(this.#record.buffer);
    try {
      this.#fd = openToWrite(plan.part);
    } catch (error) {
      throw writingError(plan.path, error);
    }
  }

  stagingBytes(traces: number): number {
    return traces * this.#plan.layout.traceBytes;
  }

  encode(first: number, records: HeaderRecords, samples: number, staging: number): number {
    const { recordBytes, traceBytes, samplesPerTrace } = this.#plan.layout;
    assert(
      records.recordBytes >= recordBytes,
      `records of ${records.recordBytes} bytes, not ${recordBytes}`,
    );
    const slot = staging + first * traceBytes;
    const target = this.#bytesAt(slot, records.traces * traceBytes);
    for (let trace = 0; trace < records.traces; trace++) {
      this.#writeRecord(records.bytes, trace * records.recordBytes, target, trace * traceBytes);
    }
    return this.#encodeSamples(samples, slot + recordBytes, traceBytes, records.traces, samplesPerTrace);
  }

  flush(firstTrace: number, count: number, staging: number): Flushed {
    const { firstTrace: start, traceBytes } = this.#plan.layout;
    const bytes = this.#bytesAt(staging, count * traceBytes);
    try {
      writeAll(this.#fd, bytes, start + firstTrace * traceBytes);
    } catch (error) {
      throw writingError(this.#plan.path, error);
    }
    return { bytes: bytes.length, checksum: this.#checksum.ofMemory(staging, bytes.length) };
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  /** One record with this output's number of samples and interval, in the file's byte order. */
  #writeRecord(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
    const record = this.#record, permutation = this.#permutation;
    record.set(source.subarray(from, from + record.length));
    setTraceShape(record, this.#view, this.#plan.layout);
    if (permutation) { for (let i = 0; i < record.length; i++) target[to + i] = record[permutation[i]]; }
    else target.set(record, to);
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.memory.buffer, address, length);
  }
}
