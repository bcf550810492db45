import type { Flow } from "../../src/shared/flow/flow.ts";
import type { Work } from "../../src/shared/job/work.ts";

type FlowWork = Extract<Work, { kind: "flow" }>;

/** The work of running a flow, with what is not said at its default. */
export function flowWork(flow: Flow, choices: Partial<Omit<FlowWork, "kind" | "flow">> = {}): FlowWork {
  return { kind: "flow", flow, onError: "fail", map: [], littleEndian: false, options: {}, ...choices };
}
