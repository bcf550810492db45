/** Runs the process dc_removal. */
import { dcRemoval as spec } from "../../src/shared/processes/dc_removal.ts";
import { liveRange } from "./live_range.ts";
import { implement } from "./process.ts";

interface DcKernel {
  /** Subtracts the mean of samples [first, end) of one trace. */
  remove_mean(address: number, first: number, end: number): void;
  /** Subtracts the median of samples [first, end); `keys` takes as many values. */
  remove_median(address: number, first: number, end: number, keys: number): void;
}

export const dcRemoval = implement({
  spec,
  kernels: ["dc_removal"],
  prepare({ statistic }, { samplesPerTrace }, { memory }) {
    const kernel = memory.load<DcKernel>("dc_removal");
    const keys = memory.allocate((samplesPerTrace + 4) * 4);
    return {
      kind: "in_place",
      apply(block) {
        for (let trace = 0; trace < block.traces; trace++) {
          const { first, end } = liveRange(block.row(trace));
          if (statistic === "median") kernel.remove_median(block.at(trace), first, end, keys);
          else kernel.remove_mean(block.at(trace), first, end);
        }
      },
    };
  },
});
