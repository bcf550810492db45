/** What a runner needs to know of a job, whatever its kind of work. */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { BLOCK_TRACES, planHeaderImport } from "../dataset/import_headers.ts";
import { readerKernels } from "../dataset/open_source.ts";
import { writerKernels } from "../dataset/open_sink.ts";
import type { PartialOutput } from "../traces/trace_sink.ts";
import type { InputFingerprint } from "../traces/survey_description.ts";
import { blockAt } from "../flow/blocks.ts";
import { checkOutputs } from "../flow/output_paths.ts";
import { planFlow } from "../flow/plan_flow.ts";
import { kernelsOf } from "../flow/portion_runner.ts";
import type { BlockTask } from "./worker_messages.ts";

/** What a runner needs to know of any kind of work. */
export interface JobPlan {
  readonly fingerprint: string;
  readonly blocks: number;
  readonly traces: number;
  readonly gathers: number;
  readonly task: BlockTask;
  readonly kernels: readonly string[];
  readonly outputs: readonly PartialOutput[];
  readonly warnings: readonly string[];
  readonly input: InputFingerprint;
  /** Traces and gathers of one block. */
  sizeOf(block: number): { readonly traces: number; readonly gathers: number };
  close(): void;
}

/** Plans the work of a job; files that only the job needs, such as a sort index, go into its folder. */
export function planJob(work: Work, folder: string): JobPlan {
  checkOutputs(work);
  if (work.kind === "header_scan") return planScan(work);
  const plan = planFlow(work, folder);
  const { description } = plan.source;
  return {
    fingerprint: plan.fingerprint,
    blocks: plan.worker.blocks.count,
    traces: description.traces,
    gathers: plan.gathers,
    task: { kind: "flow", plan: plan.worker },
    kernels: [
      ...kernelsOf(plan.pipeline),
      ...readerKernels(plan.worker.reader),
      ...plan.sinks.flatMap((sink) => writerKernels(sink.plan)),
    ],
    outputs: plan.sinks,
    warnings: plan.warnings,
    input: description.fingerprint,
    sizeOf: (block) => blockAt(plan.worker.blocks, block),
    close: () => plan.source.close(),
  };
}

function planScan(work: Extract<Work, { kind: "header_scan" }>): JobPlan {
  const plan = planHeaderImport(work);
  const sizeOf = (block: number) => {
    const traces = Math.min(BLOCK_TRACES, plan.traces - block * BLOCK_TRACES);
    return { traces, gathers: traces };
  };
  return { ...plan, sizeOf };
}

/** Refuses to finish when the input is not what it was when the job was planned. */
export function checkInputUnchanged({ path, bytes, modifiedMs }: InputFingerprint): void {
  const now = fs.statSync(path, { throwIfNoEntry: false });
  if (now?.isDirectory()) return;
  if (now && now.size === bytes && Math.abs(now.mtimeMs - modifiedMs) < 1) return;
  const what = !now ? "it is gone" : now.size === bytes ? "its time changed" : `its size is now ${now.size}`;
  const message =
    `Cannot finish the output: expected ${path} unchanged while the job runs, found that ${what}: ` +
    `run the job again`;
  throw new SeisProcError("input-changed", message, { file: path, what });
}
