/** One worker's writing end of a stored dataset. */
import {
  type HeaderWord,
  HeaderWordTable,
  STANDARD_WORDS,
} from "../../../src/shared/seismic/trace_header.ts";
import { Checksum } from "../../kernels/checksum.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { HeaderRecords } from "../../traces/header_records.ts";
import { shortInterval, shortSamples } from "../../segy/write/output_layout.ts";
import type { Flushed, TraceWriter } from "../../traces/trace_sink.ts";
import { type StoredArray, writeRows } from "./chunk_rows.ts";
import { columnBytes } from "./columns.ts";
import type { FiniteKernel } from "./finite_kernel.ts";
import { partialArray } from "./partial_group.ts";
import { OpenFiles } from "./open_files.ts";
import { columnName, datasetArrays, TRACE_HEADERS, TRACES } from "./zarr_layout.ts";
import type { ZarrWriterPlan } from "./zarr_sink.ts";

/** Opens a worker's writing end of a stored dataset. */
export function openZarrWriter(plan: ZarrWriterPlan, memory: KernelMemory): TraceWriter {
  return new ZarrWriter(plan, memory);
}

class ZarrWriter implements TraceWriter {
  readonly #plan: ZarrWriterPlan;
  readonly #memory: KernelMemory;
  readonly #files = new OpenFiles();
  readonly #kernel: FiniteKernel;
  readonly #checksum: Checksum;
  readonly #traces: StoredArray;
  readonly #headers: StoredArray;
  readonly #columns: readonly { readonly word: HeaderWord; readonly array: StoredArray }[];
  #records = new Uint8Array(0);

  constructor(plan: ZarrWriterPlan, memory: KernelMemory) {
    this.#plan = plan;
    this.#memory = memory;
    this.#kernel = memory.load<FiniteKernel>("finite");
    this.#checksum = new Checksum(memory);
    const table = HeaderWordTable.of(plan.words);
    const arrays = datasetArrays(table, plan.traces, plan.samplesPerTrace, plan.recordBytes);
    this.#traces = partialArray(plan.path, TRACES, arrays);
    this.#headers = partialArray(plan.path, TRACE_HEADERS, arrays);
    this.#columns = table.words.map((word) => ({
      word,
      array: partialArray(plan.path, columnName(word.name), arrays),
    }));
  }

  stagingBytes(traces: number): number {
    return traces * this.#plan.samplesPerTrace * 4;
  }

  encode(first: number, records: HeaderRecords, samples: number, staging: number): number {
    const { samplesPerTrace, recordBytes } = this.#plan;
    this.#keepRecords(first, records, recordBytes);
    const target = staging + first * samplesPerTrace * 4;
    return this.#kernel.copy_count_non_finite(samples, target, records.traces * samplesPerTrace);
  }

  flush(firstTrace: number, count: number, staging: number): Flushed {
    const { samplesPerTrace, recordBytes } = this.#plan;
    const bytes = count * samplesPerTrace * 4;
    writeRows(
      this.#traces,
      this.#files,
      firstTrace,
      count,
      new Uint8Array(this.#memory.memory.buffer, staging, bytes),
    );
    let checksum = this.#checksum.ofMemory(staging, bytes);
    const records = this.#records.subarray(0, count * recordBytes);
    writeRows(this.#headers, this.#files, firstTrace, count, records);
    checksum = this.#checksum.ofBytes(records, checksum);
    let written = bytes + records.length;
    for (const { word, array } of this.#columns) {
      const column = columnBytes(records, recordBytes, word);
      writeRows(array, this.#files, firstTrace, count, column);
      checksum = this.#checksum.ofBytes(column, checksum);
      written += column.length;
    }
    return { bytes: written, checksum };
  }

  close(): void {
    this.#files.close();
  }

  /** Copies records to their place for `flush`, with the output's sample count and interval. */
  #keepRecords(first: number, records: HeaderRecords, recordBytes: number): void {
    const end = (first + records.traces) * recordBytes;
    if (this.#records.length < end) {
      const larger = new Uint8Array(Math.max(end, this.#records.length * 2));
      larger.set(this.#records);
      this.#records = larger;
    }
    this.#records.set(records.bytes, first * recordBytes);
    const kept = new HeaderRecords(
      this.#records.subarray(first * recordBytes, end),
      recordBytes,
      STANDARD_WORDS,
    );
    const { samplesPerTrace: samples, intervalUs } = this.#plan;
    const ns = kept.word("ns"), dt = kept.word("dt");
    const storedSamples = shortSamples(samples), storedInterval = shortInterval(intervalUs);
    for (let trace = 0; trace < kept.traces; trace++) {
      kept.set(trace, ns, storedSamples);
      kept.set(trace, dt, storedInterval);
    }
  }
}
