/** The flow document: input, order, processes, output. What users save and scripts write; its format is fixed. */

import type { TraceChoice } from "../seismic/trace_choice.ts";
import type { Reading } from "../seismic/reading.ts";

export interface Flow {
  readonly seisproc: 1;
  readonly name: string;
  readonly input: FlowInput;
  readonly processes: readonly FlowStep[];
  readonly output: FlowOutput;
}

export interface FlowInput extends TraceChoice {
  readonly path: string;
  /** Header words by which traces are sorted, first key first; empty: the order of the file. */
  readonly order: readonly string[];
  /** What the user says of how the input is read; absent: all as the file says. */
  readonly read?: Reading;
}

export interface FlowStep {
  readonly process: string;
  /** As written in the document, with files read into their values; `parseParameters` turns them into true types. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface FlowOutput {
  readonly path: string;
  readonly format: OutputFormat;
  readonly mode: OutputMode;
  /** Byte order of a file; absent: as is usual for its kind, big for SEG-Y. */
  readonly endian?: Endian;
  /** Lines of the text header in place of the input's; then what the flow did stands in extended text headers. */
  readonly text?: readonly string[];
}

export const OUTPUT_FORMATS = ["ieee", "ibm", "int32", "int16", "int8"] as const;
export type OutputFormat = typeof OUTPUT_FORMATS[number];

export const ENDIANS = ["big", "little"] as const;
export type Endian = typeof ENDIANS[number];

/** `noise` is input minus processed; `both` writes it beside the processed data as `*.noise.sgy`. */
export const OUTPUT_MODES = ["processed", "noise", "both"] as const;
export type OutputMode = typeof OUTPUT_MODES[number];
