/** One worker's reading end of a SEG-Y file: positional reads into kernel memory. */
import type { Fetched, TraceReader, TraceSelection } from "../../traces/trace_source.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { cutShort } from "../layout/cut_short.ts";
import { type SegyLayout, traceOffset, traceSamples } from "../layout/segy_layout.ts";
import { SegyFile } from "../format/segy_file.ts";
import { SegyDecoder } from "./decoder.ts";
import { placementOf } from "./placement.ts";
import type { SegyReaderPlan } from "./source.ts";

/** Names of the kernels that readers load. */
export const READER_KERNELS: readonly string[] = ["sample_decode", "header_records"];

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
  readonly #decoder: SegyDecoder;

  constructor(plan: SegyReaderPlan, memory: KernelMemory) {
    this.#memory = memory;
    this.#layout = plan.layout;
    this.#decoder = new SegyDecoder(plan, memory);
    this.#file = SegyFile.open(plan.layout.path);
    this.#file.checkUnchanged(plan.layout.bytes, plan.layout.modifiedMs);
  }

  stagingBytes(traces: number): number {
    return this.#decoder.stagingBytes(traces);
  }

  fetch(selection: TraceSelection, staging: number): Fetched {
    const { bytes, modifiedMs } = this.#layout;
    this.#file.checkUnchanged(bytes, modifiedMs);
    const placement = placementOf(selection);
    let read = 0;
    for (const { trace, count, slot } of placement.reads()) {
      read += this.#readSlots(staging, trace, count, slot);
    }
    return this.#decoder.fetched(placement, staging, read);
  }

  close(): void {
    this.#file.close();
  }

  /** Reads traces [first, first + count) to the slots from `slot`. */
  #readSlots(staging: number, first: number, count: number, slot: number): number {
    const layout = this.#layout;
    const start = staging + slot * layout.traceBytes;
    if (layout.variable) return this.#readVariable(start, first, count);
    const target = this.#bytesAt(start, count * layout.traceBytes);
    const offset = traceOffset(layout, first);
    const found = this.#file.readInto(target, offset);
    if (found < target.length) {
      const trace = first + Math.floor(found / layout.traceBytes);
      throw cutShort(layout, trace, traceOffset(layout, trace), layout.traceBytes, found % layout.traceBytes);
    }
    return found;
  }

  #readVariable(start: number, first: number, count: number): number {
    const layout = this.#layout;
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const length = layout.recordBytes + traceSamples(layout, first + i) * layout.bytesPerSample;
      const offset = traceOffset(layout, first + i);
      const found = this.#file.readInto(this.#bytesAt(start + i * layout.traceBytes, length), offset);
      if (found < length) throw cutShort(layout, first + i, offset, length, found);
      bytes += found;
    }
    return bytes;
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.memory.buffer, address, length);
  }
}
