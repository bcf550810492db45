import type { Flow } from "../../src/shared/flow/flow.ts";
import type { SurveyDescription } from "../dataset/trace_source.ts";

/** Lines that tell how an output was made: program, source, order, one line or more a process. */
export function historyLines(
  flow: Flow,
  source: Pick<SurveyDescription, "name">,
  version: string,
  noise: boolean,
): string[] {
  const order = flow.input.order.length > 0 ? `, order ${flow.input.order.join(" ")}` : "";
  const steps = flow.processes.map(({ process, parameters }, i) => {
    const settings = Object.entries(parameters).map(([name, value]) => `${name}=${compact(value)}`);
    return `${i + 1} ${[process, ...settings].join(" ")}`;
  });
  return [
    `SeisProc ${version}, flow: ${flow.name}${noise ? " (noise: input minus processed)" : ""}`,
    `Source: ${source.name}${order}`,
    ...steps,
  ];
}

function compact(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
