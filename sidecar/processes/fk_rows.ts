/** Spectra of a gather's traces, one row a trace, on the time axis of the gather: for the process fk_filter. */
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
  rows: number,
  rowBytes: number,
  scratch: number,
) => void;

export interface RowKernel {
  to_rows: MoveTraces;
  from_rows: MoveTraces;
}

export interface FkRows {
  readonly memory: KernelMemory;
  /** The transform over time. */
  readonly time: FftPlan;
  /** Address of the first row, and bytes from one to the next. */
  readonly rows: number;
  readonly rowBytes: number;
  readonly scratch: number;
  /** Where four traces lie on the axis of the gather. */
  readonly onAxis: number;
  /** Samples of that axis. */
  readonly samples: number;
}

/** Lays out rows for gathers of the largest size and for a time axis padded by `paddingPercent`. */
export function layOutRows(memory: KernelMemory, facts: StepFacts, paddingPercent: number): FkRows {
  const samples = axisSamples(facts);
  const time = planRealFft(memory, padded(samples, paddingPercent));
  const rowBytes = 8 * 4 * Math.ceil((time.points + 1) / 4);
  return {
    memory,
    time,
    rows: memory.allocate(facts.maxTraces * rowBytes),
    rowBytes,
    scratch: memory.allocate((2 * time.points + 1) * BIN_BYTES),
    onAxis: memory.allocate(4 * samples * 4),
    samples,
  };
}

export function padded(size: number, percent: number): number {
  return Math.ceil(size * (1 + percent / 100));
}

/** The spectra of the traces, each where it lies on the axis. */
export function toRows(
  kernel: RowKernel,
  layout: FkRows,
  block: TraceBlock,
  axis: GatherAxis,
  stopCheck: StopCheck,
): void {
  const { time, rowBytes, scratch, onAxis, samples } = layout;
  eachFour(block, (address, count, first) => {
    stopCheck();
    const row = layout.rows + first * rowBytes, shifts = axis.shifts.slice(first, first + count);
    if (!shifts.some(isShifted)) {
      return kernel.to_rows(
        address,
        block.strideBytes,
        count,
        block.samplesPerTrace,
        time.address,
        row,
        rowBytes,
        scratch,
      );
    }
    const four = axisView(layout);
    four.fill(0);
    shifts.forEach(({ whole }, i) => four.set(block.row(first + i), i * samples + whole));
    kernel.to_rows(onAxis, samples * 4, count, samples, time.address, row, rowBytes, scratch);
    shifts.forEach(({ fraction }, i) => turn(layout, first + i, fraction));
  });
}

/** The traces from their spectra: each at its own start and of its own length again. */
export function fromRows(
  kernel: RowKernel,
  layout: FkRows,
  block: TraceBlock,
  axis: GatherAxis,
  stopCheck: StopCheck,
): void {
  const { time, rowBytes, scratch, onAxis, samples } = layout;
  eachFour(block, (address, count, first) => {
    stopCheck();
    const row = layout.rows + first * rowBytes, shifts = axis.shifts.slice(first, first + count);
    if (!shifts.some(isShifted)) {
      return kernel.from_rows(
        address,
        block.strideBytes,
        count,
        block.samplesPerTrace,
        time.address,
        row,
        rowBytes,
        scratch,
      );
    }
    shifts.forEach(({ fraction }, i) => turn(layout, first + i, -fraction));
    kernel.from_rows(onAxis, samples * 4, count, samples, time.address, row, rowBytes, scratch);
    const four = axisView(layout);
    shifts.forEach(({ whole }, i) => {
      const start = i * samples + whole;
      block.row(first + i).set(four.subarray(start, start + block.samplesPerTrace));
    });
  });
}

function isShifted({ whole, fraction }: AxisShift): boolean {
  return whole > 0 || fraction > 0;
}

function axisView({ memory, onAxis, samples }: FkRows): Float32Array {
  return new Float32Array(memory.memory.buffer, onAxis, 4 * samples);
}

/**
 * Shifts a trace to later times by a part of a sample: its spectrum times exp(-i w fraction), the sinc of all samples.
 * Turning it back gives it back, so a filter that passes everything changes nothing.
 */
function turn({ memory, time: { points }, rows, rowBytes }: FkRows, trace: number, fraction: number): void {
  if (fraction === 0) return;
  const bins = new Float32Array(memory.memory.buffer, rows + trace * rowBytes, 2 * (points + 1));
  for (let k = 0; k <= points; k++) {
    const angle = Math.PI * k * fraction / points, c = Math.cos(angle), s = -Math.sin(angle);
    const re = bins[2 * k], im = bins[2 * k + 1];
    bins[2 * k] = re * c - im * s;
    bins[2 * k + 1] = re * s + im * c;
  }
}

/** Zeroes some bins of all rows. */
export function clearBins(
  { memory, rows, rowBytes }: FkRows,
  traces: number,
  first: number,
  bins: number,
): void {
  const all = new Float32Array(memory.memory.buffer, rows, (traces * rowBytes) / 4);
  for (let trace = 0; trace < traces; trace++) {
    const at = (trace * rowBytes) / 4 + first * 2;
    all.fill(0, at, at + bins * 2);
  }
}
