/** What a synthetic line is: its size, its geometry, its layers. */

export interface SyntheticLine {
  readonly shots: number;
  readonly channels: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly format: "ibm" | "ieee";
  readonly seed: number;
}

/** The line that demonstrations and benchmarks use: 38,400 traces of 6 s at 4 ms, 240 MB. */
export const BENCHMARK_LINE: SyntheticLine = {
  shots: 320,
  channels: 120,
  samplesPerTrace: 1501,
  intervalUs: 4000,
  format: "ibm",
  seed: 1,
};

export const SURFACE_VELOCITY_MPS = 1700;
export const VELOCITY_GRADIENT_PER_S = 0.5;
export const NEAR_OFFSET_M = 100;
export const GROUP_INTERVAL_M = 25;
/** Largest noise as a part of the strongest reflection. */
export const NOISE_LEVEL = 0.05;

/** Zero-offset times as parts of the record, and reflection strengths. */
export const REFLECTORS = [
  { part: 0.12, strength: 1 },
  { part: 0.25, strength: -0.8 },
  { part: 0.4, strength: 0.7 },
  { part: 0.58, strength: -0.6 },
  { part: 0.8, strength: 0.9 },
] as const;

/** Two-way RMS velocity at zero-offset time t: v0 sqrt((exp(k t) - 1) / (k t)) for v(z) = v0 + k z. */
export function rmsVelocityMps(seconds: number): number {
  const kt = VELOCITY_GRADIENT_PER_S * seconds;
  if (kt === 0) return SURFACE_VELOCITY_MPS;
  return SURFACE_VELOCITY_MPS * Math.sqrt(Math.expm1(kt) / kt);
}
