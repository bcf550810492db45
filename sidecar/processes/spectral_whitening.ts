/** Runs the process spectral_whitening. */
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import { spectralWhitening as spec } from "../../src/shared/processes/spectral_whitening.ts";
import { BIN_BYTES, planRealFft } from "../kernels/fft_plan.ts";
import { eachFour } from "./four_traces.ts";
import { ormsbyGain } from "./ormsby.ts";
import { implement } from "./process.ts";

interface WhiteningKernel {
  whiten(
    traces: number,
    strideBytes: number,
    count: number,
    samples: number,
    plan: number,
    taper: number,
    halfWidth: number,
    firstBin: number,
    lastBin: number,
    noise: number,
    scratch: number,
  ): void;
}

/** A whitening in bins. */
export interface Whitening {
  /** Samples of the padded trace. */
  readonly length: number;
  /** The band with its ramps, a value a bin. */
  readonly taper: ArrayLike<number>;
  /** The running mean takes bins k-h .. k+h. */
  readonly h: number;
  readonly first: number;
  readonly last: number;
  /** Part of the mean amplitude of bins first .. last that is added to the running mean. */
  readonly noise: number;
}

export const spectralWhitening = implement({
  spec,
  kernels: ["spectral_whitening"],
  prepare(parameters, { samplesPerTrace: n, intervalUs }, { memory, stopCheck }) {
    const kernel = memory.load<WhiteningKernel>("spectral_whitening");
    const { address: plan, points } = planRealFft(memory, 2 * n);
    const { taper, h, first, last, noise } = whiteningBins(parameters, points, intervalUs);
    const table = memory.float64(taper);
    const scratch = memory.allocate(2 * (points + 1) * BIN_BYTES);
    return {
      kind: "in_place",
      apply(block) {
        stopCheck();
        eachFour(block, (address, count) => {
          kernel.whiten(address, n * 4, count, n, plan, table, h, first, last, noise, scratch);
        });
      },
    };
  },
});

/** The parameters in bins of a transform of 2 `points` samples. */
export function whiteningBins(
  parameters: ParametersOf<typeof spec>,
  points: number,
  intervalUs: number,
): Whitening {
  const { lowHz, highHz, taperHz, smoothingHz, whiteNoisePercent } = parameters;
  const hzPerBin = 1e6 / (2 * points * intervalUs);
  const first = Math.min(points, Math.ceil(lowHz / hzPerBin));
  const band = [lowHz - taperHz, lowHz, highHz, highHz + taperHz] as const;
  return {
    length: 2 * points,
    taper: Array.from({ length: points + 1 }, (_, bin) => ormsbyGain(bin * hzPerBin, ...band)),
    h: Math.min(points, Math.round(smoothingHz / hzPerBin / 2)),
    first,
    last: Math.max(first, Math.min(points, Math.floor(highHz / hzPerBin))),
    noise: whiteNoisePercent / 100,
  };
}
