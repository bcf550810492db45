/** A step that multiplies each frequency of each trace by one complex factor; the traces are padded with zeros. */
import { BIN_BYTES, type FftPlan, planRealFft } from "../kernels/fft_plan.ts";
import { eachFour } from "./four_traces.ts";
import type { Step, StepFacts, StepTools } from "./process.ts";

export interface SpectralFilterKernel {
  filter(
    traces: number,
    strideBytes: number,
    count: number,
    samples: number,
    plan: number,
    gains: number,
    scratch: number,
  ): void;
  fft_real(plan: number, data: number, work: number, samples: number): void;
}

/** Real and imaginary part of the factor of bin 0 .. points; the imaginary parts of the two ends do not count. */
export type Gain = (bin: number) => readonly [number, number];

/** `gainOf` makes the factors when the length of the transform is known; it gets 2 points + 1 bins of scratch. */
export function spectralFilterStep(
  gainOf: (plan: FftPlan, kernel: SpectralFilterKernel, scratch: number) => Gain,
  paddedSamples: number,
  { samplesPerTrace: n }: StepFacts,
  { memory, stopCheck }: StepTools,
): Step {
  const kernel = memory.load<SpectralFilterKernel>("spectral_filter");
  const plan = planRealFft(memory, paddedSamples), { points } = plan;
  const scratch = memory.allocate((2 * points + 1) * BIN_BYTES);
  const gains = memory.float32(gainTable(gainOf(plan, kernel, scratch), points));
  return {
    kind: "in_place",
    apply(block) {
      stopCheck();
      eachFour(
        block,
        (address, count) => kernel.filter(address, n * 4, count, n, plan.address, gains, scratch),
      );
    },
  };
}

function gainTable(gain: Gain, points: number): number[] {
  const table: number[] = [];
  for (let bin = 0; bin <= points; bin++) {
    const [re, im] = gain(bin);
    table.push(re / points, im / points);
  }
  return table;
}
