import type { Flow } from "../../src/shared/flow/flow.ts";
import type { SurveyDescription } from "../dataset/trace_source.ts";

/** SEG-Y sample formats of whole numbers (rev 2.1, binary header bytes 3225-3226). */
const INTEGER_FORMATS: ReadonlySet<number> = new Set([2, 3, 7, 8, 9, 10, 11, 12, 15, 16]);

/** What a user may want to know before an output is written: whole numbers round what comes out of processes. */
export function outputWarnings(flow: Flow, survey: SurveyDescription): string[] {
  const { format } = flow.output;
  const whole = format === "int8" || format === "int16" || format === "int32";
  const same = flow.processes.length === 0 && INTEGER_FORMATS.has(survey.sampleFormat);
  if (!whole || same) return [];
  return [
    `Samples are rounded to whole numbers in ${format}: scale small amplitudes first, for example with gain`,
  ];
}
