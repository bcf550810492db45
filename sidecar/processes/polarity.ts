/** Runs the process polarity. */
import { polarity as spec } from "../../src/shared/processes/polarity.ts";
import { implement } from "./process.ts";

interface PolarityKernel {
  reverse(trace: number, samples: number): void;
}

export const polarity = implement({
  spec,
  kernels: ["polarity"],
  prepare({ word: name, values = [] }, { samplesPerTrace: n }, { memory }) {
    const kernel = memory.load<PolarityKernel>("polarity");
    const chosen = new Set(values);
    return {
      kind: "in_place",
      apply(block) {
        const { headers } = block;
        const word = name === undefined ? undefined : headers.word(name);
        for (let trace = 0; trace < block.traces; trace++) {
          if (!word || chosen.has(headers.get(trace, word))) kernel.reverse(block.at(trace), n);
        }
      },
    };
  },
});
