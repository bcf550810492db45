/** Runs the process fk_filter: spectra of all traces, then four frequencies at a time over the traces. */
import { fkFilter as spec } from "../../src/shared/processes/fk_filter.ts";
import { BIN_BYTES, type FftPlan, planFft } from "../kernels/fft_plan.ts";
import { KernelMemory } from "../kernels/kernel_memory.ts";
import { FanTable, type FkParameters, LANES, wavenumberTable } from "./fk_fan.ts";
import {
  type BlockKernel,
  clearBins,
  fromSpectra,
  layOutSpectra,
  padded,
  type Spectra,
  toSpectra,
} from "./fk_spectra.ts";
import { gatherAxis } from "./gather_axis.ts";
import { type Spread, spreadOf } from "./gather_distances.ts";
import { implement, type StepFacts, type StopCheck } from "./process.ts";

interface FkKernel extends BlockKernel {
  filter_four(
    bins: number,
    blockBytes: number,
    traces: number,
    places: number,
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
        toSpectra(kernel, layout.spectra, block, axis, stopCheck);
        filterSpectra(kernel, parameters, layout, spread, stopCheck);
        fromSpectra(kernel, layout.spectra, block, axis, stopCheck);
      },
    };
  },
});

interface Layout {
  readonly memory: KernelMemory;
  readonly spectra: Spectra;
  readonly fans: FanTable;
  /** Places of the traces in order of distance. */
  readonly places: number;
  readonly scratch: number;
  /** The plan over the traces of a gather, and room for its wavenumbers. */
  spaceOf(traces: number): SpacePlan;
}

interface SpacePlan extends FftPlan {
  readonly wavenumbers: number;
}

function layOut(parameters: FkParameters, facts: StepFacts, memory: KernelMemory): Layout {
  const { maxTraces, intervalUs } = facts;
  const spectra = layOutSpectra(memory, facts, parameters.paddingPercent), { points } = spectra.time;
  const start = memory.allocate(0, 64);
  const largest = planSpace(memory, maxTraces, parameters.paddingPercent);
  const end = memory.used;
  let held = { traces: maxTraces, plan: largest };
  return {
    memory,
    spectra,
    fans: new FanTable(memory, points + 1, 1e6 / (2 * points * intervalUs), parameters),
    places: memory.allocate((maxTraces + 3) * 4),
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

function filterSpectra(
  kernel: FkKernel,
  { dips }: FkParameters,
  { memory, spectra, fans, places, scratch, spaceOf }: Layout,
  { order, spacingM }: Spread,
  stopCheck: StopCheck,
): void {
  const traces = order.length, space = spaceOf(traces);
  const wavenumbers = new Float32Array(memory.memory.buffer, space.wavenumbers, space.points);
  wavenumbers.set(wavenumberTable(space.points, spacingM, dips));
  const least = wavenumbers.reduce((a, b) => Math.min(a, b)),
    most = wavenumbers.reduce((a, b) => Math.max(a, b));
  putPlaces(memory, places, order);
  for (const [group, weight] of fans.commonWeights(least, most).entries()) {
    if (group % 4 === 0) stopCheck();
    const first = group * LANES;
    if (weight === 0) clearBins(spectra, traces, first, LANES);
    if (weight !== undefined) continue;
    const bins = spectra.blocks + first * BIN_BYTES;
    kernel.filter_four(
      bins,
      spectra.blockBytes,
      traces,
      places,
      space.address,
      space.wavenumbers,
      fans.at(group),
      scratch,
    );
  }
}

/** The place of each trace in order of distance, in bytes; the last trace's fills up a block of four. */
function putPlaces({ memory }: KernelMemory, address: number, order: readonly number[]): void {
  const places = new Int32Array(memory.buffer, address, order.length + 3);
  order.forEach((trace, place) => places[trace] = place * BIN_BYTES);
  places.fill(places[order.length - 1], order.length);
}
