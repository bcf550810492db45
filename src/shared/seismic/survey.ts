/** Facts about a survey as a whole. */
import type { HeaderWord } from "./trace_header.ts";

export type LengthUnit = "m" | "ft" | "unknown";

/** What processes and plans know of a survey: numbers that do not change from trace to trace. */
export interface SurveyFacts {
  /** The input's name for messages, such as `line.sgy`. */
  readonly name: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  /** Sample interval in microseconds; may be fractional (revision 2.1). */
  readonly intervalUs: number;
  /** Time of the first sample in milliseconds (delay recording time of the first trace). */
  readonly startMs: number;
  readonly lengthUnit: LengthUnit;
  /** Words of the trace headers by name: the standard ones with the survey's mappings. */
  readonly words: readonly HeaderWord[];
}

/** Shape of the data between two steps of a flow. */
export interface TraceShape {
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
}
