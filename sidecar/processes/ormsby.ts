/** Runs the process ormsby. */
import { ormsby as spec } from "../../src/shared/processes/ormsby.ts";
import type { FftPlan } from "../kernels/fft_plan.ts";
import { implement } from "./process.ts";
import { type Gain, spectralFilterStep } from "./spectral_filter.ts";

/** The response of squared-sine ramps is down to a millionth after this many periods of the narrowest ramp's width. */
const RESPONSE_RAMPS = 20;
/** Narrow ramps ring longer than any trace; more padding than this many traces buys nothing that matters. */
const MOST_PADDING = 7;

export const ormsby = implement({
  spec,
  kernels: ["spectral_filter"],
  prepare({ f1Hz, f2Hz, f3Hz, f4Hz }, facts, tools) {
    const n = facts.samplesPerTrace;
    const ringing = RESPONSE_RAMPS / Math.min(f2Hz - f1Hz, f4Hz - f3Hz) * 1e6 / facts.intervalUs;
    const padding = Math.ceil(Math.min(MOST_PADDING * n, Math.max(n, ringing)));
    const gainOf = ({ points }: FftPlan): Gain => (bin) => {
      const hz = bin * 1e6 / (2 * points * facts.intervalUs);
      return [ormsbyGain(hz, f1Hz, f2Hz, f3Hz, f4Hz), 0];
    };
    return spectralFilterStep(gainOf, n + padding, facts, tools);
  },
});

export function ormsbyGain(hz: number, f1: number, f2: number, f3: number, f4: number): number {
  if (hz <= f1 || hz >= f4) return 0;
  if (hz < f2) return Math.sin(Math.PI / 2 * (hz - f1) / (f2 - f1)) ** 2;
  return hz <= f3 ? 1 : Math.cos(Math.PI / 2 * (hz - f3) / (f4 - f3)) ** 2;
}
