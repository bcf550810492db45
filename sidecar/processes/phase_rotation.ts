/** Runs the process phase_rotation. */
import { phaseRotation as spec } from "../../src/shared/processes/phase_rotation.ts";
import type { FftPlan } from "../kernels/fft_plan.ts";
import { implement } from "./process.ts";
import { type Gain, type SpectralFilterKernel, spectralFilterStep } from "./spectral_filter.ts";

export const phaseRotation = implement({
  spec,
  kernels: ["spectral_filter"],
  prepare({ phaseDegrees }, facts, tools) {
    const [cosine, sine] = turn(phaseDegrees);
    const n = facts.samplesPerTrace;
    const gainOf = (plan: FftPlan, kernel: SpectralFilterKernel, scratch: number): Gain => {
      const lanes = new Float32Array(tools.memory.memory.buffer, scratch, (plan.points + 1) * 8);
      const hilbert = hilbertSpectrum(plan, kernel, lanes, n);
      return (bin) => [cosine, -sine * hilbert[bin]];
    };
    return spectralFilterStep(gainOf, 2 * n, facts, tools);
  },
});

/**
 * Imaginary part of the spectrum of the Hilbert operator 2 / (pi m), m odd, over all lags that a trace of n samples has.
 * So the result is that of an endless padding, whatever the length of the transform.
 */
function hilbertSpectrum(
  { address, points }: FftPlan,
  kernel: SpectralFilterKernel,
  lanes: Float32Array,
  n: number,
): Float32Array {
  lanes.fill(0);
  for (let lag = 1; lag < n; lag += 2) {
    lanes[lag * 4] = 2 / (Math.PI * lag);
    lanes[(2 * points - lag) * 4] = -2 / (Math.PI * lag);
  }
  kernel.fft_real(address, lanes.byteOffset, lanes.byteOffset + lanes.byteLength, 2 * points);
  return Float32Array.from({ length: points + 1 }, (_, bin) => lanes[bin * 8 + 4]);
}

/** Cosine and sine, exact at quarter turns. */
function turn(degrees: number): [number, number] {
  const quarter = ((degrees / 90) % 4 + 4) % 4;
  if (Number.isInteger(quarter)) return [[1, 0, -1, 0][quarter], [0, 1, 0, -1][quarter]];
  const angle = degrees * Math.PI / 180;
  return [Math.cos(angle), Math.sin(angle)];
}
