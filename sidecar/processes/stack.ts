/** Runs the process stack. */
import { stack as spec } from "../../src/shared/processes/stack.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { implement, type StopCheck } from "./process.ts";

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

/** Keeps the weight of a trace without one finite sample finite. */
const LEAST_POWER = 1e-90;

/** Tables of one trace in the kernels' memory, and of one column of the gather for the median. */
interface Tables {
  readonly sums: number;
  readonly weights: number;
  readonly fold: number;
  readonly sorted: number;
}

/** What the numbers of a stack need: stacks `input` into the trace at `out`; returns which traces are live. */
type Stacker = (input: TraceBlock, out: number) => boolean[];

export const stack = implement({
  spec,
  kernels: ["stack"],
  prepare(parameters, { samplesPerTrace, maxTraces }, memory, stopCheck) {
    const kernel = memory.load<StackKernel>("stack");
    const tables = {
      sums: memory.allocate((samplesPerTrace + 4) * 8),
      weights: memory.allocate((samplesPerTrace + 4) * 8),
      fold: memory.allocate((samplesPerTrace + 4) * 4),
      sorted: memory.allocate(parameters.method === "median" ? maxTraces * 16 : 16),
    };
    const stacker = {
      mean: () => meanStacker(kernel, tables, parameters.minFold, stopCheck),
      median: () => medianStacker(kernel, tables, parameters.minFold, stopCheck),
      weighted: () => weightedStacker(kernel, tables, parameters, stopCheck),
    }[parameters.method]();
    return {
      kind: "reshape",
      apply(input, output) {
        writeHeader(input, output, stacker(input, output.address));
      },
    };
  },
});

function meanStacker(kernel: StackKernel, tables: Tables, minFold: number, stopCheck: StopCheck): Stacker {
  const { sums, weights, fold } = tables;
  return (input, out) => {
    const samples = input.samplesPerTrace;
    kernel.clear_stack(sums, weights, fold, samples);
    const live = eachTrace(input, stopCheck, (trace) => kernel.add_trace(trace, sums, fold, samples) === 1);
    kernel.finish_mean(out, sums, fold, samples, minFold);
    return live;
  };
}

function medianStacker(kernel: StackKernel, tables: Tables, minFold: number, stopCheck: StopCheck): Stacker {
  return (input, out) => {
    const { address, traces, samplesPerTrace } = input;
    kernel.median(address, traces, samplesPerTrace, out, tables.sorted, tables.fold, minFold);
    return eachTrace(input, stopCheck, (trace) => kernel.is_live(trace, samplesPerTrace) === 1);
  };
}

function weightedStacker(
  kernel: StackKernel,
  { sums, weights, fold }: Tables,
  { minFold, weight, weightPower }: {
    minFold: number;
    weight: "energy" | "offset";
    weightPower: number;
  },
  stopCheck: StopCheck,
): Stacker {
  return (input, out) => {
    const samples = input.samplesPerTrace, { headers } = input, offsetWord = headers.word("offset");
    kernel.clear_stack(sums, weights, fold, samples);
    const live = eachTrace(input, stopCheck, (trace, i) => {
      if (!kernel.is_live(trace, samples)) return false;
      const size = weight === "energy"
        ? 1 / Math.max(kernel.live_power(trace, samples), LEAST_POWER)
        : Math.max(Math.abs(headers.get(i, offsetWord)), 1);
      kernel.add_weighted(trace, size ** weightPower, sums, weights, fold, samples);
      return true;
    });
    kernel.finish_weighted(out, sums, weights, fold, samples, minFold);
    return live;
  };
}

function eachTrace(
  block: TraceBlock,
  stopCheck: StopCheck,
  visit: (trace: number, i: number) => boolean,
): boolean[] {
  const results: boolean[] = [];
  for (let i = 0; i < block.traces; i++) {
    if (i % 256 === 0) stopCheck();
    results.push(visit(block.at(i), i));
  }
  return results;
}

function writeHeader(input: TraceBlock, output: TraceBlock, live: readonly boolean[]): void {
  const { headers } = output;
  headers.set(0, headers.word("nhs"), live.filter((one) => one).length);
  headers.set(0, headers.word("offset"), 0);
  headers.set(0, headers.word("cdpt"), 1);
  const first = live.indexOf(true);
  if (first > 0) headers.set(0, headers.word("trid"), input.headers.get(first, input.headers.word("trid")));
}
