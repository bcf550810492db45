/** Runs the process nmo: a time map for each trace, and interpolation along it. */
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import { nmo as spec } from "../../src/shared/processes/nmo.ts";
import type { VelocityFunction } from "../../src/shared/processes/parameter.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { sincTable } from "../kernels/sinc_filters.ts";
import { startReader } from "./header_readers.ts";
import { implement, type StepFacts } from "./process.ts";
import { bracket, slownessSquared } from "./velocity_rows.ts";

interface NmoKernel {
  mix_slowness(slowness: number, a: number, b: number, weight: number, count: number): void;
  time_map(times: number, map: number, slowness: number, x2: number, start: number, samples: number): void;
  last_stretched(times: number, samples: number, least: number): number;
  invert_map(times: number, map: number, samples: number): void;
  resample_along(
    trace: number,
    padded: number,
    table: number,
    map: number,
    samples: number,
    first: number,
  ): void;
  ramp(trace: number, samples: number, first: number, length: number): void;
}

/** Traces between two looks at whether the job is asked to stop: well under a millisecond of work each. */
const TRACES_BETWEEN_CHECKS = 64;

export const nmo = implement({
  spec,
  kernels: ["nmo"],
  prepare({ velocity, stretchMute, taperSamples, inverse }, facts, { memory, stopCheck, remark }) {
    const kernel = memory.load<NmoKernel>("nmo");
    const samples = facts.samplesPerTrace;
    const table = memory.float32(sincTable());
    const padded = memory.allocate((samples + 32) * 4);
    const times = memory.allocate((samples + 4) * 8);
    const map = memory.allocate((samples + 4) * 4);
    const slownessAt = slownessTable(kernel, velocity, facts, memory);
    const metres = facts.lengthUnit === "ft" ? METRES_PER_FOOT : 1;

    function move(trace: number, offset: number, startMs: number, slowness: number): void {
      const start = (startMs * 1000) / facts.intervalUs;
      kernel.time_map(times, map, slowness, (offset * metres) ** 2, start, samples);
      if (inverse) kernel.invert_map(times, map, samples);
      const noMute = inverse || stretchMute === 0;
      const first = noMute ? 0 : kernel.last_stretched(times, samples, 1 / stretchMute) + 1;
      kernel.resample_along(trace, padded, table, map, samples, first);
      if (first > 0 && taperSamples > 1) kernel.ramp(trace, samples, first, taperSamples);
    }

    return {
      kind: "in_place",
      apply(block) {
        const { headers } = block, startMs = startReader(headers, remark);
        const offsetWord = headers.word("offset"), cdpWord = headers.word("cdp");
        for (let trace = 0; trace < block.traces; trace++) {
          if (trace % TRACES_BETWEEN_CHECKS === 0) stopCheck();
          const start = startMs(trace), slowness = slownessAt(headers.get(trace, cdpWord), start);
          move(block.at(trace), headers.get(trace, offsetWord), start, slowness);
        }
      },
    };
  },
});

/**
 * Gives the address of 1 / (v^2 dt^2) for a cdp and a start of the trace. Rows of the functions on both sides and of the
 * last cdp are kept; they depend on nothing but cdp and start, so results do not depend on what was asked before.
 */
function slownessTable(
  kernel: NmoKernel,
  functions: readonly VelocityFunction[],
  { samplesPerTrace, intervalUs }: StepFacts,
  memory: KernelMemory,
): (cdp: number, startMs: number) => number {
  // A multiple of four samples, so that the kernels need no remainder.
  const count = Math.ceil(samplesPerTrace / 4) * 4;
  const row = () => memory.allocate(count * 8);
  const put = (address: number, one: VelocityFunction, startMs: number) => {
    const values = slownessSquared(one, count, intervalUs, startMs);
    new Float64Array(memory.memory.buffer, address, count)
      .set(values.map((value) => value * (1e6 / intervalUs) ** 2));
  };
  const lowerRow = row();
  let held = -1, heldCdp = NaN, heldStartMs = NaN;
  if (functions.length === 1) {
    return (_, startMs) => {
      if (startMs !== heldStartMs) put(lowerRow, functions[0], startMs);
      heldStartMs = startMs;
      return lowerRow;
    };
  }
  const upperRow = row(), mixed = row();
  return (cdp, startMs) => {
    if (cdp === heldCdp && startMs === heldStartMs) return mixed;
    const { lower, weight } = bracket(functions, cdp);
    if (lower !== held || startMs !== heldStartMs) {
      put(lowerRow, functions[lower], startMs);
      put(upperRow, functions[Math.min(lower + 1, functions.length - 1)], startMs);
    }
    held = lower, heldCdp = cdp, heldStartMs = startMs;
    kernel.mix_slowness(mixed, lowerRow, upperRow, weight, count);
    return mixed;
  };
}
