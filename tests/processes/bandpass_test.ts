/** The process bandpass: its response, its oracle, and scipy's reference. */
import { expect, test } from "vitest";
import { bandpass } from "../../sidecar/processes/bandpass.ts";
import { bandpassPadding, designBandpass } from "../../sidecar/processes/bandpass_design.ts";
import { bandpassTrace } from "../oracles/bandpass.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import {
  applyProcess,
  gather,
  randomNumbers,
  relativeError,
  sameAlone,
  testSurvey,
  traceOf,
} from "../test_steps.ts";
import { referenceInput } from "./reference_traces.ts";

const noise = randomNumbers(2);
const noisy = gather(64, 301, 4000, () => noise());
const usual = { lowHz: 8, highHz: 60, order: 4 };

test.skipIf(!sharedHas("reference"))("the reference of scipy's sosfiltfilt is met to 1e-6", () => {
  const out = applyProcess(bandpass, usual, referenceInput());
  expect(relativeError(out.samples, referenceSamples("bandpass_8_60_order4.f32"))).toBeLessThan(5e-7);
});

const CASES = [
  { lowHz: 10, highHz: 80, order: 4, intervalUs: 2000 },
  { lowHz: 2, highHz: 80, order: 4, intervalUs: 4000 },
  { lowHz: 0.5, highHz: 20, order: 4, intervalUs: 4000 },
  { lowHz: 1, highHz: 3, order: 10, intervalUs: 1000 },
  { lowHz: 20, highHz: 124, order: 8, intervalUs: 4000 },
  { lowHz: 8, highHz: 60, order: 1, intervalUs: 4000 },
  { lowHz: 8, highHz: 60, order: 3, intervalUs: 4000 },
  { lowHz: 8, highHz: 60, order: 7, intervalUs: 4000 },
  { lowHz: 5, highHz: 100, order: 4, intervalUs: 4000 },
  { lowHz: 1, highHz: 40, order: 4, intervalUs: 4000 },
  { lowHz: 400, highHz: 15000, order: 4, intervalUs: 13 },
];

test.each(CASES)(
  "$lowHz to $highHz Hz of order $order at $intervalUs us agrees with the oracle",
  ({ intervalUs, ...parameters }) => {
    const input = gather(3, 1200, intervalUs, () => noise());
    const out = applyProcess(bandpass, parameters, input);
    const design = designBandpass(parameters.lowHz, parameters.highHz, parameters.order, intervalUs);
    for (let trace = 0; trace < 3; trace++) {
      const wanted = bandpassTrace(traceOf(input, trace), design, bandpassPadding(parameters.order, 1200));
      expect(relativeError(traceOf(out, trace), wanted)).toBeLessThan(1e-6);
    }
  },
);

test("the gain is the squared Butterworth response and the phase is zero", () => {
  const n = 4001, middle = 2000, dt = 0.004;
  const out = applyProcess(bandpass, usual, gather(1, n, 4000, (_, i) => i === middle ? 1 : 0)).samples;
  for (let i = 1; i < 1000; i++) expect(out[middle - i]).toBeCloseTo(out[middle + i], 6);
  const t = (hz: number) => Math.tan(Math.PI * hz * dt);
  for (const hz of [2, 5, 8, 20, 40, 60, 80, 110]) {
    const x = (t(hz) ** 2 - t(8) * t(60)) / (t(hz) * (t(60) - t(8)));
    const wanted = 1 / (1 + x ** 8);
    let found = 0;
    for (let i = 0; i < n; i++) found += out[i] * Math.cos(2 * Math.PI * hz * (i - middle) * dt);
    expect(Math.abs(found - wanted)).toBeLessThan(2e-6);
  }
});

test("a constant is removed to the very ends", () => {
  const out = applyProcess(bandpass, usual, gather(1, 500, 4000, () => 1000));
  expect(Math.max(...out.samples.map(Math.abs))).toBeLessThan(1e-3);
});

test("it is linear and does not move with time", () => {
  const [a, b] = [gather(1, 900, 4000, () => noise()), gather(1, 900, 4000, () => noise())];
  const both = gather(1, 900, 4000, (_, i) => 2 * a.samples[i] - 3 * b.samples[i]);
  const [fa, fb] = [a, b].map((one) => applyProcess(bandpass, usual, one).samples);
  const wanted = fa.map((x, i) => 2 * x - 3 * fb[i]);
  expect(relativeError(applyProcess(bandpass, usual, both).samples, wanted)).toBeLessThan(1e-6);
  const spike = (at: number) =>
    applyProcess(bandpass, usual, gather(1, 2001, 4000, (_, i) => +(i === at))).samples;
  expect(relativeError(spike(1017).subarray(17), spike(1000).subarray(0, 1984))).toBeLessThan(1e-6);
});

test.each([1, 2, 5, 27])("a trace of %i samples is extended by what it has", (samples) => {
  const input = gather(1, samples, 4000, () => noise());
  const wanted = bandpassTrace(input.samples, designBandpass(8, 60, 4, 4000), samples - 1);
  const out = applyProcess(bandpass, usual, input).samples;
  for (let i = 0; i < samples; i++) expect(out[i]).toBeCloseTo(wanted[i], 5);
});

test.each([usual, { ...usual, lowHz: 0.5 }])(
  "a lone trace has the same bits as in a group: $lowHz Hz",
  (parameters) => {
    expect(sameAlone(noisy, (input) => applyProcess(bandpass, parameters, input))).toBe(true);
  },
);

test("NaN stays in its trace, and dead traces stay zero", () => {
  const input = gather(
    5,
    200,
    4000,
    (trace, i) => trace === 1 ? (i === 9 ? NaN : 1) : trace === 3 ? 0 : noise(),
  );
  const out = applyProcess(bandpass, usual, input);
  expect(traceOf(out, 1).some(Number.isNaN)).toBe(true);
  for (const trace of [0, 2, 3, 4]) expect(traceOf(out, trace).every(Number.isFinite)).toBe(true);
  expect(traceOf(out, 3).every((x) => x === 0)).toBe(true);
});

test("corners are checked against the data", () => {
  const messages = (lowHz: number, highHz: number) =>
    bandpass.spec.check?.({ lowHz, highHz, order: 4 }, testSurvey()).map((problem) => problem.message);
  expect(messages(10, 200)).toEqual(["highHz 200 is above Nyquist (125 Hz) of line.sgy"]);
  expect(messages(10, 125)).toEqual(["highHz 125 is at Nyquist (125 Hz) of line.sgy"]);
  expect(messages(60, 20)).toEqual(["highHz 20 is not above lowHz 60"]);
  expect(messages(8, 60)).toEqual([]);
});
