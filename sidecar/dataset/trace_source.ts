/**
 * The two ends of a flow. A source gives traces (a SEG-Y file in place, or a stored Zarr dataset), a sink takes them
 * at fixed places, so that blocks may come in any order from any worker.
 *
 * Main-thread parts (`TraceSource`, `TraceSink`) describe, create and finish; each worker opens its own reader and
 * writer, since file descriptors belong to a worker. What travels to a worker is the `plan` of each, plain data.
 */
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { HeaderWordTable } from "../../src/shared/seismic/trace_header.ts";
import type { HeaderRecords } from "../segy/header_records.ts";

/** Everything about a survey that the flow and the output need besides the traces. */
export interface SurveyDescription extends SurveyFacts {
  /** Text header lines of 80 characters: 40, then 40 for each extended text header. */
  readonly textHeaders: readonly (readonly string[])[];
  /** The 400 bytes of the binary header, big-endian. */
  readonly binaryHeader: Uint8Array;
  /** SEG-Y sample format code of the source (5 for stored datasets). */
  readonly sampleFormat: number;
  /** Bytes of a trace's header records: 240, more with additional trace headers. */
  readonly recordBytes: number;
  readonly table: HeaderWordTable;
  /** What tells one state of the input from another: size, modification time, hash of the headers. */
  readonly fingerprint: InputFingerprint;
  /** What is odd about the input and what is done about it, as sentences. */
  readonly warnings: readonly string[];
  /** Flows that led to a stored dataset, oldest first; absent where only the text header tells. */
  readonly history?: readonly FlowRecord[];
  /** Header words by which a stored dataset is ordered, as far as it tells. */
  readonly sortOrder?: readonly string[];
}

/** One flow that a stored dataset went through. */
export interface FlowRecord {
  /** What it did, with version and source, as lines for a text header. */
  readonly lines: readonly string[];
  /** The whole flow document. */
  readonly flow: unknown;
}

export interface InputFingerprint {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Hex hash over the file headers and the first and last trace header. */
  readonly headerHash: string;
}

/** Which traces of a source: a run, or any traces by number. Trace numbers count from 0. */
export type TraceSelection =
  | { readonly kind: "run"; readonly first: number; readonly count: number }
  | { readonly kind: "list"; readonly traces: Float64Array };

export interface TraceSource {
  readonly description: SurveyDescription;
  /** Plain data from which a worker opens its reader with `openTraceReader`. */
  readonly plan: ReaderPlan;
  /** Values of a header word for traces [first, first + count). */
  readWord(name: string, first: number, count: number): Float64Array;
  close(): void;
}

/** Structured-cloneable; each source kind has its own fields behind `kind`. */
export interface ReaderPlan {
  readonly kind: "segy" | "zarr";
  readonly [field: string]: unknown;
}

/** One worker's reading end. */
export interface TraceReader {
  /** Bytes of kernel memory that `fetch` needs for so many traces. */
  stagingBytes(traces: number): number;
  /** Reads the bytes of these traces to `staging`; errors name trace and byte. Returns the bytes read. */
  fetch(selection: TraceSelection, staging: number): number;
  /** Header records of what was fetched, in the order of the selection, until the next `fetch`. */
  readonly records: HeaderRecords;
  /**
   * Decodes traces [first, first + count) of what was fetched to float32 at byte address `samples`, `[trace][sample]`.
   * Returns how many samples are not finite (NaN, infinity, or beyond float32).
   */
  decode(first: number, count: number, samples: number): number;
  close(): void;
}

/** What a sink needs to know to lay out its file. */
export interface OutputDescription {
  readonly path: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly source: SurveyDescription;
  /** Lines that tell flow, version and source, for the text header or the attributes. */
  readonly history: readonly string[];
  /** The whole flow document, so that the data can tell how it was made. */
  readonly flow: unknown;
  readonly sampleFormat: OutputFormat;
  readonly littleEndian: boolean;
  /** Header words by which the output's traces are ordered, first key first; empty: as the source. */
  readonly order: readonly string[];
  /** Each output trace is the stack of a gather. */
  readonly stacked?: boolean;
}

export type OutputFormat = "ieee" | "ibm" | "int32" | "int16" | "int8";

/** Main-thread part of an output. All work is done on `<path>.part`, which `finish` renames. */
export interface TraceSink {
  readonly plan: WriterPlan;
  /** Bytes that the finished output will take. */
  readonly totalBytes: number;
  /** Creates `<path>.part` at its full size with its headers; with `resume`, keeps what is there. */
  create(resume: boolean): void;
  /** True when the partial output of an earlier attempt is there to go on with. */
  isStarted(): boolean;
  /** Brings to disk all that workers had written before the call. */
  sync(): void;
  /** The same without blocking this thread. */
  syncInBackground(): Promise<void>;
  /** Syncs, renames to the final name, syncs the folder. */
  finish(): void;
  /** Removes the partial output. */
  discard(): void;
}

export interface WriterPlan {
  readonly kind: "segy" | "zarr";
  readonly [field: string]: unknown;
}

/** One worker's writing end. */
export interface TraceWriter {
  /** Bytes of kernel memory that `encode` and `flush` need for so many traces. */
  stagingBytes(traces: number): number;
  /**
   * Encodes `records.traces` traces from float32 at byte address `samples` into place `first` of the staging area.
   * Returns how many samples are not finite or do not fit the format.
   */
  encode(first: number, records: HeaderRecords, samples: number, staging: number): number;
  /** Writes `count` encoded traces as output traces [firstTrace, firstTrace + count). Returns the bytes written. */
  flush(firstTrace: number, count: number, staging: number): number;
  close(): void;
}
