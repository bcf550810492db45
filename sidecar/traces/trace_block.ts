/** Traces on their way through the processes: samples in the kernels' memory and their headers. */
import type { HeaderRecords } from "./header_records.ts";

const SAMPLE_BYTES = 4;

/**
 * Traces in the kernels' memory, shape `[trace][sample]`, float32, sample fastest, without gaps. `samples` is a view of
 * that memory: a process writes it in place, directly or through a kernel that gets an address. `headers` has one record
 * for each trace.
 */
export class TraceBlock {
  readonly #memory: WebAssembly.Memory;
  readonly samples: Float32Array;

  /** `address`: of sample 0 of trace 0, in bytes. */
  constructor(
    memory: WebAssembly.Memory,
    readonly address: number,
    readonly samplesPerTrace: number,
    readonly headers: HeaderRecords,
  ) {
    this.#memory = memory;
    this.samples = new Float32Array(memory.buffer, address, headers.traces * samplesPerTrace);
  }

  get traces(): number {
    return this.headers.traces;
  }

  /** Bytes from one trace to the next. */
  get strideBytes(): number {
    return this.samplesPerTrace * SAMPLE_BYTES;
  }

  /** Byte address of the first sample of a trace. */
  at(trace: number): number {
    return this.address + trace * this.strideBytes;
  }

  /** The samples of one trace. */
  row(trace: number): Float32Array {
    return this.samples.subarray(trace * this.samplesPerTrace, (trace + 1) * this.samplesPerTrace);
  }

  /** Some of the traces, sharing samples and headers. */
  part(first: number, traces: number): TraceBlock {
    if (first === 0 && traces === this.traces) return this;
    return new TraceBlock(
      this.#memory,
      this.at(first),
      this.samplesPerTrace,
      this.headers.slice(first, traces),
    );
  }

  /** The same samples at another address, with the same headers. */
  copyTo(address: number): TraceBlock {
    const copy = new TraceBlock(this.#memory, address, this.samplesPerTrace, this.headers);
    copy.samples.set(this.samples);
    return copy;
  }
}
