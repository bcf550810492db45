/** The process gain: known answers, its oracle, and the reference. */
import { expect, test } from "vitest";
import { gain } from "../../sidecar/processes/gain.ts";
import { multiplyByTable } from "../oracles/gain.ts";
import { gainFactors } from "../../sidecar/processes/gain_factors.ts";
import { gain as spec } from "../../src/shared/processes/gain.ts";
import { referenceInput } from "../reference_data.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import { applyProcess, gather, randomNumbers, relativeError, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const noise = randomNumbers(2);
const noisy = gather(5, 103, 4000, () => noise());
const plain = { scale: 1, timePower: 0, expPerSecond: 0 };

test("without a law the data stay as they are", () => {
  expect(applyProcess(gain, plain, noisy).samples).toEqual(noisy.samples);
});

test("ones become the law itself, from time zero on", () => {
  const ones = setWord(gather(1, 101, 4000, () => 1), "delrt", () => 100);
  const out = applyProcess(gain, { scale: 3, timePower: 1.5, expPerSecond: 2 }, ones);
  for (const i of [0, 50, 100]) {
    const t = 0.1 + i * 0.004;
    expect(out.samples[i]).toBeCloseTo(3 * t ** 1.5 * Math.exp(2 * t), 5);
  }
});

test("the kernel agrees with the oracle", () => {
  const law = { scale: -2, timePower: 1.7, expPerSecond: 0.3 };
  const out = applyProcess(gain, law, noisy);
  const factors = gainFactors(law, 103, 4000, 0);
  for (let trace = 0; trace < 5; trace++) {
    const row = noisy.samples.subarray(trace * 103, (trace + 1) * 103);
    const found = out.samples.subarray(trace * 103, (trace + 1) * 103);
    expect(relativeError(found, multiplyByTable(row, factors))).toBeLessThan(1e-7);
  }
});

test("a negative power is finite at time zero and its inverse elsewhere", () => {
  const up = applyProcess(gain, { ...plain, timePower: 2 }, noisy);
  const back = applyProcess(gain, { ...plain, timePower: -2 }, up);
  expect(back.samples.every(Number.isFinite)).toBe(true);
  expect(relativeError(back.samples.subarray(1, 103), noisy.samples.subarray(1, 103))).toBeLessThan(1e-6);
});

test("what is not a number stays in its sample", () => {
  const hurt = gather(1, 20, 4000, (_, i) => i === 7 ? NaN : 1);
  const out = applyProcess(gain, { ...plain, scale: 2 }, hurt);
  expect([...out.samples].map((x, i) => i === 7 ? Number.isNaN(x) : x === 2)).toEqual(Array(20).fill(true));
});

test("a power of time is refused where the data begin before time zero", () => {
  const survey = { ...SURVEY, startMs: -200 };
  expect(spec.check?.({ ...plain, timePower: 2 }, survey)).toEqual([{
    parameter: "timePower",
    message: "timePower 2 has no meaning before time zero, and line.sgy starts at -200 ms",
  }]);
  expect(spec.check?.(plain, survey)).toEqual([]);
});

test.runIf(sharedHas("reference"))("time squared agrees with Seismic Unix sugain tpow=2", () => {
  const out = applyProcess(gain, { ...plain, timePower: 2 }, referenceInput(192));
  expect(relativeError(out.samples, referenceSamples("gain_tpower2.f32"))).toBeLessThan(1e-6);
});
