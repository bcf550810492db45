/** Spectra of a gather's traces, on the time axis of the gather, in blocks of four traces: for the process fk_filter. */
import { axisSamples } from "../../src/shared/seismic/survey.ts";
import { BIN_BYTES, type FftPlan, planRealFft } from "../kernels/fft_plan.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { eachFour } from "./four_traces.ts";
import type { AxisShift, GatherAxis } from "./gather_axis.ts";
import type { StepFacts, StopCheck } from "./process.ts";

type MoveTraces = (
  traces: number,
  strideBytes: number,
  count: number,
  samples: number,
  plan: number,
  block: number,
  work: number,
) => void;

export interface BlockKernel {
  to_block: MoveTraces;
  from_block: MoveTraces;
}

/** Traces of a block. */
const LANES = 4;
/** Floats of a bin of a block: real and imaginary parts. */
const BIN_FLOATS = 2 * LANES;

export interface Spectra {
  readonly memory: KernelMemory;
  /** The transform over time. */
  readonly time: FftPlan;
  /** Address of the first block, and bytes from one to the next; bins are a multiple of four. */
  readonly blocks: number;
  readonly blockBytes: number;
  readonly work: number;
  /** Where four traces lie on the axis of the gather. */
  readonly onAxis: number;
  /** Samples of that axis. */
  readonly samples: number;
}

/** Lays out spectra for gathers of the largest size and for a time axis padded by `paddingPercent`. */
export function layOutSpectra(memory: KernelMemory, facts: StepFacts, paddingPercent: number): Spectra {
  const samples = axisSamples(facts);
  const time = planRealFft(memory, padded(samples, paddingPercent));
  const blockBytes = Math.ceil((time.points + 1) / 4) * 4 * BIN_BYTES;
  return {
    memory,
    time,
    blocks: memory.allocate(Math.ceil(facts.maxTraces / LANES) * blockBytes),
    blockBytes,
    work: memory.allocate(time.points * BIN_BYTES),
    onAxis: memory.allocate(LANES * samples * 4),
    samples,
  };
}

export function padded(size: number, percent: number): number {
  return Math.ceil(size * (1 + percent / 100));
}

/** The spectra of the traces, each where it lies on the axis. */
export function toSpectra(
  kernel: BlockKernel,
  spectra: Spectra,
  gather: TraceBlock,
  axis: GatherAxis,
  stopCheck: StopCheck,
): void {
  const { time, work, onAxis, samples } = spectra;
  eachFour(gather, (address, count, first) => {
    stopCheck();
    const block = blockOf(spectra, first), shifts = axis.shifts.slice(first, first + count);
    if (!shifts.some(isShifted)) {
      const { strideBytes, samplesPerTrace } = gather;
      return kernel.to_block(address, strideBytes, count, samplesPerTrace, time.address, block, work);
    }
    const four = axisView(spectra);
    four.fill(0);
    shifts.forEach(({ whole }, i) => four.set(gather.row(first + i), i * samples + whole));
    kernel.to_block(onAxis, samples * 4, count, samples, time.address, block, work);
    turn(spectra, first, shifts.map(({ fraction }) => fraction));
  });
}

/** The traces from their spectra, which are spent: each at its own start and of its own length again. */
export function fromSpectra(
  kernel: BlockKernel,
  spectra: Spectra,
  gather: TraceBlock,
  axis: GatherAxis,
  stopCheck: StopCheck,
): void {
  const { time, work, onAxis, samples } = spectra;
  eachFour(gather, (address, count, first) => {
    stopCheck();
    const block = blockOf(spectra, first), shifts = axis.shifts.slice(first, first + count);
    const { strideBytes, samplesPerTrace } = gather;
    if (!shifts.some(isShifted)) {
      return kernel.from_block(address, strideBytes, count, samplesPerTrace, time.address, block, work);
    }
    turn(spectra, first, shifts.map(({ fraction }) => -fraction));
    kernel.from_block(onAxis, samples * 4, count, samples, time.address, block, work);
    const four = axisView(spectra);
    shifts.forEach(({ whole }, i) => {
      const start = i * samples + whole;
      gather.row(first + i).set(four.subarray(start, start + samplesPerTrace));
    });
  });
}

/** Zeroes some bins of all traces. */
export function clearBins(spectra: Spectra, traces: number, first: number, bins: number): void {
  for (let trace = 0; trace < traces; trace += LANES) {
    binsOf(spectra, trace).fill(0, first * BIN_FLOATS, (first + bins) * BIN_FLOATS);
  }
}

function isShifted({ whole, fraction }: AxisShift): boolean {
  return whole > 0 || fraction > 0;
}

function blockOf({ blocks, blockBytes }: Spectra, trace: number): number {
  return blocks + Math.floor(trace / LANES) * blockBytes;
}

function binsOf(spectra: Spectra, trace: number): Float32Array {
  return new Float32Array(spectra.memory.memory.buffer, blockOf(spectra, trace), spectra.blockBytes / 4);
}

function axisView({ memory, onAxis, samples }: Spectra): Float32Array {
  return new Float32Array(memory.memory.buffer, onAxis, LANES * samples);
}

/**
 * Shifts the traces of a block to later times by parts of a sample: their spectra times exp(-i w fraction), the sinc of
 * all samples. Turning them back gives them back, so a filter that passes everything changes nothing. The last trace
 * fills the block.
 */
function turn(spectra: Spectra, first: number, fractions: readonly number[]): void {
  const bins = binsOf(spectra, first), { points } = spectra.time;
  for (let lane = 0; lane < LANES; lane++) {
    const fraction = fractions[Math.min(lane, fractions.length - 1)];
    if (fraction === 0) continue;
    for (let k = 0; k <= points; k++) {
      const angle = (Math.PI * k * fraction) / points, c = Math.cos(angle), s = -Math.sin(angle);
      const at = k * BIN_FLOATS + lane, re = bins[at], im = bins[at + LANES];
      bins[at] = re * c - im * s;
      bins[at + LANES] = re * s + im * c;
    }
  }
}
