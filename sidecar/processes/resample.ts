/** Runs the process resample: one filter for each place between samples that occurs. */
import { resample as spec } from "../../src/shared/processes/resample.ts";
import type { TraceShape } from "../../src/shared/seismic/survey.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { resampler } from "./resampler.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { implement, type StepFacts } from "./process.ts";

interface ResampleKernel {
  resample_trace(
    x: number,
    out: number,
    count: number,
    starts: number,
    filters: number,
    table: number,
    taps: number,
  ): void;
  pad_trace(to: number, from: number, count: number, padding: number): void;
}

/** Where each output reads and with which filter, as tables in the kernels' memory. */
interface PolyphaseTables {
  readonly starts: number;
  readonly filters: number;
  readonly table: number;
  readonly taps: number;
}

export const resample = implement({
  spec,
  kernels: ["resample"],
  prepare(parameters, facts, { memory, stopCheck }) {
    const kernel = memory.load<ResampleKernel>("resample");
    const shape = spec.outputShape?.(parameters, facts) ?? facts;
    const { starts, filters, table, taps } = polyphaseTables(facts, shape, memory);
    const samples = facts.samplesPerTrace;
    const padded = memory.allocate((samples + 2 * taps) * 4);
    return {
      kind: "reshape",
      apply(input, output) {
        for (let trace = 0; trace < input.traces; trace++) {
          if (trace % 16 === 0) stopCheck();
          const out = output.at(trace);
          kernel.pad_trace(padded, input.at(trace), samples, taps);
          kernel.resample_trace(padded, out, shape.samplesPerTrace, starts, filters, table, taps);
          setShape(output.headers, trace, shape);
        }
      },
    };
  },
});

/** Distinct phases share their filter: two for 2 ms to 4 ms or back, at most one for each output. */
function polyphaseTables(
  { samplesPerTrace, intervalUs }: StepFacts,
  shape: TraceShape,
  memory: KernelMemory,
): PolyphaseTables {
  const ratio = shape.intervalUs / intervalUs;
  const half = ratio === 1 ? 1 : Math.ceil(resampler(ratio).halfWidth);
  const taps = Math.ceil((2 * half) / 4) * 4;
  const starts = new Int32Array(shape.samplesPerTrace), filters = new Int32Array(shape.samplesPerTrace);
  const rows: number[] = [], known = new Map<number, number>();
  for (let k = 0; k < shape.samplesPerTrace; k++) {
    const position = Number((k * ratio).toPrecision(12));
    const before = Math.min(Math.floor(position), samplesPerTrace - 1);
    const phase = Math.round((position - before) * 1e9) / 1e9;
    const row = known.get(phase) ?? rows.length;
    if (!known.has(phase)) {
      known.set(phase, row);
      rows.push(...phaseFilter(ratio, phase, half, taps));
    }
    // Tap 0 lies half - 1 samples before; the padded trace has `taps` zeros before sample 0.
    starts[k] = (before - half + 1 + taps) * 4;
    filters[k] = row * 4;
  }
  return {
    starts: int32(memory, starts),
    filters: int32(memory, filters),
    table: memory.float32(rows),
    taps,
  };
}

/** Weights of input samples at -half + 1, ..., half from the sample before the wanted time; they sum to one. */
function phaseFilter(ratio: number, phase: number, half: number, taps: number): number[] {
  const row = Array<number>(taps).fill(0);
  if (ratio === 1) return row.map((_, j) => Number(j === half - 1));
  const { weight } = resampler(ratio);
  for (let j = 0; j < 2 * half; j++) row[j] = weight(phase - (j - half + 1));
  const sum = row.reduce((total, w) => total + w, 0);
  return row.map((w) => w / sum);
}

function int32(memory: KernelMemory, values: Int32Array): number {
  const address = memory.allocate(values.length * 4);
  new Int32Array(memory.memory.buffer, address, values.length).set(values);
  return address;
}

/** The trace's own count and interval, where its words can hold them; the file's headers have wider ones. */
function setShape(headers: HeaderRecords, trace: number, { samplesPerTrace, intervalUs }: TraceShape): void {
  if (samplesPerTrace <= 0xffff) headers.set(trace, headers.word("ns"), samplesPerTrace);
  if (intervalUs <= 0x7fff) headers.set(trace, headers.word("dt"), intervalUs);
}
