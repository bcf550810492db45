/** Runs the process bandpass: where its recursive filter starts, and how far traces are extended. */
import { bandpass as spec } from "../../src/shared/processes/bandpass.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { bandpassPadding, designBandpass, kernelCoefficients } from "./bandpass_design.ts";
import { eachFour } from "./four_traces.ts";
import { implement } from "./process.ts";

type Filter = (
  traces: number,
  strideBytes: number,
  count: number,
  samples: number,
  padding: number,
  table: number,
  sections: number,
  gain: number,
  scratch: number,
) => void;

interface BandpassKernel {
  bandpass_f32: Filter;
  bandpass_f64: Filter;
}

/** Largest relative error of the f32 filter on white noise with which it is taken. */
const F32_TOLERANCE = 7e-7;
/** Below this factor small amplitudes would leave the range of f32 inside the cascade. */
const F32_SMALLEST_GAIN = 1e-9;
const TRIAL_SAMPLES = 1000;

export const bandpass = implement({
  spec,
  kernels: ["bandpass"],
  prepare({ lowHz, highHz, order }, { samplesPerTrace: n, intervalUs }, { memory, stopCheck }) {
    const kernel = memory.load<BandpassKernel>("bandpass");
    const { table, gain } = kernelCoefficients(designBandpass(lowHz, highHz, order, intervalUs));
    const coefficients = memory.float64(table);
    const padding = bandpassPadding(order, n);
    const longest = Math.max(n + 2 * padding, TRIAL_SAMPLES + 2 * bandpassPadding(order, TRIAL_SAMPLES));
    const scratch = memory.allocate(48 * longest);
    const trial = (filter: Filter) => filterNoise(filter, coefficients, order, gain, memory, scratch);
    const exact = gain >= F32_SMALLEST_GAIN &&
      relativeDifference(trial(kernel.bandpass_f32), trial(kernel.bandpass_f64)) <= F32_TOLERANCE;
    const filter = exact ? kernel.bandpass_f32 : kernel.bandpass_f64;
    return {
      kind: "in_place",
      apply(block) {
        stopCheck();
        eachFour(block, (address, count) => {
          filter(address, n * 4, count, n, padding, coefficients, order, gain, scratch);
        });
      },
    };
  },
});

/** White noise through the filter; the choice between f32 and f64 rests on it, so on the parameters alone. */
function filterNoise(
  filter: Filter,
  coefficients: number,
  order: number,
  gain: number,
  memory: KernelMemory,
  scratch: number,
): Float32Array {
  const n = TRIAL_SAMPLES;
  const address = memory.float32(whiteNoise(n));
  const noise = new Float32Array(memory.memory.buffer, address, n);
  const padding = bandpassPadding(order, n);
  filter(address, n * 4, 1, n, padding, coefficients, order, gain, scratch);
  return noise;
}

/** Numbers in [-1, 1) from a linear congruential generator (Numerical Recipes, section 7.1). */
function whiteNoise(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2147483648 - 1;
  });
}

function relativeDifference(found: Float32Array, wanted: Float32Array): number {
  let difference = 0, norm = 0;
  for (let i = 0; i < wanted.length; i++) {
    difference += (found[i] - wanted[i]) ** 2;
    norm += wanted[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}
