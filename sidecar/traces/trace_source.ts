/**
 * The two ends of a flow. A source gives traces (a SEG-Y file in place, or a stored Zarr dataset), a sink takes them
 * at fixed places, so that blocks may come in any order from any worker.
 *
 * Main-thread parts (`TraceSource`, `TraceSink`) describe, create and finish; each worker opens its own reader and
 * writer, since file descriptors belong to a worker. What travels to a worker is the `plan` of each, plain data.
 */
import type { HeaderRecords } from "./header_records.ts";
import type { SurveyDescription } from "./survey_description.ts";

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
