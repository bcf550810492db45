/** What is done with the files that jobs made. */
import type { Work } from "../../shared/job/work.ts";
import { takeFlow } from "../state/flow_draft.ts";
import { go } from "../state/route.ts";
import { openProblem } from "../state/surveys.ts";
import { showToast } from "../state/toasts.ts";
import { openPath } from "./surveys.ts";

/** Puts the job's flow into View, over the survey that it read. */
export async function openFlowOf({ flow }: Extract<Work, { kind: "flow" }>): Promise<void> {
  takeFlow(flow);
  await showInViewer(flow.input.path);
}

/** Opens a survey that a job read or wrote and shows it in the viewer. */
export async function showInViewer(path: string): Promise<void> {
  if (await openPath(path)) go("view");
  else if (openProblem.value !== null) showToast("error", openProblem.value);
}
