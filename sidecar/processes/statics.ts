/** Runs the process statics. */
import { statics as spec } from "../../src/shared/processes/statics.ts";
import { samplesOfMs } from "../../src/shared/units.ts";
import { SINC_TAPS, sincFilter } from "../kernels/sinc_filters.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { setScaled } from "./header_readers.ts";
import { implement } from "./process.ts";

interface StaticsKernel {
  shift_trace(trace: number, padded: number, samples: number, whole: number, filter: number): void;
  move_trace(trace: number, samples: number, whole: number): void;
}

/** Shifts closer than this to whole samples are moved without a filter, exactly. */
const WHOLE = 1e-6;

export const statics = implement({
  spec,
  kernels: ["statics"],
  prepare({ shiftMs, words = [], direction, updateTstat }, facts, memory, stopCheck) {
    const kernel = memory.load<StaticsKernel>("statics");
    const samples = facts.samplesPerTrace;
    const padded = memory.allocate((samples + 24) * 4);
    const filter = memory.allocate(SINC_TAPS * 4);
    const filterView = new Float32Array(memory.memory.buffer, filter, SINC_TAPS);
    const sign = direction === "apply" ? 1 : -1;

    function shift(trace: number, ms: number): void {
      // The sample that comes to lie at sample 0, limited so that it fits a 32-bit number.
      const wanted = -samplesOfMs(ms, facts.intervalUs);
      const from = Math.max(-samples - 8, Math.min(samples + 8, wanted));
      const nearest = Math.round(from);
      if (Math.abs(from - nearest) < WHOLE) return kernel.move_trace(trace, samples, nearest);
      filterView.set(sincFilter(from - Math.floor(from)));
      kernel.shift_trace(trace, padded, samples, Math.floor(from), filter);
    }

    return {
      kind: "in_place",
      apply(block) {
        const { headers } = block;
        const read = words.map((name) => headers.word(name));
        for (let trace = 0; trace < block.traces; trace++) {
          if (trace % 64 === 0) stopCheck();
          const fromHeader = read.reduce((sum, word) => sum + headers.scaled(trace, word), 0);
          const ms = sign * (shiftMs + fromHeader);
          if (ms === 0) continue;
          shift(block.at(trace), ms);
          if (updateTstat) addToTstat(headers, trace, ms);
        }
      },
    };
  },
});

function addToTstat(headers: HeaderRecords, trace: number, ms: number): void {
  setScaled(headers, trace, "tstat", headers.scaled(trace, headers.word("tstat")) + ms);
}
