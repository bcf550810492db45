/** The process ormsby: its response and its oracle. */
import { expect, test } from "vitest";
import { ormsby, ormsbyGain } from "../../sidecar/processes/ormsby.ts";
import { filterBySums } from "../oracles/spectral_filter.ts";
import {
  applyProcess,
  gather,
  randomNumbers,
  relativeError,
  sameAlone,
  testSurvey,
  traceOf,
} from "../test_steps.ts";

const noise = randomNumbers(7);
const noisy = gather(64, 301, 4000, () => noise());
const usual = { f1Hz: 4, f2Hz: 12, f3Hz: 60, f4Hz: 80 };

test("the kernel agrees with plain f64 sums", () => {
  const out = applyProcess(ormsby, usual, noisy), length = 1600;
  for (const trace of [0, 3, 63]) {
    const gain = (bin: number) => [ormsbyGain(bin * 250 / length, 4, 12, 60, 80), 0] as const;
    expect(relativeError(traceOf(out, trace), filterBySums(traceOf(noisy, trace), length, gain)))
      .toBeLessThan(2e-6);
  }
});

test("the response is one between f2 and f3, zero outside f1 and f4, half in the middle of a ramp, without phase", () => {
  const n = 2001, middle = 1000;
  const out = applyProcess(ormsby, usual, gather(1, n, 4000, (_, i) => +(i === middle))).samples;
  for (let i = 1; i <= middle; i++) expect(Math.abs(out[middle - i] - out[middle + i])).toBeLessThan(1e-7);
  for (
    const [hz, wanted] of [[0, 0], [2, 0], [8, 0.5], [15, 1], [40, 1], [58, 1], [70, 0.5], [85, 0], [125, 0]]
  ) {
    const found = out.reduce((sum, x, i) => sum + x * Math.cos(2 * Math.PI * hz * (i - middle) * 0.004), 0);
    expect(Math.abs(found - wanted)).toBeLessThan(2e-5);
  }
});

test("nothing wraps around: a spike at one end leaves the other end as a longer trace has it", () => {
  const spike = (n: number) => applyProcess(ormsby, usual, gather(1, n, 4000, (_, i) => +(i === 0))).samples;
  const short = spike(300), long = spike(3000);
  short.forEach((x, i) => expect(Math.abs(x - long[i])).toBeLessThan(2e-7));
});

test("it is linear and does not move with time", () => {
  const b = gather(64, 301, 4000, () => noise());
  const sum = gather(64, 301, 4000, (t, i) => noisy.samples[t * 301 + i] - 2 * b.samples[t * 301 + i]);
  const [fa, fb, fs] = [noisy, b, sum].map((one) => applyProcess(ormsby, usual, one).samples);
  expect(relativeError(fs, fa.map((x, i) => x - 2 * fb[i]))).toBeLessThan(1e-6);
  const spike = (at: number) =>
    applyProcess(ormsby, usual, gather(1, 500, 4000, (_, i) => +(i === at))).samples;
  expect(relativeError(spike(217).subarray(17), spike(200).subarray(0, 483))).toBeLessThan(1e-6);
});

test("a lone trace has the same bits as in a group, NaN stays in its trace, dead traces stay zero", () => {
  expect(sameAlone(noisy, (input) => applyProcess(ormsby, usual, input))).toBe(true);
  const out = applyProcess(
    ormsby,
    usual,
    gather(3, 100, 4000, (t, i) => t === 0 ? (i === 5 ? NaN : 1) : t - 1),
  );
  expect(traceOf(out, 1).every((x) => x === 0)).toBe(true);
  expect(traceOf(out, 2).every(Number.isFinite)).toBe(true);
});

test("corners must rise and stay at or below Nyquist", () => {
  const messages = (f3Hz: number, f4Hz: number) =>
    ormsby.spec.check?.({ ...usual, f3Hz, f4Hz }, testSurvey()).map((problem) => problem.message);
  expect(messages(60, 200)).toEqual(["f4Hz 200 is above Nyquist (125 Hz) of line.sgy"]);
  expect(messages(60, 125)).toEqual([]);
  expect(messages(10, 80)).toEqual(["f3Hz 10 is not above f2Hz 12"]);
});
