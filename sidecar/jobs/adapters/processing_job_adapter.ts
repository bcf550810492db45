/** Traces through a flow, as a job. Its type follows from the flow. */
import type { Endian, Flow, FlowOutput } from "../../../src/shared/flow/flow.ts";
import type { JobType } from "../../../src/shared/job/job.ts";
import type { ErrorPolicy, RunnerOptions, Work } from "../../../src/shared/job/work.ts";
import type { TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import { mergedReading, type Reading } from "../../../src/shared/seismic/reading.ts";
import type { JobManager, Submission } from "../manager.ts";
import { JobAdapter, type JobOptions } from "./job_adapter.ts";

export interface ProcessingConfig {
  /** Checked, with absolute paths. */
  readonly flow: Flow;
  readonly onError?: ErrorPolicy;
  /** Wins over what the flow says of its input. */
  readonly read?: Reading;
  /** Wins over what the flow says of its output. */
  readonly endian?: Endian;
  readonly runner?: RunnerOptions;
}

export class ProcessingJobAdapter extends JobAdapter {
  constructor(manager: JobManager, readonly config: ProcessingConfig, readonly options: JobOptions = {}) {
    super(manager);
  }

  override submission(): Submission {
    return processingSubmission(this.config, this.options);
  }
}

export function processingSubmission(config: ProcessingConfig, options: JobOptions = {}): Submission {
  const { flow } = config;
  return { name: flow.name, ...options, type: typeOfFlow(flow), work: flowWork(config) };
}

/** A flow that stacks is `stacking`; one that only orders traces is `sort`. */
export function typeOfFlow(flow: Flow): JobType {
  if (flow.processes.some((step) => step.process === "stack")) return "stacking";
  return flow.processes.length === 0 && flow.input.order.length > 0 ? "sort" : "processing";
}

export function flowWork({ flow, onError = "fail", read, endian, runner = {} }: ProcessingConfig): Work {
  const whole = mergedReading(flow.input.read, read);
  return {
    kind: "flow",
    flow: {
      ...flow,
      input: { ...flow.input, ...(Object.keys(whole).length > 0 && { read: whole }) },
      output: { ...flow.output, ...(endian && { endian }) },
    },
    onError,
    options: runner,
  };
}

/** A flow without processes: it copies, and converts where the kinds of input and output differ. */
export function copyFlow(name: string, input: string, choice: TraceChoice, output: FlowOutput): Flow {
  const { select, traces } = choice;
  const chosen = { ...(select !== undefined && { select }), ...(traces !== undefined && { traces }) };
  return { seisproc: 1, name, input: { path: input, order: [], ...chosen }, processes: [], output };
}
