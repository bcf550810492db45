/** What everybody may know of a survey besides its traces. */
import type { HeaderKind } from "../../src/shared/seismic/header_kind.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { HeaderWordTable } from "../../src/shared/seismic/trace_header.ts";

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
  /** Which words trace headers have where SEG-Y and Seismic Unix differ; SEG-Y when absent. */
  readonly kind?: HeaderKind;
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
