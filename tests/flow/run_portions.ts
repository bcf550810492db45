/** Runs portions of a real file through processes, as a worker does between reading and writing. */
import { openDataset, openTraceReader, readerKernels } from "../../sidecar/dataset/open_source.ts";
import { resolvePipeline } from "../../sidecar/flow/pipeline.ts";
import { kernelsOf, type PortionPlan, PortionRunner } from "../../sidecar/flow/portion_runner.ts";
import type { StepTools } from "../../sidecar/processes/process.ts";
import type { TraceBlock } from "../../sidecar/traces/trace_block.ts";
import type { Fetched } from "../../sidecar/traces/trace_source.ts";
import { parseSteps } from "../../src/shared/flow/parse_flow.ts";
import type { OutputMode } from "../../src/shared/flow/flow.ts";
import { growingMemory } from "../test_steps.ts";

/** What came out of a portion, copied out of the kernels' memory: a list of samples for each trace. */
export interface PortionOutput {
  readonly processed: readonly (readonly number[])[];
  readonly noise: readonly (readonly number[])[] | null;
  readonly trid: readonly number[];
}

interface Portions {
  readonly plan: PortionPlan;
  readonly runner: PortionRunner;
  readonly fetched: Fetched;
}

/** Opens a file with all its traces fetched, for `work` alone. */
export function withPortions<T>(
  file: string,
  processes: readonly unknown[],
  mode: OutputMode,
  work: (portions: Portions) => T,
  tools: Partial<StepTools> = {},
): T {
  const source = openDataset(file);
  try {
    const { description: survey } = source;
    const plan = { processes: parseSteps(processes), mode, survey, largestPortion: survey.traces };
    const pipeline = resolvePipeline(plan.processes, mode, survey);
    const memory = growingMemory([...kernelsOf(pipeline), ...readerKernels(source.plan)]);
    const reader = openTraceReader(source.plan, memory);
    try {
      const staging = memory.allocate(reader.stagingBytes(survey.traces));
      const runner = new PortionRunner(plan, { memory, stopCheck: () => {}, remark: () => {}, ...tools });
      const fetched = reader.fetch({ kind: "run", first: 0, count: survey.traces }, staging);
      return work({ plan, runner, fetched });
    } finally {
      reader.close();
    }
  } finally {
    source.close();
  }
}

/** All traces of a file as one portion. */
export function runPortion(
  file: string,
  processes: readonly unknown[],
  mode: OutputMode = "processed",
): PortionOutput {
  return withPortions(file, processes, mode, ({ runner, fetched, plan }) => {
    const { processed, noise } = runner.run(fetched, 0, plan.survey.traces);
    return outputOf(processed, noise);
  });
}

export function outputOf(processed: TraceBlock, noise: TraceBlock | null): PortionOutput {
  const rows = (block: TraceBlock) => Array.from({ length: block.traces }, (_, i) => [...block.row(i)]);
  const { headers } = processed, word = headers.word("trid");
  return {
    processed: rows(processed),
    noise: noise && rows(noise),
    trid: Array.from({ length: headers.traces }, (_, trace) => headers.get(trace, word)),
  };
}
