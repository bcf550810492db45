/** The process deconvolution: known answers, its oracle, and Seismic Unix. */
import { describe, expect, test } from "vitest";
import { predictionError } from "../oracles/deconvolution.ts";
import { deconvolution } from "../../sidecar/processes/deconvolution.ts";
import { deconvolution as spec } from "../../src/shared/processes/deconvolution.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { referenceInput } from "../reference_data.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import { applyProcess, type Gather, gather, randomNumbers, relativeError } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const predictive = { kind: "predictive", gapMs: 20, operatorMs: 200, whiteNoisePercent: 0.1 } as const;
const spiking = { ...predictive, kind: "spiking" } as const;

function row(from: Gather, trace: number): Float32Array {
  return from.samples.subarray(trace * from.samplesPerTrace, (trace + 1) * from.samplesPerTrace);
}

const noise = randomNumbers(8);
const noisy = gather(7, 301, 4000, (_, i) => noise() + Math.sin(i / 3));

test("a minimum-phase wavelet becomes a spike", () => {
  // Wavelet 1 / (1 - 0.8 z): its prediction error is the spike it began with.
  const line = gather(1, 301, 4000, (_, i) => i < 50 ? 0 : 0.8 ** (i - 50));
  const out = applyProcess(deconvolution, { ...spiking, whiteNoisePercent: 0 }, line).samples;
  for (let i = 0; i < 301; i++) expect(out[i]).toBeCloseTo(i === 50 ? 1 : 0, 5);
});

test("a reverberation is removed and the primary stays", () => {
  // Water layer of 25 samples: every bounce turns the polarity and loses half of the amplitude.
  const wavelet = [1, 0.5, -0.3];
  const line = gather(1, 401, 4000, (_, i) => {
    const bounce = Math.floor((i - 40) / 25), k = i - 40 - bounce * 25;
    return i >= 40 && k < 3 ? wavelet[k] * (-0.5) ** bounce : 0;
  });
  const out = applyProcess(
    deconvolution,
    { ...predictive, gapMs: 96, operatorMs: 104, whiteNoisePercent: 0 },
    line,
  )
    .samples;
  expect([...out.subarray(40, 43)]).toEqual([...line.samples.subarray(40, 43)]);
  expect(Math.max(...out.subarray(60).map(Math.abs))).toBeLessThan(0.01);
});

describe.each([
  ["predictive", predictive],
  ["spiking", spiking],
  ["a single lag", { ...predictive, gapMs: 40, operatorMs: 40 }],
  ["the longest operator", { ...predictive, operatorMs: 1200 }],
  ["a window", { ...predictive, window: { startMs: 100, endMs: 900 } }],
])("%s", (_, parameters) => {
  test("agrees with the oracle", () => {
    const window = "window" in parameters ? { first: 25, end: 226 } : { first: 0, end: 301 };
    const design = {
      gap: parameters.kind === "spiking" ? 1 : parameters.gapMs / 4,
      lastLag: parameters.operatorMs / 4,
      whitened: 1.001,
      ...window,
    };
    const out = applyProcess(deconvolution, parameters, noisy);
    for (let trace = 0; trace < noisy.traces; trace++) {
      expect(relativeError(row(out, trace), predictionError(row(noisy, trace), design))).toBeLessThan(1e-5);
    }
  });
});

test("a trace gets the same bits alone and in company", () => {
  const together = applyProcess(deconvolution, predictive, noisy);
  for (let trace = 0; trace < noisy.traces; trace++) {
    const lone = gather(1, 301, 4000, (_, i) => row(noisy, trace)[i]);
    expect(applyProcess(deconvolution, predictive, lone).samples).toEqual(row(together, trace));
  }
});

test("amplitudes of any size scale through", () => {
  const plain = applyProcess(deconvolution, predictive, noisy).samples;
  for (const power of [-90, 90]) {
    const scaled = gather(7, 301, 4000, (trace, i) => row(noisy, trace)[i] * 2 ** power);
    const out = applyProcess(deconvolution, predictive, scaled).samples;
    expect(out.map((x) => x / 2 ** power)).toEqual(plain);
  }
});

test("a later arrival gives a later answer", () => {
  const at = (shift: number) =>
    gather(1, 401, 4000, (_, i) => {
      const k = i - 60 - shift;
      return k >= 0 && k < 200 ? Math.sin(k * 0.7) * 0.97 ** k : 0;
    });
  const early = applyProcess(deconvolution, predictive, at(0)).samples;
  const late = applyProcess(deconvolution, predictive, at(24)).samples;
  expect(relativeError(late.subarray(84, 384), early.subarray(60, 360))).toBeLessThan(1e-5);
});

test("zeros stay zeros, in dead traces and before the first arrival", () => {
  const line = gather(5, 301, 4000, (trace, i) => trace === 2 || i < 80 ? 0 : noise());
  const out = applyProcess(deconvolution, predictive, line);
  expect(row(out, 2).every((x) => x === 0)).toBe(true);
  for (let trace = 0; trace < 5; trace++) {
    expect(row(out, trace).subarray(0, 80).every((x) => x === 0)).toBe(true);
  }
});

test("what is not a number stays within its trace", () => {
  const clean = applyProcess(deconvolution, predictive, noisy);
  const hurt = gather(7, 301, 4000, (trace, i) => trace === 1 && i === 100 ? NaN : row(noisy, trace)[i]);
  const out = applyProcess(deconvolution, predictive, hurt);
  for (const trace of [0, 2, 3, 4, 5, 6]) expect(row(out, trace)).toEqual(row(clean, trace));
  expect(row(out, 1).some(Number.isNaN)).toBe(true);
});

describe("checks against the data", () => {
  test.each([
    [{ ...predictive, gapMs: 1 }, "gapMs 1 is below one sample (4 ms) of line.sgy"],
    [{ ...predictive, operatorMs: 12 }, "operatorMs 12 is below gapMs 20"],
    [{ ...predictive, operatorMs: 1004 }, "operatorMs 1004 is longer than the traces (1000 ms) of line.sgy"],
    [
      { ...predictive, window: { startMs: 0, endMs: 1500 } },
      "window 0 to 1500 ms is not within the traces (0 to 1000 ms) of line.sgy",
    ],
    [
      { ...predictive, window: { startMs: 0, endMs: 150 } },
      "window 0 to 150 ms is not longer than operatorMs 200",
    ],
  ])("%j", (parameters, message) => {
    expect(spec.check?.(parameters, SURVEY).map((one) => one.message)).toEqual([message]);
  });

  test("fitting parameters raise nothing", () => {
    expect(spec.check?.(predictive, SURVEY)).toEqual([]);
    expect(spec.check?.(spiking, SURVEY)).toEqual([]);
  });
});

test("the window is read from an object or a pair", () => {
  const window = { startMs: 100, endMs: 900 };
  expect(parseParameters(spec, { window }, "here").window).toEqual(window);
  expect(parseParameters(spec, { window: [100, 900] }, "here").window).toEqual(window);
  expect(() => parseParameters(spec, { window: [900, 100] }, "here")).toThrow("start before the end");
});

test.runIf(sharedHas("reference"))("predictive agrees with Seismic Unix supef", () => {
  const out = applyProcess(deconvolution, predictive, referenceInput(192));
  expect(relativeError(out.samples, referenceSamples("predictive_decon_gap20_op200.f32"))).toBeLessThan(2e-4);
});
