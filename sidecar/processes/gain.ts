/** Runs the process gain. */
import { gain as spec } from "../../src/shared/processes/gain.ts";
import { gainFactors } from "./gain_factors.ts";
import { implement } from "./process.ts";

interface GainKernel {
  /** Multiplies `count` float32 values by as many factors. */
  multiply_by_table(address: number, factors: number, count: number): void;
}

export const gain = implement({
  spec,
  kernels: ["gain"],
  prepare(law, { samplesPerTrace, intervalUs, startMs }, memory) {
    const kernel = memory.load<GainKernel>("gain");
    const factors = memory.float32(gainFactors(law, samplesPerTrace, intervalUs, startMs));
    return {
      kind: "in_place",
      apply(block) {
        for (let trace = 0; trace < block.traces; trace++) {
          kernel.multiply_by_table(block.at(trace), factors, samplesPerTrace);
        }
      },
    };
  },
});
