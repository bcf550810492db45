/**
 * Whole numbers of 32 bits have more digits than single precision. Where no process touches them, from int32 to int32,
 * they are moved bit by bit: reader and writer take them for floats of the same size, and nobody looks at their values.
 */
import type { Flow } from "../../src/shared/flow/flow.ts";
import { isDatasetName } from "../dataset/dataset_name.ts";
import type { WriterPlan } from "../dataset/open_sink.ts";
import type { ReaderPlan } from "../dataset/open_source.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";

/** SEG-Y sample format codes. */
const INT32 = 2, IEEE = 5;

/** True for a flow that only copies or sorts int32 samples into a SEG-Y file of them. */
export function movesWords(
  { processes, output }: Flow,
  { sampleFormat }: Pick<SurveyDescription, "sampleFormat">,
): boolean {
  return processes.length === 0 && sampleFormat === INT32 && output.format === "int32" &&
    output.mode === "processed" && !isDatasetName(output.path);
}

export function readingWords(plan: ReaderPlan): ReaderPlan {
  return plan.kind === "segy" ? { ...plan, layout: { ...plan.layout, format: IEEE } } : plan;
}

export function writingWords(plan: WriterPlan): WriterPlan {
  return plan.kind === "segy" ? { ...plan, format: "ieee" } : plan;
}
