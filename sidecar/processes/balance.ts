/** Runs the process balance. */
import { balance as spec } from "../../src/shared/processes/balance.ts";
import { implement } from "./process.ts";

interface BalanceKernel {
  mean_square(trace: number, samples: number): number;
  mean_absolute(trace: number, samples: number): number;
  largest(trace: number, samples: number): number;
  divide(trace: number, samples: number, level: number): void;
}

export const balance = implement({
  spec,
  kernels: ["balance"],
  prepare({ statistic }, { samplesPerTrace: n }, { memory, stopCheck }) {
    const kernel = memory.load<BalanceKernel>("balance");
    const levels = {
      rms: (trace: number) => Math.sqrt(kernel.mean_square(trace, n)),
      mean: (trace: number) => kernel.mean_absolute(trace, n),
      max: (trace: number) => kernel.largest(trace, n),
    };
    const levelOf = levels[statistic];
    return {
      kind: "in_place",
      apply(block) {
        stopCheck();
        for (let trace = 0; trace < block.traces; trace++) {
          const at = block.at(trace);
          const level = levelOf(at);
          if (level !== 0) kernel.divide(at, n, level);
        }
      },
    };
  },
});
