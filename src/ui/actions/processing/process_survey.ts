/** "Process survey": a flow file with its input and output, as the user sees and may change them, becomes a job. */
import type { Flow } from "../../../shared/flow/flow.ts";
import type { PreflightAnswer, WorkSubmission } from "../../../shared/protocol/commands.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { choiceOf } from "../../state/surveys.ts";
import { folderOf } from "../../format/paths.ts";

export interface ProcessWish {
  readonly flow: Flow;
  readonly input: string;
  readonly output: string;
  readonly overwrite: boolean;
}

/** The flow of a file on this disk, its paths absolute. @throws what the sidecar says of the file */
export async function loadFlow(path: string): Promise<Flow> {
  return (await theSidecar().ask("load_flow", { path })).flow;
}

/** What the job will take. @throws what forbids it */
export async function preflightOf(wish: ProcessWish): Promise<PreflightAnswer> {
  await grant(wish);
  return await theSidecar().ask("preflight", { work: workOf(wish) });
}

/** Starts the job and returns its id. @throws what forbids it */
export async function startProcessing(wish: ProcessWish): Promise<string> {
  await grant(wish);
  return (await theSidecar().ask("submit", { work: workOf(wish) })).job.id;
}

/** The user sees both paths in the dialog and starts with them: that is the choice which the sidecar asks for. */
async function grant({ input, output }: ProcessWish): Promise<void> {
  const sidecar = theSidecar();
  await sidecar.ask("open_path", { path: input });
  await sidecar.ask("choose_folder", { path: folderOf(output) });
}

export function workOf({ flow, input, output, overwrite }: ProcessWish): WorkSubmission {
  const document: Flow = {
    ...flow,
    input: { ...flow.input, path: input },
    output: { ...flow.output, path: output },
  };
  return { kind: "flow", flow: document, overwrite, ...choiceOf(input) };
}
