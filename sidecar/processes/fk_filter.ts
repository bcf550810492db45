/** Runs the process fk_filter: spectra of all traces, then four frequencies at a time over the traces. */
import { fkFilter as spec } from "../../src/shared/processes/fk_filter.ts";
import { BIN_BYTES, type FftPlan, planFft } from "../kernels/fft_plan.ts";
import { KernelMemory } from "../kernels/kernel_memory.ts";
import { FanTable, type FkParameters, LANES, wavenumberTable } from "./fk_fan.ts";
import { clearBins, type FkRows, fromRows, layOutRows, padded, type RowKernel, toRows } from "./fk_rows.ts";
import { gatherAxis } from "./gather_axis.ts";
import { type Spread, spreadOf } from "./gather_distances.ts";
import { implement, type StepFacts, type StopCheck } from "./process.ts";

interface FkKernel extends RowKernel {
  filter_four(
    rows: number,
    offset: number,
    traces: number,
    plan: number,
    wavenumbers: number,
    fan: number,
    scratch: number,
  ): void;
}

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
  readonly rows: FkRows;
  readonly fans: FanTable;
  /** Addresses of the rows in order of distance. */
  readonly rowTable: number;
  readonly scratch: number;
  /** The plan over the traces of a gather, and room for its wavenumbers. */
  spaceOf(traces: number): SpacePlan;
}

interface SpacePlan extends FftPlan {
  readonly wavenumbers: number;
}

function layOut(parameters: FkParameters, facts: StepFacts, memory: KernelMemory): Layout {
  const { maxTraces, intervalUs } = facts;
  const rows = layOutRows(memory, facts, parameters.paddingPercent), { points } = rows.time;
  const start = memory.allocate(0, 64);
  const largest = planSpace(memory, maxTraces, parameters.paddingPercent);
  const end = memory.used;
  let held = { traces: maxTraces, plan: largest };
  return {
    memory,
    rows,
    fans: new FanTable(memory, points + 1, 1e6 / (2 * points * intervalUs), parameters),
    rowTable: memory.allocate(maxTraces * 4),
    scratch: memory.allocate(2 * largest.points * BIN_BYTES),
    // Laid out anew for a gather of another size, in the same place.
    spaceOf(traces) {
      if (traces === held.traces) return held.plan;
      const arena = new KernelMemory(memory.memory, new Map(), start, end);
      held = { traces, plan: planSpace(arena, traces, parameters.paddingPercent) };
      return held.plan;
    },
  };
}

function planSpace(memory: KernelMemory, traces: number, paddingPercent: number): SpacePlan {
  const plan = planFft(memory, padded(traces, paddingPercent));
  return { ...plan, wavenumbers: memory.allocate(plan.points * 4) };
}

function filterRows(
  kernel: FkKernel,
  { dips }: FkParameters,
  { memory: { memory }, rows, fans, rowTable, scratch, spaceOf }: Layout,
  { order, spacingM }: Spread,
  stopCheck: StopCheck,
): void {
  const space = spaceOf(order.length);
  const wavenumbers = new Float32Array(memory.buffer, space.wavenumbers, space.points);
  wavenumbers.set(wavenumberTable(space.points, spacingM, dips));
  const least = wavenumbers.reduce((a, b) => Math.min(a, b)),
    most = wavenumbers.reduce((a, b) => Math.max(a, b));
  new Int32Array(memory.buffer, rowTable, order.length).set(
    order.map((trace) => rows.rows + trace * rows.rowBytes),
  );
  for (const [group, weight] of fans.commonWeights(least, most).entries()) {
    if (group % 4 === 0) stopCheck();
    const first = group * LANES;
    if (weight === 0) clearBins(rows, order.length, first, LANES);
    if (weight !== undefined) continue;
    kernel.filter_four(
      rowTable,
      first * 8,
      order.length,
      space.address,
      space.wavenumbers,
      fans.at(group),
      scratch,
    );
  }
}
