/**
 * Processes by themselves, samples in memory: seconds of a core for each trace, ours against numpy and scipy programs of
 * the same work. Time of the processor and not of the wall is taken, so that what else the machine does counts less.
 */
import process from "node:process";
import { REGISTRY } from "../../sidecar/processes/registry.ts";
import { HeaderRecords } from "../../sidecar/traces/header_records.ts";
import { TraceBlock } from "../../sidecar/traces/trace_block.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { axisSamples } from "../../src/shared/seismic/survey.ts";
import { STANDARD_WORDS } from "../../src/shared/seismic/trace_header.ts";
import { growingMemory, testSurvey } from "../test_steps.ts";

const SAMPLES = 1501;
const INTERVAL_US = 4000;

export interface ProcessWork {
  readonly name: string;
  readonly process: string;
  readonly parameters: unknown;
  /** Traces given to the process at once: a portion or a gather. */
  readonly traces: number;
  readonly words?: Readonly<Record<string, (trace: number) => number>>;
  /** A Python function `work(x)` over float32 `[trace][sample]` of as many traces; numpy as np, scipy.fft and .signal. */
  readonly python: string;
  /** How many times as fast two of our workers are to be. */
  readonly goal: number;
}

const FFT_LENGTH = "m = scipy.fft.next_fast_len(2 * n, True)";

/** Each yardstick does the same sums with the same padding, in single precision where its library can. */
export const PROCESS_WORKS: readonly ProcessWork[] = [
  {
    name: "dc_removal by median",
    process: "dc_removal",
    parameters: { statistic: "median" },
    traces: 40,
    python: "def work(x): return x - np.median(x, axis=1, keepdims=True)",
    goal: 4,
  },
  {
    name: "dc_removal by mean",
    process: "dc_removal",
    parameters: {},
    traces: 40,
    python: "def work(x): return x - x.mean(axis=1, dtype=np.float64, keepdims=True).astype(np.float32)",
    goal: 2,
  },
  {
    name: "statics, fractions of a sample",
    process: "statics",
    parameters: { words: ["sstat", "gstat"] },
    traces: 40,
    words: { sstat: (trace) => trace % 17 - 8, gstat: (trace) => trace % 13 - 5 },
    python: `
shift = np.array([(t % 17 - 8 + t % 13 - 5) / 4 for t in range(traces)])
def work(x):
    out = np.zeros_like(x); p = np.pad(x, ((0, 0), (20, 20)))
    for i, s in enumerate(shift):
        w = int(np.floor(-s)); f = np.sinc(np.arange(-3, 5) + s + w).astype(np.float32)
        for k in range(8): out[i] += f[k] * p[i, 17 + w + k:17 + w + k + n]
    return out`,
    goal: 4,
  },
  {
    name: "statics, whole samples",
    process: "statics",
    parameters: { words: ["sstat"] },
    traces: 40,
    words: { sstat: (trace) => 4 * (trace % 17 - 8) },
    python: `
def work(x):
    out = np.zeros_like(x)
    for i in range(traces):
        s = i % 17 - 8
        if s >= 0: out[i, s:] = x[i, :n - s]
        else: out[i, :s] = x[i, -s:]
    return out`,
    goal: 4,
  },
  ...([["reject to 1,200 m/s", 25], ["reject to 1,200 m/s, dense traces", 12]] as const).map((
    [what, metres],
  ) => ({
    name: `fk_filter, ${what}`,
    process: "fk_filter",
    parameters: { kind: "reject", maxVelocityMps: 1200 },
    traces: 96,
    words: { offset: (trace: number) => 100 + metres * trace },
    python: `
${FFT_LENGTH}; mx = scipy.fft.next_fast_len(2 * traces)
k = np.abs(np.fft.fftfreq(mx, ${metres}))[:, None]; f = np.fft.rfftfreq(m, .004)[None, :]
u = np.clip((k - .8 * f / 1200) / np.maximum(.2 * f / 1200, 1e-12), 0, 1)
weight = (1 - u * u * (3 - 2 * u)).astype(np.float32)
def work(x):
    return scipy.fft.irfft2(scipy.fft.rfft2(x, (mx, m)) * weight, (mx, m))[:traces, :n]`,
    goal: 4,
  })),
  {
    name: "bandpass",
    process: "bandpass",
    parameters: { lowHz: 8, highHz: 60, order: 4 },
    traces: 40,
    python: `
sos = scipy.signal.butter(4, [8, 60], "bandpass", fs=250, output="sos")
def work(x): return scipy.signal.sosfiltfilt(sos, x)`,
    goal: 2,
  },
  {
    name: "ormsby",
    process: "ormsby",
    parameters: {},
    traces: 40,
    python: `
m = scipy.fft.next_fast_len(n + 1501, True); h = np.ones(m // 2 + 1, np.float32)
def work(x): return scipy.fft.irfft(scipy.fft.rfft(x, m) * h, m)[:, :n]`,
    goal: 2,
  },
  {
    name: "agc, 500 ms",
    process: "agc",
    parameters: { windowMs: 500 },
    traces: 40,
    python: `
def work(x):
    s = np.cumsum(np.pad(x.astype(np.float64) ** 2, ((0, 0), (63, 62))), axis=1)
    return x / np.sqrt(np.maximum(s[:, 124:] - np.pad(s, ((0, 0), (1, 0)))[:, :-125], 1e-30)[:, :n] / 125)`,
    goal: 2,
  },
  {
    name: "balance",
    process: "balance",
    parameters: {},
    traces: 40,
    python:
      "def work(x): return x / np.sqrt((x.astype(np.float64) ** 2).mean(axis=1, keepdims=True)).astype(np.float32)",
    goal: 2,
  },
  {
    name: "stack",
    process: "stack",
    parameters: {},
    traces: 48,
    words: { offset: (trace) => 25 * trace },
    python: `
def work(x):
    live = x != 0
    return np.where(live, x, 0).sum(axis=0, dtype=np.float64) / np.maximum(live.sum(axis=0), 1)`,
    goal: 2,
  },
];

/** Prints traces a second of one core. */
export function pythonProgram({ python, traces }: ProcessWork): string {
  return `
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"): os.environ[name] = "1"
import numpy as np, scipy.fft, scipy.signal, time
n, traces = ${SAMPLES}, ${traces}
x = np.random.default_rng(1).standard_normal((traces, n)).astype(np.float32)
${python}
work(x)
rates = []
for round in range(7):
    start, runs = time.process_time(), 0
    while time.process_time() - start < .15: work(x); runs += 1
    rates.append(runs * traces / (time.process_time() - start))
print(sorted(rates)[3])
`;
}

/** Traces a second of one core, without the copy that brings samples back between runs. */
export function processRate(work: ProcessWork, rounds: number): number {
  const run = prepared(work);
  for (let i = 0; i < 50; i++) run.both();
  const rates = Array.from({ length: rounds }, () => {
    const runs = Math.max(1, Math.round(0.15 / Math.max(coreSeconds(run.both, 5) / 5, 1e-6)));
    return (runs * work.traces) / (coreSeconds(run.both, runs) - coreSeconds(run.copy, runs));
  });
  return rates.sort((a, b) => a - b)[rounds >> 1];
}

function coreSeconds(work: () => void, times: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function prepared({ process: id, parameters, traces, words = {} }: ProcessWork) {
  const implementation = REGISTRY.get(id);
  if (!implementation) throw new Error(`no process ${id}`);
  const memory = growingMemory(implementation.kernels);
  const address = memory.allocate(traces * SAMPLES * 4, 64), out = memory.allocate(traces * SAMPLES * 4, 64);
  const facts = { ...testSurvey({ samplesPerTrace: SAMPLES, intervalUs: INTERVAL_US }), maxTraces: traces };
  const values = parseParameters(implementation.spec, parameters, "here");
  const tools = { memory, stopCheck: () => {}, remark: () => {} };
  const step = implementation.prepare(values, facts, tools);
  const headers = HeaderRecords.empty(traces, STANDARD_WORDS);
  for (const [name, value] of Object.entries(words)) {
    for (let trace = 0; trace < traces; trace++) headers.set(trace, headers.word(name), value(trace));
  }
  const block = new TraceBlock(memory.memory, address, SAMPLES, headers);
  const result = new TraceBlock(memory.memory, out, axisSamples(facts), headers.slice(0, 1));
  const samples = Float32Array.from(block.samples, (_, i) => Math.sin(i * 0.37) * ((i * 7919) % 13 - 6.5));
  const records = headers.bytes.slice();
  const copy = () => {
    block.samples.set(samples);
    headers.bytes.set(records);
  };
  const both = () => {
    copy();
    if (step.kind === "in_place") step.apply(block);
    else step.apply(block, result);
  };
  return { copy, both };
}
