/** Runs the process agc. */
import { agc as spec } from "../../src/shared/processes/agc.ts";
import { samplesOfMs } from "../../src/shared/units.ts";
import { eachFour } from "./four_traces.ts";
import { implement } from "./process.ts";

type Divide = (
  traces: number,
  strideBytes: number,
  count: number,
  samples: number,
  halfWindow: number,
  scratch: number,
) => void;

interface AgcKernel {
  agc_rms: Divide;
  agc_mean: Divide;
}

export const agc = implement({
  spec,
  kernels: ["agc"],
  prepare({ windowMs, statistic }, { samplesPerTrace: n, intervalUs }, { memory, stopCheck }) {
    const kernel = memory.load<AgcKernel>("agc");
    const divide = statistic === "rms" ? kernel.agc_rms : kernel.agc_mean;
    const half = Math.min(n - 1, Math.floor(Math.round(samplesOfMs(windowMs, intervalUs)) / 2));
    const scratch = memory.allocate(32 * n + 32 * (2 * half + 1));
    return {
      kind: "in_place",
      apply(block) {
        stopCheck();
        eachFour(block, (address, count) => divide(address, n * 4, count, n, half, scratch));
      },
    };
  },
});
