/** Tries one flow beside the thread that asked, which goes on to answer others. */
import { type Trial, tryFlow } from "./trial.ts";
import type { FlowWork } from "../plan_flow.ts";

/** What is to be tried, and where what it writes goes. */
export interface TrialAsk {
  readonly work: FlowWork;
  readonly folder: string;
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<TrialAsk>) => void) | null;
  postMessage(trial: Trial | null): void;
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { work, folder } }) => {
  scope.postMessage(trialOrNull(work, folder));
  scope.close();
};

function trialOrNull(work: FlowWork, folder: string): Trial | null {
  try {
    return tryFlow(work, folder) ?? null;
  } catch {
    // A part of the survey may refuse what the whole does not; what the whole refuses its preflight and its job tell.
    return null;
  }
}
