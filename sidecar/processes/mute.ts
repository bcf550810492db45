/** Runs the process mute. */
import { mute as spec } from "../../src/shared/processes/mute.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import { startReader } from "./header_readers.ts";
import { muteTimeMs, taperFactor } from "./mute_taper.ts";
import { implement } from "./process.ts";

/** Only zeroed runs and short ramps: plain TypeScript is as fast as memory here. */
export const mute = implement({
  spec,
  kernels: [],
  prepare(parameters, facts, { remark }) {
    const { kind, taperMs } = parameters;
    const { samplesPerTrace } = facts;
    const intervalMs = facts.intervalUs / 1000;
    const metres = facts.lengthUnit === "ft" ? METRES_PER_FOOT : 1;
    const clamp = (sample: number) => Math.max(0, Math.min(samplesPerTrace, sample));

    /** Times count from the first sample of the trace. */
    function muteTop(row: Float32Array, timeMs: number): void {
      const first = clamp(Math.ceil(timeMs / intervalMs - 1e-9));
      const full = clamp(Math.ceil((timeMs + taperMs) / intervalMs - 1e-9));
      row.fill(0, 0, first);
      for (let i = first; i < full; i++) row[i] *= taperFactor(i * intervalMs - timeMs, taperMs);
    }

    function muteBottom(row: Float32Array, timeMs: number): void {
      const end = clamp(Math.floor(timeMs / intervalMs + 1e-9) + 1);
      const full = clamp(Math.floor((timeMs - taperMs) / intervalMs + 1e-9) + 1);
      row.fill(0, end);
      for (let i = full; i < end; i++) row[i] *= taperFactor(timeMs - i * intervalMs, taperMs);
    }

    return {
      kind: "in_place",
      apply(block) {
        const { headers } = block, offset = headers.word("offset"), startMs = startReader(headers, remark);
        for (let trace = 0; trace < block.traces; trace++) {
          const row = block.row(trace);
          const offsetM = Math.abs(headers.get(trace, offset)) * metres;
          const timeMs = muteTimeMs(parameters, offsetM) - startMs(trace);
          if (kind === "top") muteTop(row, timeMs);
          else muteBottom(row, timeMs);
        }
      },
    };
  },
});
