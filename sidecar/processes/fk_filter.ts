/** Runs the process fk_filter: spectra of all traces, then four frequencies at a time over the traces. */
import { fkFilter as spec } from "../../src/shared/processes/fk_filter.ts";
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import { BIN_BYTES, planFft } from "../kernels/fft_plan.ts";
import { KernelMemory } from "../kernels/kernel_memory.ts";
import { type FkRows, fromRows, layOutRows, padded, type RowKernel, toRows } from "./fk_rows.ts";
import { gatherAxis } from "./gather_axis.ts";
import { type Spread, spreadOf } from "./gather_distances.ts";
import { implement, type StepFacts, type StopCheck } from "./process.ts";

interface FkKernel extends RowKernel {
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

/** A spacing that departs from the mean by more is told. */
const EVEN_PERCENT = 20;

export const fkFilter = implement({
  spec,
  kernels: ["fk_filter"],
  prepare(parameters, facts, { memory, stopCheck, remark }) {
    const kernel = memory.load<FkKernel>("fk_filter");
    const layout = layOut(parameters, facts, memory);
    return {
      kind: "in_place",
      apply(block) {
        if (block.traces === 1) return remark({ kind: "lone_trace", process: spec.id });
        const spread = spreadOf(block.headers, parameters.distance, facts.lengthUnit, remark);
        const { departurePercent: percent } = spread;
        if (percent > EVEN_PERCENT) remark({ kind: "uneven_spacing", process: spec.id, percent });
        const axis = gatherAxis(block, facts, remark);
        toRows(kernel, layout.rows, block, axis, stopCheck);
        filterRows(kernel, parameters, layout, spread, stopCheck);
        fromRows(kernel, layout.rows, block, axis, stopCheck);
      },
    };
  },
});

interface Layout {
  readonly memory: KernelMemory;
  readonly intervalUs: number;
  readonly rows: FkRows;
  /** Addresses of the rows' bins at hand. */
  readonly rowTable: number;
  readonly fan: number;
  readonly scratch: number;
  /** Where each gather's plan over its traces is laid out anew. */
  readonly planStart: number;
  readonly planEnd: number;
}

function layOut({ paddingPercent }: FkParameters, facts: StepFacts, memory: KernelMemory): Layout {
  const { maxTraces, intervalUs } = facts;
  const rows = layOutRows(memory, facts, paddingPercent);
  const planStart = memory.allocate(0, 64);
  const space = planSpace(memory, maxTraces, paddingPercent);
  const planEnd = memory.used;
  return {
    memory,
    intervalUs,
    rows,
    rowTable: memory.allocate(maxTraces * 4),
    fan: memory.allocate(6 * 16),
    scratch: memory.allocate(2 * space.points * BIN_BYTES),
    planStart,
    planEnd,
  };
}

/** The plan over the traces of a gather and room for the wavenumbers. */
function planSpace(memory: KernelMemory, traces: number, paddingPercent: number) {
  const plan = planFft(memory, padded(traces, paddingPercent));
  return { ...plan, wavenumbers: memory.allocate(plan.points * 4) };
}

function filterRows(
  kernel: FkKernel,
  parameters: FkParameters,
  layout: Layout,
  { order, spacingM }: Spread,
  stopCheck: StopCheck,
): void {
  const { memory: { memory }, planStart, planEnd, rowTable, fan } = layout;
  const { time, rows, rowBytes } = layout.rows;
  const arena = new KernelMemory(memory, new Map(), planStart, planEnd);
  const space = planSpace(arena, order.length, parameters.paddingPercent);
  const wavenumbers = new Float32Array(memory.buffer, space.wavenumbers, space.points);
  wavenumbers.set(wavenumberTable(space.points, spacingM, parameters.dips));
  const addresses = new Int32Array(memory.buffer, rowTable, order.length);
  const corners = new Float32Array(memory.buffer, fan, 24);
  const hzPerBin = 1e6 / (2 * time.points * layout.intervalUs), scale = 1 / (time.points * space.points);
  for (let bin = 0; bin <= time.points; bin += 4) {
    if (bin % 16 === 0) stopCheck();
    order.forEach((trace, i) => addresses[i] = rows + trace * rowBytes + bin * 8);
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
/** A ramp of no width becomes one of this part of its corner, so far outside that what lies on the corner is within. */
const LEAST_TAPER = 1e-6, BESIDE_CORNER = 1e-5;

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
  const beside = taperPercent === 0 ? BESIDE_CORNER : 0;
  const high = minVelocityMps === 0 ? ENDLESS : (hz / minVelocityMps) * (1 + beside) + NO_WAVENUMBER;
  const outer = { fall: 1 / (high * taper), end: high * (1 + taper) };
  const weight = kind === "pass" ? { a: 0, b: scale } : { a: scale, b: -scale };
  if (maxVelocityMps === undefined) return { begin: -1 / ENDLESS, rise: ENDLESS, ...outer, ...weight };
  // At zero frequency and wavenumber there is no velocity: that point lies outside a fan with a highest velocity.
  const low = Math.max((hz / maxVelocityMps) * (1 - beside), NO_WAVENUMBER);
  return { begin: low * (1 - taper), rise: 1 / (low * taper), ...outer, ...weight };
}
