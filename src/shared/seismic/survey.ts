/** Facts about a survey as a whole. */
import { samplesOfMs } from "../units.ts";
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
  /** Time of the first sample of the first trace in milliseconds; each trace's own header tells its own. */
  readonly startMs: number;
  /** How far apart the traces of any one gather begin, where a flow takes gathers; absent: all begin together. */
  readonly startSpreadMs?: number;
  readonly lengthUnit: LengthUnit;
  /** Words of the trace headers by name: the standard ones with the survey's mappings. */
  readonly words: readonly HeaderWord[];
}

/** Starts that agree with whole samples within this part of a sample are taken to do so. */
const WHOLE = 1e-6;

/** Samples of a time axis that holds every trace of any gather: from its earliest start to its latest end. */
export function axisSamples({ samplesPerTrace, intervalUs, startSpreadMs = 0 }: SurveyFacts): number {
  return samplesPerTrace + Math.floor(samplesOfMs(startSpreadMs, intervalUs) + WHOLE);
}

/** Shape of the data between two steps of a flow. */
export interface TraceShape {
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  /** As in `SurveyFacts`, where a process moves the starts of traces. */
  readonly startMs?: number;
  readonly startSpreadMs?: number;
}
