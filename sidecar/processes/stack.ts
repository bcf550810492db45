/** Runs the process stack: traces put on one time axis, added or sorted sample by sample. */
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import { stack as spec } from "../../src/shared/processes/stack.ts";
import { axisSamples } from "../../src/shared/seismic/survey.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { AXIS_KERNELS, axisPlacer, gatherAxis, type PlacedTrace } from "./gather_axis.ts";
import { setStart } from "./header_readers.ts";
import { implement, type StepFacts, type StopCheck } from "./process.ts";

interface StackKernel {
  clear_stack(sums: number, weights: number, fold: number, samples: number): void;
  add_trace(trace: number, sums: number, fold: number, samples: number): number;
  add_weighted(
    trace: number,
    weight: number,
    sums: number,
    weights: number,
    fold: number,
    samples: number,
  ): void;
  finish_mean(out: number, sums: number, fold: number, samples: number, least: number): void;
  finish_weighted(
    out: number,
    sums: number,
    weights: number,
    fold: number,
    samples: number,
    least: number,
  ): void;
  median(
    input: number,
    traces: number,
    samples: number,
    out: number,
    sorted: number,
    fold: number,
    least: number,
  ): void;
  live_power(trace: number, samples: number): number;
  is_live(trace: number, samples: number): number;
}

type StackParameters = ParametersOf<typeof spec>;

/** Tables of one trace in the kernels' memory, on the axis of a gather. */
interface Tables {
  readonly memory: KernelMemory;
  readonly sums: number;
  readonly weights: number;
  readonly fold: number;
  /** Samples of the axis. */
  readonly samples: number;
}

/** Places a trace of the gather on its axis, until the next is placed. */
type Place = (trace: number) => PlacedTrace;

/** What the numbers of a stack need: stacks `input` into the trace at `out`; returns which traces are live. */
type Stacker = (input: TraceBlock, place: Place, out: number) => boolean[];

export const stack = implement({
  spec,
  kernels: ["stack", ...AXIS_KERNELS],
  prepare(parameters, facts, { memory, stopCheck, remark }) {
    const kernel = memory.load<StackKernel>("stack");
    const samples = axisSamples(facts);
    const tables = {
      memory,
      sums: memory.allocate((samples + 4) * 8),
      weights: memory.allocate((samples + 4) * 8),
      fold: memory.allocate((samples + 4) * 4),
      samples,
    };
    const place = axisPlacer(memory, facts.samplesPerTrace);
    const stackers = { mean: meanStacker, median: medianStacker, weighted: weightedStacker };
    const stacker = stackers[parameters.method](kernel, tables, parameters, facts, stopCheck);
    return {
      kind: "reshape",
      apply(input, output) {
        const axis = gatherAxis(input, facts, remark);
        const live = stacker(input, (trace) => place(input, trace, axis.shifts[trace]), output.address);
        writeHeader(input, output, live, axis.startMs);
      },
    };
  },
});

type MakeStacker = (
  kernel: StackKernel,
  tables: Tables,
  parameters: StackParameters,
  facts: StepFacts,
  stopCheck: StopCheck,
) => Stacker;

const meanStacker: MakeStacker = (kernel, { sums, weights, fold, samples }, { minFold }, _, stopCheck) => {
  return (input, place, out) => {
    kernel.clear_stack(sums, weights, fold, samples);
    const live = eachTrace(input, stopCheck, (trace) => {
      const placed = place(trace), { first } = placed;
      return kernel.add_trace(placed.address, sums + first * 8, fold + first * 4, placed.samples) === 1;
    });
    kernel.finish_mean(out, sums, fold, samples, minFold);
    return live;
  };
};

/** Where all traces begin together the gather is sorted where it lies, else in a copy on the axis. */
const medianStacker: MakeStacker = (kernel, { memory, fold, samples }, { minFold }, facts, stopCheck) => {
  const sorted = memory.allocate(facts.maxTraces * 16);
  const isCopied = samples !== facts.samplesPerTrace || facts.startSpreadMs !== undefined;
  const copy = memory.allocate(isCopied ? facts.maxTraces * samples * 4 : 0);
  return (input, place, out) => {
    if (isCopied) copyToAxis(memory, copy, samples, input, place);
    kernel.median(isCopied ? copy : input.address, input.traces, samples, out, sorted, fold, minFold);
    return eachTrace(
      input,
      stopCheck,
      (trace) => kernel.is_live(input.at(trace), input.samplesPerTrace) === 1,
    );
  };
};

function copyToAxis(
  { memory }: KernelMemory,
  copy: number,
  samples: number,
  { traces }: TraceBlock,
  place: Place,
): void {
  const rows = new Float32Array(memory.buffer, copy, traces * samples);
  rows.fill(0);
  for (let trace = 0; trace < traces; trace++) {
    const placed = place(trace);
    rows.set(new Float32Array(memory.buffer, placed.address, placed.samples), trace * samples + placed.first);
  }
}

const weightedStacker: MakeStacker = (
  kernel,
  { sums, weights, fold, samples },
  parameters,
  _,
  stopCheck,
) => {
  return (input, place, out) => {
    kernel.clear_stack(sums, weights, fold, samples);
    const isLive = (trace: number) => kernel.is_live(input.at(trace), input.samplesPerTrace) === 1;
    const live = eachTrace(input, stopCheck, isLive);
    const weight = traceWeights(kernel, input, live, parameters);
    eachTrace(input, stopCheck, (trace) => {
      if (!live[trace]) return false;
      const placed = place(trace), { first } = placed;
      kernel.add_weighted(
        placed.address,
        weight[trace],
        sums + first * 8,
        weights + first * 8,
        fold + first * 4,
        placed.samples,
      );
      return true;
    });
    kernel.finish_weighted(out, sums, weights, fold, samples, parameters.minFold);
    return live;
  };
};

/** Weights are taken relative to the quietest trace, so that neither great nor small amplitudes leave what f64 holds. */
function traceWeights(
  kernel: StackKernel,
  input: TraceBlock,
  live: readonly boolean[],
  { weight, weightPower }: StackParameters,
): number[] {
  const { headers, traces } = input;
  if (weight === "offset") {
    const offset = headers.word("offset");
    return Array.from(
      { length: traces },
      (_, trace) => Math.max(Math.abs(headers.get(trace, offset)), 1) ** weightPower,
    );
  }
  const powers = live.map((one, trace) =>
    one ? kernel.live_power(input.at(trace), input.samplesPerTrace) : 0
  );
  const least = powers.reduce((least, power) => power > 0 ? Math.min(least, power) : least, Infinity);
  return powers.map((power) => power > 0 ? Math.max((least / power) ** weightPower, LEAST_WEIGHT) : 1);
}

/** Small enough to count for nothing beside others, and large enough to divide by. */
const LEAST_WEIGHT = 1e-200;

function eachTrace(
  { traces }: TraceBlock,
  stopCheck: StopCheck,
  visit: (trace: number) => boolean,
): boolean[] {
  const results: boolean[] = [];
  for (let trace = 0; trace < traces; trace++) {
    if (trace % 256 === 0) stopCheck();
    results.push(visit(trace));
  }
  return results;
}

function writeHeader(
  input: TraceBlock,
  output: TraceBlock,
  live: readonly boolean[],
  startMs: number,
): void {
  const { headers } = output;
  headers.set(0, headers.word("nhs"), live.filter((one) => one).length);
  headers.set(0, headers.word("offset"), 0);
  headers.set(0, headers.word("cdpt"), 1);
  const first = live.indexOf(true);
  if (first > 0) headers.set(0, headers.word("trid"), input.headers.get(first, input.headers.word("trid")));
  setStart(headers, 0, startMs);
}
