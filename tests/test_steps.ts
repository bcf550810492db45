/** What tests of processes share: a step over real kernels in a real shared memory, and small measures. */
import { compileKernels } from "../sidecar/kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../sidecar/kernels/kernel_memory.ts";
import type { Implementation, TellRemark } from "../sidecar/processes/process.ts";
import { HeaderRecords } from "../sidecar/traces/header_records.ts";
import { TraceBlock } from "../sidecar/traces/trace_block.ts";
import type { Parameters, ValuesOf } from "../src/shared/processes/parameter.ts";
import type { SurveyFacts } from "../src/shared/seismic/survey.ts";
import { STANDARD_WORDS } from "../src/shared/seismic/trace_header.ts";

export function growingMemory(kernels: readonly string[]): KernelMemory {
  return new KernelMemory(createSharedMemory(1 << 20), compileKernels(kernels), 64, "grow");
}

export interface Gather {
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  /** Shape `[trace][sample]`. */
  readonly samples: Float32Array;
  readonly headers: HeaderRecords;
}

export function gather(
  traces: number,
  samplesPerTrace: number,
  intervalUs: number,
  value: (trace: number, sample: number) => number = () => 0,
): Gather {
  const samples = new Float32Array(traces * samplesPerTrace);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = value(Math.floor(i / samplesPerTrace), i % samplesPerTrace);
  }
  return {
    traces,
    samplesPerTrace,
    intervalUs,
    samples,
    headers: HeaderRecords.empty(traces, STANDARD_WORDS),
  };
}

export function setWord(input: Gather, name: string, value: (trace: number) => number): Gather {
  for (let trace = 0; trace < input.traces; trace++) {
    input.headers.set(trace, input.headers.word(name), value(trace));
  }
  return input;
}

/** Runs a process over one gather as a worker would; the input is left as it was. */
export function applyProcess<P extends Parameters>(
  implementation: Implementation<P>,
  parameters: ValuesOf<P>,
  input: Gather,
  facts: Partial<SurveyFacts> = {},
  remark: TellRemark = () => {},
): Gather {
  const memory = growingMemory(implementation.kernels);
  const { samplesPerTrace, intervalUs } = input;
  const survey = {
    name: "test.sgy",
    traces: input.traces,
    samplesPerTrace,
    intervalUs,
    startMs: 0,
    lengthUnit: "m" as const,
    words: STANDARD_WORDS.words,
    ...facts,
    maxTraces: input.traces,
  };
  const step = implementation.prepare(parameters, survey, { memory, stopCheck: () => {}, remark });
  const after = implementation.spec.outputShape?.(parameters, survey) ?? survey;
  const tracesOut = implementation.spec.tracesPerGather === "one" ? 1 : input.traces;
  const inBlock = place(memory, samplesPerTrace, copyRecords(input.headers));
  inBlock.samples.set(input.samples);
  let out = inBlock;
  if (step.kind === "in_place") step.apply(inBlock);
  else {
    out = place(memory, after.samplesPerTrace, copyRecords(input.headers.slice(0, tracesOut)));
    // The memory may have grown since: another view.
    step.apply(new TraceBlock(memory.memory, inBlock.address, samplesPerTrace, inBlock.headers), out);
  }
  return {
    traces: out.traces,
    samplesPerTrace: out.samplesPerTrace,
    intervalUs: after.intervalUs,
    samples: new Float32Array(out.samples),
    headers: out.headers,
  };
}

function place(memory: KernelMemory, samplesPerTrace: number, headers: HeaderRecords): TraceBlock {
  const address = memory.allocate(headers.traces * samplesPerTrace * 4);
  return new TraceBlock(memory.memory, address, samplesPerTrace, headers);
}

function copyRecords(records: HeaderRecords): HeaderRecords {
  return new HeaderRecords(records.bytes.slice(), records.recordBytes, records.words);
}

/** Relative L2 difference of `found` from `wanted`. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let difference = 0, norm = 0;
  for (let i = 0; i < wanted.length; i++) {
    difference += (found[i] - wanted[i]) ** 2;
    norm += wanted[i] ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}

/** Uniform random numbers in [-1, 1) that are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1;
  };
}

/** One trace of a gather as a gather of its own, with its header. */
export function lone(input: Gather, trace: number): Gather {
  const { samplesPerTrace: n } = input;
  return {
    ...input,
    traces: 1,
    samples: input.samples.slice(trace * n, (trace + 1) * n),
    headers: copyRecords(input.headers.slice(trace, 1)),
  };
}

export function traceOf(input: Gather, trace: number): Float32Array {
  const { samplesPerTrace: n } = input;
  return input.samples.subarray(trace * n, (trace + 1) * n);
}

/** True when every trace comes out with the same bits alone as in the gather. */
export function sameAlone(input: Gather, apply: (input: Gather) => Gather): boolean {
  const together = apply(input);
  for (let trace = 0; trace < input.traces; trace++) {
    const alone = apply(lone(input, trace)).samples, found = traceOf(together, trace);
    if (!alone.every((x, i) => Object.is(x, found[i]))) return false;
  }
  return true;
}

/** A survey of 751 samples at 4 ms for checks of parameters. */
export function testSurvey(facts: Partial<SurveyFacts> = {}): SurveyFacts {
  return {
    name: "line.sgy",
    traces: 1,
    samplesPerTrace: 751,
    intervalUs: 4000,
    startMs: 0,
    lengthUnit: "m",
    words: STANDARD_WORDS.words,
    ...facts,
  };
}
