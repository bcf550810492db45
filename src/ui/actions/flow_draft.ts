/** Bringing flows into the draft. */
import { theSidecar } from "../connection/sidecar.ts";
import { takeFlow } from "../state/flow_draft.ts";
import { attempt } from "./failure.ts";

/** The flow of a file on this disk becomes the draft; a refusal becomes a toast. True when it worked. */
export function loadDraft(path: string): Promise<boolean> {
  return attempt(async () => takeFlow((await theSidecar().ask("load_flow", { path })).flow));
}
