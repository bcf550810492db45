/** One worker's reading end of a stored dataset. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { HeaderWordTable } from "../../../src/shared/seismic/trace_header.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { HeaderRecords } from "../../traces/header_records.ts";
import type { Fetched, TraceReader, TraceSelection } from "../../traces/trace_source.ts";
import { rowBytes } from "./array_metadata.ts";
import { readRows, type StoredArray } from "./chunk_rows.ts";
import type { FiniteKernel } from "./finite_kernel.ts";
import { requireArray } from "./group_folder.ts";
import { OpenFiles } from "./open_files.ts";
import { TRACE_HEADERS, TRACES } from "./zarr_layout.ts";
import type { ZarrReaderPlan } from "./zarr_source.ts";

/** Kernels that readers and writers of stored datasets load. */
export const ZARR_KERNELS: readonly string[] = ["finite"];

/** Opens a worker's reading end of a stored dataset. */
export function openZarrReader(plan: ZarrReaderPlan, memory: KernelMemory): TraceReader {
  const table = HeaderWordTable.of(plan.words);
  return new ZarrReader(
    requireArray(plan.path, TRACES),
    requireArray(plan.path, TRACE_HEADERS),
    table,
    memory,
  );
}

class ZarrReader implements TraceReader {
  readonly #traces: StoredArray;
  readonly #headers: StoredArray;
  readonly #table: HeaderWordTable;
  readonly #memory: KernelMemory;
  readonly #files = new OpenFiles();
  readonly #kernel: FiniteKernel;
  readonly #traceBytes: number;
  readonly #recordBytes: number;
  #recordBuffer = new Uint8Array(0);

  constructor(
    traces: StoredArray,
    headers: StoredArray,
    table: HeaderWordTable,
    memory: KernelMemory,
  ) {
    this.#traces = traces;
    this.#headers = headers;
    this.#table = table;
    this.#memory = memory;
    this.#kernel = memory.load<FiniteKernel>("finite");
    this.#traceBytes = rowBytes(traces.metadata);
    this.#recordBytes = rowBytes(headers.metadata);
  }

  stagingBytes(traces: number): number {
    return traces * this.#traceBytes;
  }

  fetch(selection: TraceSelection, staging: number): Fetched {
    const count = selection.kind === "run" ? selection.count : selection.traces.length;
    const records = this.#recordsFor(count);
    const samples = new Uint8Array(this.#memory.memory.buffer, staging, count * this.#traceBytes);
    for (const { first, rows, done } of runs(selection)) {
      this.#checkRange(first, rows);
      readRows(this.#traces, this.#files, first, rows, samples.subarray(done * this.#traceBytes));
      readRows(this.#headers, this.#files, first, rows, records.subarray(done * this.#recordBytes));
    }
    return {
      bytes: count * (this.#traceBytes + this.#recordBytes),
      records: new HeaderRecords(records, this.#recordBytes, this.#table),
      decode: (first, some, target) => this.#decode(staging + first * this.#traceBytes, some, target),
    };
  }

  #decode(source: number, traces: number, target: number): number {
    return this.#kernel.copy_count_non_finite(source, target, (traces * this.#traceBytes) / 4);
  }

  close(): void {
    this.#files.close();
  }

  #recordsFor(count: number): Uint8Array {
    const bytes = count * this.#recordBytes;
    if (this.#recordBuffer.length < bytes) this.#recordBuffer = new Uint8Array(bytes);
    return this.#recordBuffer.subarray(0, bytes);
  }

  #checkRange(first: number, rows: number): void {
    const count = this.#traces.metadata.shape[0];
    if (first >= 0 && first + rows <= count) return;
    const message = `Internal error: traces ${first} to ${first + rows} asked of a dataset of ${count}`;
    throw new SeisProcError("internal", message, {});
  }
}

interface Run {
  readonly first: number;
  readonly rows: number;
  /** Traces of the selection before this run. */
  readonly done: number;
}

/** The runs of consecutive traces that make up a selection. */
function* runs(selection: TraceSelection): Generator<Run> {
  if (selection.kind === "run") return yield { first: selection.first, rows: selection.count, done: 0 };
  const { traces } = selection;
  for (let start = 0, end = 1; start < traces.length; start = end, end++) {
    while (end < traces.length && traces[end] === traces[end - 1] + 1) end++;
    yield { first: traces[start], rows: end - start, done: start };
  }
}
