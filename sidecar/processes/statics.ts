/** Runs the process statics. */
import { statics as spec } from "../../src/shared/processes/statics.ts";
import { samplesOfMs } from "../../src/shared/units.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { SINC_TAPS, sincFilter } from "../kernels/sinc_filters.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { scaledReader, setScaled } from "./header_readers.ts";
import { implement, type TellRemark } from "./process.ts";

interface StaticsKernel {
  shift_trace(trace: number, padded: number, samples: number, whole: number, filter: number): void;
  move_trace(trace: number, samples: number, whole: number): void;
}

/** Shifts closer than this to whole samples are moved without a filter, exactly. */
const WHOLE = 1e-6;

/** Smaller than any shift that matters, and greater than errors of rounding. */
const LEAST_LOSS_MS = 1e-9;

export const statics = implement({
  spec,
  kernels: ["statics"],
  prepare({ shiftMs, words = [], direction, updateTstat }, facts, { memory, stopCheck, remark }) {
    const kernel = memory.load<StaticsKernel>("statics");
    const samples = facts.samplesPerTrace;
    const padded = memory.allocate((samples + 24) * 4);
    const filterOf = filterTable(memory);
    const sign = direction === "apply" ? 1 : -1;

    function shift(trace: number, ms: number): void {
      // The sample that comes to lie at sample 0, limited so that it fits a 32-bit number.
      const wanted = -samplesOfMs(ms, facts.intervalUs);
      const from = Math.max(-samples - 8, Math.min(samples + 8, wanted));
      const nearest = Math.round(from);
      if (Math.abs(from - nearest) < WHOLE) return kernel.move_trace(trace, samples, nearest);
      const before = Math.floor(from);
      kernel.shift_trace(trace, padded, samples, before, filterOf(from - before));
    }

    return {
      kind: "in_place",
      apply(block) {
        const { headers } = block;
        const read = words.map((name) => scaledReader(headers, name, remark));
        const tstat = scaledReader(headers, "tstat", remark);
        for (let trace = 0; trace < block.traces; trace++) {
          if (trace % 64 === 0) stopCheck();
          const fromHeader = read.reduce((sum, value) => sum + value(trace), 0);
          const ms = sign * (shiftMs + fromHeader);
          if (ms === 0) continue;
          shift(block.at(trace), ms);
          if (updateTstat) setTstat(headers, trace, tstat(trace) + ms, remark);
        }
      },
    };
  },
});

/** Filters that are kept: shifts are told in whole or tenths of milliseconds, so few differ. */
const KEPT_FILTERS = 256;

/** Gives the address of the filter of a fraction; those of the last fractions are kept. */
function filterTable(memory: KernelMemory): (fraction: number) => number {
  const table = memory.allocate(KEPT_FILTERS * SINC_TAPS * 4);
  const kept = new Map<number, number>();
  return (fraction) => {
    const known = kept.get(fraction);
    if (known !== undefined) return known;
    if (kept.size === KEPT_FILTERS) kept.clear();
    const address = table + kept.size * SINC_TAPS * 4;
    new Float32Array(memory.memory.buffer, address, SINC_TAPS).set(sincFilter(fraction));
    kept.set(fraction, address);
    return address;
  };
}

/** What is lost of a total shift that tstat, a whole number, cannot tell. */
function setTstat(headers: HeaderRecords, trace: number, totalMs: number, remark: TellRemark): void {
  setScaled(headers, trace, "tstat", totalMs);
  const word = headers.word("tstat");
  const lostMs = totalMs - headers.scaled(trace, word);
  if (Math.abs(lostMs) > LEAST_LOSS_MS) remark({ kind: "static_remainder", ms: lostMs });
}
