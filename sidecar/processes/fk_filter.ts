/** Runs the process fk_filter: spectra of all traces, then four frequencies at a time over the traces. */
import { fkFilter as spec } from "../../src/shared/processes/fk_filter.ts";
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import { BIN_BYTES, type FftPlan, planFft, planRealFft } from "../kernels/fft_plan.ts";
import { KernelMemory } from "../kernels/kernel_memory.ts";
import { eachFour } from "./four_traces.ts";
import { type Spread, spreadOf } from "./gather_distances.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { implement, type StepFacts, type StopCheck } from "./process.ts";

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

interface FkKernel {
  to_rows: MoveTraces;
  from_rows: MoveTraces;
  filter_four(
    rows: number,
    traces: number,
    plan: number,
    wavenumbers: number,
    fan: number,
    scratch: number,
  ): void;
}

type FkParameters = ParametersOf<typeof spec>;

export const fkFilter = implement({
  spec,
  kernels: ["fk_filter"],
  prepare(parameters, facts, memory, stopCheck) {
    const kernel = memory.load<FkKernel>("fk_filter");
    const layout = layOut(parameters, facts, memory);
    return {
      kind: "in_place",
      apply(block) {
        const spread = spreadOf(block.headers, parameters.distance, facts.lengthUnit);
        moveTraces(kernel.to_rows, layout, block, stopCheck);
        filterRows(kernel, parameters, layout, spread, stopCheck);
        moveTraces(kernel.from_rows, layout, block, stopCheck);
      },
    };
  },
});

interface Layout {
  readonly memory: KernelMemory;
  readonly time: FftPlan;
  readonly intervalUs: number;
  /** Spectra, one row a trace. */
  readonly rows: number;
  readonly rowBytes: number;
  /** Addresses of the rows' bins at hand. */
  readonly rowTable: number;
  readonly fan: number;
  readonly scratch: number;
  /** Where each gather's plan over its traces is laid out anew. */
  readonly planStart: number;
  readonly planEnd: number;
}

function layOut({ paddingPercent }: FkParameters, facts: StepFacts, memory: KernelMemory): Layout {
  const { samplesPerTrace, maxTraces, intervalUs } = facts;
  const time = planRealFft(memory, padded(samplesPerTrace, paddingPercent));
  const rowBytes = 8 * 4 * Math.ceil((time.points + 1) / 4);
  const planStart = memory.allocate(0, 64);
  const space = planSpace(memory, maxTraces, paddingPercent);
  const planEnd = memory.used;
  return {
    memory,
    time,
    intervalUs,
    rows: memory.allocate(maxTraces * rowBytes),
    rowBytes,
    rowTable: memory.allocate(maxTraces * 4),
    fan: memory.allocate(6 * 16),
    scratch: memory.allocate((2 * Math.max(time.points, space.points) + 1) * BIN_BYTES),
    planStart,
    planEnd,
  };
}

function padded(size: number, percent: number): number {
  return Math.ceil(size * (1 + percent / 100));
}

/** The plan over the traces of a gather and room for the wavenumbers. */
function planSpace(memory: KernelMemory, traces: number, paddingPercent: number) {
  const plan = planFft(memory, padded(traces, paddingPercent));
  return { ...plan, wavenumbers: memory.allocate(plan.points * 4) };
}

/** Traces to their rows, or back. */
function moveTraces(
  move: MoveTraces,
  { time, rows, rowBytes, scratch }: Layout,
  block: TraceBlock,
  stopCheck: StopCheck,
): void {
  const { samplesPerTrace, strideBytes } = block;
  eachFour(block, (address, count, first) => {
    stopCheck();
    const row = rows + first * rowBytes;
    move(address, strideBytes, count, samplesPerTrace, time.address, row, rowBytes, scratch);
  });
}

function filterRows(
  kernel: FkKernel,
  parameters: FkParameters,
  layout: Layout,
  { order, spacingM }: Spread,
  stopCheck: StopCheck,
): void {
  const { memory: { memory }, planStart, planEnd, time, rowTable, fan } = layout;
  const arena = new KernelMemory(memory, new Map(), planStart, planEnd);
  const space = planSpace(arena, order.length, parameters.paddingPercent);
  const wavenumbers = new Float32Array(memory.buffer, space.wavenumbers, space.points);
  wavenumbers.set(wavenumberTable(space.points, spacingM, parameters.dips));
  const addresses = new Int32Array(memory.buffer, rowTable, order.length);
  const corners = new Float32Array(memory.buffer, fan, 24);
  const hzPerBin = 1e6 / (2 * time.points * layout.intervalUs), scale = 1 / (time.points * space.points);
  for (let bin = 0; bin <= time.points; bin += 4) {
    if (bin % 16 === 0) stopCheck();
    order.forEach((trace, i) => addresses[i] = layout.rows + trace * layout.rowBytes + bin * 8);
    for (let lane = 0; lane < 4; lane++) {
      const { begin, rise, end, fall, a, b } = fanAt((bin + lane) * hzPerBin, parameters, scale);
      [begin, rise, end, fall, a, b].forEach((value, i) => corners[i * 4 + lane] = value);
    }
    kernel.filter_four(rowTable, order.length, space.address, space.wavenumbers, fan, layout.scratch);
  }
}

/**
 * Wavenumbers in cycles per metre that the fan is compared with. An event t = t0 + x / v with positive v lies at
 * negative k, since both transforms are sums over exp(-i ..).
 */
function wavenumberTable(points: number, spacingM: number, dips: FkParameters["dips"]): Float32Array {
  return Float32Array.from({ length: points }, (_, j) => {
    const k = (j <= points / 2 ? j : j - points) / (points * spacingM);
    if (dips === "both" || j * 2 === points) return Math.abs(k);
    return dips === "positive" ? -k : k;
  });
}

/** Smaller than any wavenumber that counts, and greater. */
const NO_WAVENUMBER = 1e-12, ENDLESS = 1e20;
/** A ramp of no width becomes one of this part of its corner. */
const LEAST_TAPER = 1e-6;

/** The weight over wavenumber at one frequency: a + b w, w rising from `begin` and falling to `end`. */
interface Fan {
  readonly begin: number;
  /** Inverse width of the ramp at the beginning, and at the end. */
  readonly rise: number;
  readonly end: number;
  readonly fall: number;
  readonly a: number;
  readonly b: number;
}

function fanAt(hz: number, parameters: FkParameters, scale: number): Fan {
  const { kind, minVelocityMps, maxVelocityMps, taperPercent } = parameters;
  const taper = Math.max(taperPercent / 100, LEAST_TAPER);
  const high = minVelocityMps === 0 ? ENDLESS : hz / minVelocityMps + NO_WAVENUMBER;
  const outer = { fall: 1 / (high * taper), end: high * (1 + taper) };
  const weight = kind === "pass" ? { a: 0, b: scale } : { a: scale, b: -scale };
  if (maxVelocityMps === undefined) return { begin: -1 / ENDLESS, rise: ENDLESS, ...outer, ...weight };
  // At zero frequency and wavenumber there is no velocity: that point lies outside a fan with a highest velocity.
  const low = Math.max(hz / maxVelocityMps, NO_WAVENUMBER);
  return { begin: low * (1 - taper), rise: 1 / (low * taper), ...outer, ...weight };
}
