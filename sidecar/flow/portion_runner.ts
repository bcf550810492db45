/** Runs one portion of traces through the processes of a flow: what a job's workers and the preview of the window do. */
import { SeisProcError } from "../../src/shared/errors.ts";
import type { FlowStep, OutputMode } from "../../src/shared/flow/flow.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { Step, StepFacts, StepTools } from "../processes/process.ts";
import { liveRange } from "../processes/live_range.ts";
import { REGISTRY } from "../processes/registry.ts";
import { HeaderRecords } from "../traces/header_records.ts";
import { TraceBlock } from "../traces/trace_block.ts";
import type { Fetched } from "../traces/trace_source.ts";
import { type Pipeline, type PipelineStep, resolvePipeline } from "./pipeline.ts";
import { tracesPerPortion } from "./portions.ts";

/** What running portions needs to know. */
export interface PortionPlan {
  readonly processes: readonly FlowStep[];
  /** Noise is made unless only processed traces are wanted. */
  readonly mode: OutputMode;
  readonly survey: SurveyFacts;
  /** Traces of the largest portion processed at once. */
  readonly largestPortion: number;
  /** Samples are moved bit by bit and are no numbers on the way, see `whole_numbers.ts`. */
  readonly asWords?: boolean;
}

/** Names of all kernels that a flow uses. */
export function kernelsOf(pipeline: Pipeline): string[] {
  return [...pipeline.steps.flatMap(({ spec }) => implementationOf(spec.id).kernels), "noise"];
}

/** Trace identification code of a dead trace (SEG-Y rev 2.1, trace header bytes 29-30). */
const DEAD_TRACE = 2;

interface NoiseKernel {
  subtract_live(input: number, processed: number, count: number, first: number, end: number): void;
}

interface PreparedStep {
  readonly source: PipelineStep;
  readonly step: Step;
  /** Traces given to `apply` at once. */
  readonly chunk: number;
  /** Where the samples that come out lie; the same address as the input's for steps in place. */
  readonly address: number;
}

/** What came out of a portion: samples in kernel memory and their headers. */
export interface PortionResult {
  readonly processed: TraceBlock;
  readonly noise: TraceBlock | null;
}

/**
 * Takes one portion (a gather, or a run of traces) from staged bytes through all processes of the flow.
 * Trace-scope processes run over small chunks, so that samples stay in the processor's cache.
 */
export class PortionRunner {
  readonly #plan: PortionPlan;
  readonly #tools: StepTools;
  readonly #steps: readonly PreparedStep[];
  readonly #input: number;
  readonly #reference: number | null;
  readonly #noise: NoiseKernel;

  constructor(
    plan: PortionPlan,
    tools: StepTools,
  ) {
    this.#plan = plan;
    this.#tools = tools;
    const { memory } = tools;
    const pipeline = resolvePipeline(plan.processes, plan.mode, plan.survey);
    const bytes = plan.largestPortion * plan.survey.samplesPerTrace * 4;
    this.#input = memory.allocate(bytes, 64);
    this.#reference = plan.mode === "processed" ? null : memory.allocate(bytes, 64);
    this.#noise = memory.load<NoiseKernel>("noise");
    let address = this.#input;
    this.#steps = pipeline.steps.map((source) => {
      const prepared = this.#prepare(source, address);
      address = prepared.address;
      return prepared;
    });
  }

  /** Runs traces [first, first + traces) of what was read. */
  run(fetched: Fetched, first: number, traces: number): PortionResult {
    const decoded = fetched.decode(first, traces, this.#input);
    const notFinite = this.#plan.asWords ? 0 : decoded;
    let block = this.#inputBlock(fetched, first, traces);
    const reference = this.#reference === null ? null : block.copyTo(this.#reference);
    for (const [index, prepared] of this.#steps.entries()) {
      if (index === this.#leadingMutes && notFinite > 0) refuseNotFinite(block);
      this.#tools.stopCheck();
      block = this.#apply(prepared, block);
      if (reference && prepared.source.spec.mutes) this.#apply(prepared, reference);
    }
    if (this.#steps.length === this.#leadingMutes && notFinite > 0) refuseNotFinite(block);
    if (reference) this.#subtract(reference, block);
    return { processed: block, noise: reference };
  }

  /** Processes that only zero samples, at the start of the flow: they may remove what is not finite. */
  get #leadingMutes(): number {
    const other = this.#steps.findIndex(({ source }) => !source.spec.mutes);
    return other < 0 ? this.#steps.length : other;
  }

  /**
   * What stands for a portion that failed: its input as it is or, where the flow changes the shape of traces, traces
   * of zeros that say in their headers that they are dead.
   */
  unprocessed(fetched: Fetched, first: number, traces: number): PortionResult {
    const headers = fetched.records.slice(first, traces);
    const processed = this.#reshapes ? this.#deadTraces(headers) : this.#rawInput(fetched, first, traces);
    if (this.#reference === null) return { processed, noise: null };
    const noise = this.#block(this.#reference, this.#plan.survey.samplesPerTrace, headers);
    noise.samples.fill(0);
    return { processed, noise };
  }

  #rawInput(fetched: Fetched, first: number, traces: number): TraceBlock {
    fetched.decode(first, traces, this.#input);
    return this.#inputBlock(fetched, first, traces);
  }

  #inputBlock(fetched: Fetched, first: number, traces: number): TraceBlock {
    return this.#block(
      this.#input,
      this.#plan.survey.samplesPerTrace,
      fetched.records.slice(first, traces),
    );
  }

  #deadTraces(headers: HeaderRecords): TraceBlock {
    const last = this.#steps[this.#steps.length - 1];
    const one = this.#steps.some(({ source }) => source.spec.tracesPerGather === "one");
    const records = headers.slice(0, one ? 1 : headers.traces);
    const word = records.word("trid");
    for (let trace = 0; trace < records.traces; trace++) records.set(trace, word, DEAD_TRACE);
    const dead = this.#block(last.address, last.source.output.samplesPerTrace, records);
    dead.samples.fill(0);
    return dead;
  }

  get #reshapes(): boolean {
    return this.#steps.some(({ step }) => step.kind === "reshape");
  }

  #apply(prepared: PreparedStep, block: TraceBlock): TraceBlock {
    const { step, chunk } = prepared;
    if (step.kind === "in_place") {
      for (let first = 0; first < block.traces; first += chunk) {
        step.apply(block.part(first, Math.min(chunk, block.traces - first)));
        this.#tools.stopCheck();
      }
      return block;
    }
    const output = this.#outputBlock(prepared, block);
    const whole = chunk >= block.traces;
    for (let first = 0; first < block.traces; first += chunk) {
      const count = Math.min(chunk, block.traces - first);
      step.apply(block.part(first, count), whole ? output : output.part(first, count));
      this.#tools.stopCheck();
    }
    return output;
  }

  #outputBlock({ source, address }: PreparedStep, block: TraceBlock): TraceBlock {
    const traces = source.spec.tracesPerGather === "one" ? 1 : block.traces;
    const from = block.headers.slice(0, traces);
    const headers = new HeaderRecords(from.bytes.slice(), from.recordBytes, from.words);
    return this.#block(address, source.output.samplesPerTrace, headers);
  }

  #subtract(reference: TraceBlock, processed: TraceBlock): void {
    const n = reference.samplesPerTrace;
    for (let trace = 0; trace < reference.traces; trace++) {
      const { first, end } = liveRange(reference.row(trace));
      this.#noise.subtract_live(reference.at(trace), processed.at(trace), n, first, end);
    }
  }

  #block(address: number, samplesPerTrace: number, headers: HeaderRecords): TraceBlock {
    return new TraceBlock(this.#tools.memory.memory, address, samplesPerTrace, headers);
  }

  #prepare(source: PipelineStep, inputAddress: number): PreparedStep {
    const { spec, values, facts, output } = source;
    const { largestPortion } = this.#plan;
    const chunk = spec.scope === "gather"
      ? largestPortion
      : Math.min(largestPortion, tracesPerPortion(facts.samplesPerTrace));
    const stepFacts: StepFacts = { ...facts, maxTraces: chunk };
    const step = implementationOf(spec.id).prepare(values, stepFacts, this.#tools);
    const traces = spec.tracesPerGather === "one" ? 1 : largestPortion;
    const address = step.kind === "in_place"
      ? inputAddress
      : this.#tools.memory.allocate(traces * output.samplesPerTrace * 4, 64);
    return { source, step, chunk, address };
  }
}

/** Samples that are not numbers were found before any process ran. */
export class NotFinite extends Error {
  constructor(readonly traceInPortion: number, readonly count: number) {
    super("samples are not finite");
  }
}

function refuseNotFinite(block: TraceBlock): void {
  const count = block.samples.reduce((sum, sample) => Number.isFinite(sample) ? sum : sum + 1, 0);
  if (count > 0) throw new NotFinite(firstNotFinite(block), count);
}

function firstNotFinite(block: TraceBlock): number {
  const at = block.samples.findIndex((sample) => !Number.isFinite(sample));
  return at < 0 ? 0 : Math.floor(at / block.samplesPerTrace);
}

function implementationOf(id: string) {
  const implementation = REGISTRY.get(id);
  if (!implementation) {
    const message = `Cannot run ${id}: expected an implementation in this program, found none`;
    throw new SeisProcError("process-unknown", message, { process: id });
  }
  return implementation;
}
