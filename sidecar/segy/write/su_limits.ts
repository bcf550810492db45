/** What a Seismic Unix file cannot hold. */
import type { OutputFormat } from "../../traces/trace_sink.ts";

/** Its words for the number of samples and the interval have 16 bits and no sign. */
const MOST = 65_535;

export interface SuShape {
  readonly format: OutputFormat;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly hasText: boolean;
}

/** What was expected and found and what to do, where traces cannot be written as Seismic Unix. */
export function suMisfit({ format, samplesPerTrace, intervalUs, hasText }: SuShape): string | undefined {
  if (format !== "ieee") {
    return `expected samples as IEEE floats, which are all that Seismic Unix has, found format ${format}: leave the ` +
      "format out, or write SEG-Y";
  }
  if (hasText) return "expected no text header, which Seismic Unix has no place for, found one: write SEG-Y";
  if (samplesPerTrace > MOST) {
    return `expected at most ${MOST} samples a trace, found ${samplesPerTrace}: cut with time_window, or write SEG-Y`;
  }
  if (intervalUs > MOST || !Number.isInteger(intervalUs)) {
    return `expected a sample interval of whole microseconds up to ${MOST}, found ${intervalUs}: resample, or write SEG-Y`;
  }
  return undefined;
}
