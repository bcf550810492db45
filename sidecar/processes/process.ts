/** What every process implements: a step made once a worker, which then gets traces in the kernels' memory. */
import type { ProcessSpec } from "../../src/shared/processes/process.ts";
import type { Parameters, ValuesOf } from "../../src/shared/processes/parameter.ts";
import type { Remark } from "../../src/shared/processes/remark.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import type { TraceBlock } from "../traces/trace_block.ts";

/** Facts at this place of the flow, with what a step needs to size its tables. */
export interface StepFacts extends SurveyFacts {
  /** The largest number of traces that `apply` gets at once. */
  readonly maxTraces: number;
}

/**
 * A process with its parameters resolved and its tables laid out in the worker's memory.
 * A step keeps no state from one call to the next: results may not depend on the order of blocks.
 */
export type Step =
  /** Changes samples and headers where they are. */
  | { readonly kind: "in_place"; apply(traces: TraceBlock): void }
  /** Writes other samples (another count, or one trace of many); `output.headers` arrive as copies of the first traces'. */
  | { readonly kind: "reshape"; apply(input: TraceBlock, output: TraceBlock): void };

/** Throws when the job is asked to stop; a step calls it between portions of at most some milliseconds of work. */
export type StopCheck = () => void;

/** Takes what a step has to say of the data without failing; the job tells it once for all traces. */
export type TellRemark = (remark: Remark) => void;

/** What a worker gives its steps. */
export interface StepTools {
  readonly memory: KernelMemory;
  readonly stopCheck: StopCheck;
  readonly remark: TellRemark;
}

export interface Implementation<P extends Parameters> {
  readonly spec: ProcessSpec<P>;
  /** Names of the kernels in `sidecar/kernels/assembly/` that `prepare` loads. */
  readonly kernels: readonly string[];
  /** Called once in each worker, and once by the planner to learn how much memory the step takes. */
  prepare(parameters: ValuesOf<P>, facts: StepFacts, tools: StepTools): Step;
}

/** Declares an implementation; keeps the parameter types. */
export function implement<const P extends Parameters>(implementation: Implementation<P>): Implementation<P> {
  return implementation;
}
