/** What a runner needs to know of a job, whatever its kind of work. */
import type { Work } from "../../src/shared/job/work.ts";
import { BLOCK_TRACES, planHeaderImport } from "../dataset/import_headers.ts";
import { type InputState, inputStateOf, namedFacts } from "../dataset/input_state.ts";
import { readerKernels } from "../dataset/open_source.ts";
import { writerKernels } from "../dataset/open_sink.ts";
import type { PartialOutput } from "../traces/trace_sink.ts";
import { type Block, blockAt } from "../flow/blocks.ts";
import { checkOutputs } from "../flow/output_paths.ts";
import { planFingerprint } from "../flow/plan_fingerprint.ts";
import { type FlowWork, planFlow } from "../flow/plan_flow.ts";
import { kernelsOf } from "../flow/portion_runner.ts";
import type { BlockTask } from "./worker_messages.ts";

export type BlockSize = Pick<Block, "traces" | "gathers" | "firstOutput" | "outputs">;

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
  /** The input as it was before it was opened. */
  readonly input: InputState;
  /** Of each block as it was written, one for each output. */
  readonly checksums: BigInt64Array;
  /** Traces and gathers of one block, and which traces of the outputs it writes. */
  sizeOf(block: number): BlockSize;
  close(): void;
}

/** Plans the work of a job; files that only the job needs, such as a sort index, go into its folder. */
export function planJob(work: Work, folder: string): JobPlan {
  checkOutputs(work);
  // Before anything is opened: what changes from here on is noticed.
  const input = inputStateOf(work);
  return work.kind === "header_scan" ? planScan(work, input) : planTraces(work, folder, input);
}

function planTraces(work: FlowWork, folder: string, input: InputState): JobPlan {
  const plan = planFlow(work, folder);
  return {
    fingerprint: planFingerprint({ ...plan.parts, ...namedFacts(input) }),
    blocks: plan.worker.blocks.count,
    traces: plan.source.description.traces,
    gathers: plan.gathers,
    task: { kind: "flow", plan: plan.worker },
    kernels: [
      ...kernelsOf(plan.pipeline),
      ...readerKernels(plan.worker.reader),
      ...plan.sinks.flatMap((sink) => writerKernels(sink.plan)),
    ],
    outputs: plan.sinks,
    checksums: plan.worker.checksums,
    warnings: plan.warnings,
    input,
    sizeOf: (block) => blockAt(plan.worker.blocks, block),
    close: () => plan.source.close(),
  };
}

function planScan(work: Extract<Work, { kind: "header_scan" }>, input: InputState): JobPlan {
  const plan = planHeaderImport(work);
  const { checksums } = plan.task.plan;
  const sizeOf = (block: number) => {
    const firstOutput = block * BLOCK_TRACES, traces = Math.min(BLOCK_TRACES, plan.traces - firstOutput);
    return { traces, gathers: traces, firstOutput, outputs: traces };
  };
  const fingerprint = planFingerprint({ "headers and words": plan.fingerprint, ...namedFacts(input) });
  return { ...plan, fingerprint, checksums, input, sizeOf };
}
