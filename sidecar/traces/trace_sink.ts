/** The end of a flow that takes traces: described, created and finished on the main thread, written by workers. */
import type { HeaderRecords } from "./header_records.ts";
import type { SurveyDescription } from "./survey_description.ts";

/** What a sink needs to know to lay out its file. */
export interface OutputDescription {
  readonly path: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  /** When the first trace begins; absent: as in the source. */
  readonly startMs?: number;
  readonly source: SurveyDescription;
  /** Lines that tell flow, version and source, for the text header or the attributes. */
  readonly history: readonly string[];
  /** Lines of the text header; absent: the source's, with the history where there is room for it. */
  readonly text?: readonly string[];
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
export interface PartialOutput {
  /** The final name, absolute. */
  readonly path: string;
  readonly traces: number;
  /** Bytes that the finished output will take. */
  readonly totalBytes: number;
  /** Creates `<path>.part` at its full size with its headers; with `resume`, keeps what is there. */
  create(resume: boolean): void;
  /** True when the partial output of an earlier attempt is there to go on with. */
  isStarted(): boolean;
  /**
   * Opens what an earlier attempt left, under its partial or its final name.
   * @throws SeisProcError `output-exists` when what lies there is not what a job makes
   */
  check(place: "partial" | "final"): OutputCheck;
  /** Brings to disk all that workers had written before the call. */
  sync(): void;
  /** The same without blocking this thread. */
  syncInBackground(): Promise<void>;
  /** Syncs, renames to the final name, syncs the folder. */
  finish(): void;
  /** Removes what a finished output has replaced, where a crash left it. */
  tidy(): void;
  /** Removes the partial output. */
  discard(): void;
}

/** A partial output that workers fill with traces. */
export interface TraceSink<Plan = unknown> extends PartialOutput {
  /** Structured-cloneable: from it a worker opens its writer. */
  readonly plan: Plan;
}

export interface Flushed {
  readonly bytes: number;
  /** Of what was written, by which it is known again when it is read back (`OutputCheck`). */
  readonly checksum: bigint;
}

/** What lies on disk of an output of an earlier attempt, read back to be held against what was noted of it. */
export interface OutputCheck {
  /**
   * The runs of bytes that `flush` wrote for output traces [first, first + count), in the order in which it took their
   * checksum; undefined when they cannot be read whole. Overwritten by the next call.
   */
  read(first: number, count: number): readonly Uint8Array[] | undefined;
  /** True when what is there has its full size: of a dataset each chunk that was begun. */
  hasSizes(): boolean;
  /** True when all besides the traces is there too, with its full size. */
  isWhole(): boolean;
  close(): void;
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
  /** Writes `count` encoded traces as output traces [firstTrace, firstTrace + count). */
  flush(firstTrace: number, count: number, staging: number): Flushed;
  close(): void;
}
