/** Traces, length, interval and samples of a survey in a line. */
import type { SurveyView } from "../../../shared/protocol/commands.ts";
import { count, full } from "../../format/numbers.ts";
import { DATA } from "../../texts/data.ts";

export function shapeOf({ traces, samplesPerTrace, intervalUs }: SurveyView): string {
  const length = `${full((samplesPerTrace - 1) * intervalUs / 1e6)}\u202fs`;
  const interval = `${full(intervalUs / 1000)}\u202fms`;
  return DATA.about(count(traces), length, interval, count(samplesPerTrace));
}
