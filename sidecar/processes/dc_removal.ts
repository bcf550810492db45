/** Runs the process dc_removal. */
import { dcRemoval as spec } from "../../src/shared/processes/dc_removal.ts";
import { liveRange } from "./live_range.ts";
import { implement } from "./process.ts";

interface DcKernel {
  /** Subtracts the mean of samples [first, end) of one trace. */
  remove_mean(address: number, first: number, end: number): void;
}

export const dcRemoval = implement({
  spec,
  kernels: ["dc_removal"],
  prepare({ statistic }, _facts, { memory }) {
    const kernel = memory.load<DcKernel>("dc_removal");
    return {
      kind: "in_place",
      apply(block) {
        for (let trace = 0; trace < block.traces; trace++) {
          const row = block.row(trace);
          const { first, end } = liveRange(row);
          if (statistic === "median") removeMedian(row.subarray(first, end));
          else kernel.remove_mean(block.at(trace), first, end);
        }
      },
    };
  },
});

function removeMedian(live: Float32Array): void {
  if (live.length === 0) return;
  const sorted = Float64Array.from(live).sort();
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  for (let i = 0; i < live.length; i++) live[i] -= median;
}
