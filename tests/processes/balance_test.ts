/** The process balance: known answers, its oracle, and the reference. */
import { expect, test } from "vitest";
import { balance } from "../../sidecar/processes/balance.ts";
import { balanceTrace } from "../oracles/balance.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import { applyProcess, gather, randomNumbers, relativeError, sameAlone, traceOf } from "../test_steps.ts";
import { referenceInput } from "./reference_traces.ts";

const noise = randomNumbers(9);
const noisy = gather(64, 303, 4000, (trace) => 10 ** (trace / 4 - 8) * noise());

test.skipIf(!sharedHas("reference"))("the reference of Seismic Unix is met to 1e-6", () => {
  const out = applyProcess(balance, { statistic: "rms" }, referenceInput());
  expect(relativeError(out.samples, referenceSamples("balance_rms.f32"))).toBeLessThan(1e-6);
});

test.each(["rms", "mean", "max"] as const)("by %s the kernel agrees with the oracle", (statistic) => {
  const out = applyProcess(balance, { statistic }, noisy);
  for (const trace of [0, 1, 63]) {
    expect(relativeError(traceOf(out, trace), balanceTrace(traceOf(noisy, trace), statistic))).toBeLessThan(
      1e-7,
    );
  }
});

test("known answers, and the scale of the input does not matter", () => {
  const known = (
    statistic: "rms" | "mean" | "max",
  ) => [...applyProcess(balance, { statistic }, gather(1, 4, 4000, (_, i) => [1, -7, 5, 5][i])).samples];
  expect(known("rms")).toEqual([0.2, -1.4, 1, 1].map(Math.fround));
  expect(known("mean")).toEqual([1 / 4.5, -7 / 4.5, 5 / 4.5, 5 / 4.5].map(Math.fround));
  expect(known("max")).toEqual([1 / 7, -1, 5 / 7, 5 / 7].map(Math.fround));
  const tiny = applyProcess(balance, { statistic: "rms" }, gather(1, 8, 4000, () => -1e-30)).samples;
  expect([...tiny]).toEqual(Array(8).fill(-1));
});

test.each(["rms", "mean", "max"] as const)(
  "by %s: bits alone as in a group, NaN stays, zero stays",
  (statistic) => {
    expect(sameAlone(noisy, (input) => applyProcess(balance, { statistic }, input))).toBe(true);
    const input = gather(3, 50, 4000, (t, i) => t === 0 ? (i === 5 ? NaN : 1) : t - 1);
    const out = applyProcess(balance, { statistic }, input);
    expect(traceOf(out, 0).every(Number.isNaN)).toBe(true);
    expect([...traceOf(out, 1)]).toEqual(Array(50).fill(0));
    expect([...traceOf(out, 2)]).toEqual(Array(50).fill(1));
  },
);
