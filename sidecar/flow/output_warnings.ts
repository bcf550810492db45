/** Warnings about how samples are stored and put together. */
import type { Flow } from "../../src/shared/flow/flow.ts";
import { SAMPLE_FORMATS } from "../../src/shared/seismic/sample_formats.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";
import type { Pipeline } from "./pipeline.ts";
import { movesWords } from "./whole_numbers.ts";

/** SEG-Y sample formats of whole numbers (rev 2.1, binary header bytes 3225-3226). */
const INTEGER_FORMATS: ReadonlySet<number> = new Set([2, 3, 7, 8, 9, 10, 11, 12, 15, 16]);
/** Formats whose samples may have more digits than the 24 bits of single precision. */
const WIDE_FORMATS: ReadonlySet<number> = new Set([2, 6, 9, 10, 12]);

/** What a user may want to know before an output is written: where samples are rounded. */
export function outputWarnings(flow: Flow, survey: SurveyDescription): string[] {
  if (movesWords(flow, survey)) return [];
  return [...widthWarning(survey), ...roundingWarning(flow, survey)];
}

function widthWarning({ sampleFormat }: SurveyDescription): string[] {
  if (!WIDE_FORMATS.has(sampleFormat)) return [];
  const title = SAMPLE_FORMATS.get(sampleFormat)?.title ?? `format ${sampleFormat}`;
  return [`Samples are processed in single precision: what is longer than 24 bits in ${title} is rounded`];
}

function roundingWarning(flow: Flow, survey: SurveyDescription): string[] {
  const { format } = flow.output;
  const whole = format === "int8" || format === "int16" || format === "int32";
  const same = flow.processes.length === 0 && INTEGER_FORMATS.has(survey.sampleFormat);
  if (!whole || same) return [];
  return [
    `Samples are rounded to whole numbers in ${format}: scale small amplitudes first, for example with gain`,
  ];
}

/** Traces that begin at different times are put on one axis before they are combined. */
export function axisWarnings({ steps, output }: Pipeline, { startSpreadMs = 0 }: SurveyFacts): string[] {
  const combining = steps.filter(({ spec }) => spec.scope === "gather");
  if (startSpreadMs === 0 || combining.length === 0) return [];
  const longer = combining.some(({ spec }) => spec.tracesPerGather === "one")
    ? `; the result has ${output.samplesPerTrace} samples a trace`
    : "";
  return [
    `Traces of one gather begin up to ${startSpreadMs} ms apart (delrt): ` +
    `${combining.map(({ spec }) => spec.id).join(" and ")} ${
      combining.length === 1 ? "puts" : "put"
    } them on one ` +
    `time axis first${longer}`,
  ];
}
