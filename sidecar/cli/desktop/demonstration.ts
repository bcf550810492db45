/** What a desktop without a display does for whoever started it: the demonstration's flow as a job, and a word on it. */
import { fromWireError } from "../../../src/shared/errors.ts";
import { loadFlow } from "../../flow/document/load_flow.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { runParallelProcessing } from "../../jobs/processing_api.ts";
import { DEMO_LINE, demoFlow, makeDemoFiles } from "../commands/demo.ts";

export async function demonstrate(manager: JobManager, say: (text: string) => void): Promise<void> {
  const { line, flowFile } = makeDemoFiles();
  const { shots, channels } = DEMO_LINE;
  say(`Made a synthetic prestack line: ${shots} shots of ${channels} channels\n  ${line}`);
  const steps = demoFlow().processes.map(({ process }) => process).join(", ");
  say(`Running the flow Brute stack as a job: ${steps}\n  ${flowFile}`);
  const job = await runParallelProcessing(manager, { flow: loadFlow(flowFile) });
  if (job.error !== null) throw fromWireError(job.error);
  const { outputs = [], tracesRead = 0, seconds = 0 } = job.result ?? {};
  const places = outputs.map(({ path }) => `\n  ${path}`).join("");
  say(`Job ${job.id} ${job.state}: ${tracesRead} traces in ${seconds.toFixed(1)} s${places}`);
}
