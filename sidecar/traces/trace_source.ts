/**
 * The two ends of a flow. A source gives traces (a SEG-Y file in place, or a stored Zarr dataset), a sink takes them
 * at fixed places, so that blocks may come in any order from any worker.
 *
 * Main-thread parts (`TraceSource`, `TraceSink`) describe, create and finish; each worker opens its own reader and
 * writer, since file descriptors belong to a worker. What travels to a worker is the `plan` of each, plain data; the
 * kinds of plans are closed unions where they are opened (`dataset/open_source.ts`, `dataset/open_sink.ts`).
 */
import type { HeaderRecords } from "./header_records.ts";
import type { SurveyDescription } from "./survey_description.ts";

/** Which traces of a source: a run, or any traces by number. Trace numbers count from 0. */
export type TraceSelection =
  | { readonly kind: "run"; readonly first: number; readonly count: number }
  | { readonly kind: "list"; readonly traces: Float64Array };

export interface TraceSource<Plan = unknown> {
  readonly description: SurveyDescription;
  /** Structured-cloneable: from it a worker opens its reader. */
  readonly plan: Plan;
  /** Values of a header word for traces [first, first + count). */
  readWord(name: string, first: number, count: number): Float64Array;
  /** The same of several words, read together. */
  readWords(names: readonly string[], first: number, count: number): Float64Array[];
  close(): void;
}

/** One worker's reading end. */
export interface TraceReader {
  /** Bytes of kernel memory that `fetch` needs for so many traces. */
  stagingBytes(traces: number): number;
  /** Reads these traces to `staging`; errors name trace and byte. Good until the next fetch to the same place. */
  fetch(selection: TraceSelection, staging: number): Fetched;
  close(): void;
}

/** Traces that were read, in the order of their selection. */
export interface Fetched {
  /** Bytes that were read for them. */
  readonly bytes: number;
  readonly records: HeaderRecords;
  /**
   * Decodes traces [first, first + count) of them to float32 at byte address `samples`, `[trace][sample]`. Returns how
   * many samples are not finite (NaN, infinity, or beyond float32).
   */
  decode(first: number, count: number, samples: number): number;
}
