/** The process spectral_whitening: flat spectra and its oracle. */
import { expect, test } from "vitest";
import { planRealFft } from "../../sidecar/kernels/fft_plan.ts";
import { binOf } from "../oracles/spectral_filter.ts";
import { whitenTrace } from "../oracles/spectral_whitening.ts";
import { spectralWhitening, whiteningBins } from "../../sidecar/processes/spectral_whitening.ts";
import {
  applyProcess,
  gather,
  growingMemory,
  randomNumbers,
  relativeError,
  sameAlone,
  testSurvey,
  traceOf,
} from "../test_steps.ts";

const noise = randomNumbers(12);
const noisy = gather(64, 250, 4000, () => noise());
const usual = { lowHz: 8, highHz: 80, taperHz: 5, smoothingHz: 10, whiteNoisePercent: 1 };
const whiten = (input = noisy, parameters = usual) => applyProcess(spectralWhitening, parameters, input);

test.each([
  usual,
  { ...usual, smoothingHz: 0.1, whiteNoisePercent: 0 },
  { ...usual, lowHz: 0, highHz: 125, taperHz: 0, smoothingHz: 1000 },
])("the kernel agrees with plain f64 sums: smoothing $smoothingHz Hz", (parameters) => {
  const out = whiten(noisy, parameters);
  const { points } = planRealFft(growingMemory([]), 500);
  for (const trace of [0, 3, 61]) {
    const wanted = whitenTrace(traceOf(noisy, trace), whiteningBins(parameters, points, 4000));
    expect(relativeError(traceOf(out, trace), wanted)).toBeLessThan(2e-6);
  }
});

test("a coloured wavelet gets an even spectrum in the band, none outside, and no phase", () => {
  const n = 1001, middle = 500;
  const wavelet = gather(1, n, 4000, (_, i) => {
    const a = (Math.PI * 30 * (i - middle) * 0.004) ** 2;
    return (1 - 2 * a) * Math.exp(-a);
  });
  const out = whiten(wavelet, { ...usual, highHz: 60, smoothingHz: 2, whiteNoisePercent: 0.1 }).samples;
  const size = (hz: number) => Math.hypot(...binOf(out, 1000, hz * 4));
  for (const hz of [10, 20, 30, 45, 58]) expect(Math.abs(size(hz) / size(35) - 1)).toBeLessThan(0.05);
  for (const hz of [1, 70, 100]) expect(size(hz) / size(35)).toBeLessThan(0.01);
  for (let i = 1; i < 400; i++) expect(Math.abs(out[middle + i] - out[middle - i])).toBeLessThan(1e-5);
});

test("the RMS stays, and the scale of the input goes through, from the least to the largest amplitudes", () => {
  const out = whiten();
  const energy = (x: Float32Array) => x.reduce((sum, value) => sum + value * value, 0);
  expect(energy(traceOf(out, 5)) / energy(traceOf(noisy, 5))).toBeCloseTo(1, 5);
  for (const scale of [-1, 2 ** -90, 2 ** 90]) {
    const scaled = gather(64, 250, 4000, (t, i) => scale * noisy.samples[t * 250 + i]);
    expect(relativeError(whiten(scaled).samples.map((x) => x / scale), out.samples)).toBeLessThan(1e-6);
  }
});

test("what comes later comes out later", () => {
  const placed = (at: number) =>
    whiten(gather(1, 900, 4000, (_, i) => traceOf(noisy, 0)[i - at] ?? 0)).samples;
  expect(relativeError(placed(317).subarray(17), placed(300).subarray(0, 883))).toBeLessThan(1e-3);
});

test("a lone trace has the same bits as in a group, NaN stays in its trace, dead traces stay zero", () => {
  expect(sameAlone(noisy, whiten)).toBe(true);
  const out = whiten(gather(3, 100, 4000, (t, i) => t === 0 ? (i === 5 ? NaN : 1) : (t - 1) * noise()));
  expect(traceOf(out, 1).every((x) => x === 0)).toBe(true);
  expect(traceOf(out, 2).every(Number.isFinite)).toBe(true);
});

test("corners are checked against the data", () => {
  const messages = (lowHz: number, highHz: number) =>
    spectralWhitening.spec.check?.({ ...usual, lowHz, highHz }, testSurvey()).map((problem) =>
      problem.message
    );
  expect(messages(8, 200)).toEqual(["highHz 200 is above Nyquist (125 Hz) of line.sgy"]);
  expect(messages(8, 125)).toEqual([]);
  expect(messages(80, 8)).toEqual(["highHz 8 is not above lowHz 80"]);
});
