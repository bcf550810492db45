/** What an output tells of how it was made. */
import type { Work } from "../../src/shared/job/work.ts";
import { forcedText, isForced, mappingForm } from "../../src/shared/seismic/reading.ts";
import { choiceText, isChoice } from "../../src/shared/seismic/trace_choice.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";

/** By this a noise output says that it is one. */
export const NOISE_MARK = "noise: input minus processed";

type FlowWork = Extract<Work, { kind: "flow" }>;

/**
 * Lines that tell how an output was made: program, source with its mapped words and order, one line or more a process,
 * output. No time of day: the same flow on the same input gives the same bytes; the job's folder knows the times.
 */
export function historyLines(
  { flow, onError }: FlowWork,
  source: Pick<SurveyDescription, "name">,
  version: string,
  noise: boolean,
): string[] {
  const { order, read = {} } = flow.input;
  const chosen = isChoice(flow.input) ? `, ${choiceText(flow.input)}` : "";
  const forced = isForced(read) ? `, read ${forcedText(read)}` : "";
  const mapped = read.map ? `, map ${read.map.map(mappingForm).join(" ")}` : "";
  const ordered = order.length > 0 ? `, order ${order.join(" ")}` : "";
  const steps = flow.processes.map(({ process, parameters }, i) => {
    const settings = Object.entries(parameters).map(([name, value]) => `${name}=${compact(value)}`);
    return `${i + 1} ${[process, ...settings].join(" ")}`;
  });
  return [
    `SeisProc ${version}, flow: ${flow.name}${noise ? ` (${NOISE_MARK})` : ""}`,
    `Source: ${source.name}${forced}${mapped}${chosen}${ordered}`,
    ...steps,
    `Output: ${flow.output.format}${
      flow.output.endian ? ` ${flow.output.endian}-endian` : ""
    }, mode ${flow.output.mode}` +
    (onError === "skip" ? ", gathers that fail pass through" : ""),
  ];
}

function compact(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
