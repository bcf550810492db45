/** The process agc: known answers, its oracle, and the reference. */
import { expect, test } from "vitest";
import { agc } from "../../sidecar/processes/agc.ts";
import { agcTrace } from "../oracles/agc.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import { applyProcess, gather, randomNumbers, relativeError, sameAlone, traceOf } from "../test_steps.ts";
import { referenceInput } from "./reference_traces.ts";

const noise = randomNumbers(3);
const noisy = gather(64, 301, 4000, () => noise());
const usual = { windowMs: 500, statistic: "rms" } as const;

test.skipIf(!sharedHas("reference"))("the reference by the definition is met to 1e-7", () => {
  const out = applyProcess(agc, usual, referenceInput());
  expect(relativeError(out.samples, referenceSamples("agc_500ms.f32"))).toBeLessThan(1e-7);
});

test.each(
  [
    { windowMs: 4, statistic: "rms", h: 0 },
    { windowMs: 100, statistic: "rms", h: 12 },
    { windowMs: 250, statistic: "mean", h: 31 },
    { windowMs: 1000, statistic: "rms", h: 125 },
    { windowMs: 99999, statistic: "mean", h: 300 },
  ] as const,
)("the kernel agrees with the oracle: $windowMs ms $statistic", ({ h, ...parameters }) => {
  const out = applyProcess(agc, parameters, noisy);
  for (const trace of [0, 1, 2, 3, 63]) {
    const wanted = agcTrace(traceOf(noisy, trace), h, parameters.statistic);
    expect(relativeError(traceOf(out, trace), wanted)).toBeLessThan(1e-7);
  }
});

test("weak windows after strong ones keep all digits, and amplitudes near the ends of f32 work", () => {
  for (const scale of [1, 1e-30, 1e30]) {
    const steep = gather(
      4,
      1001,
      4000,
      (_, i) => scale * noise() * 10 ** (3 - 12 * Math.abs(i / 1000 - 0.5)),
    );
    const out = applyProcess(agc, { ...usual, windowMs: 80 }, steep);
    const wanted = agcTrace(traceOf(steep, 2), 10, "rms");
    wanted.forEach((x, i) => expect(Math.abs(traceOf(out, 2)[i] - x)).toBeLessThan(1e-6));
  }
});

test("a constant of any size becomes one, and zero stays zero", () => {
  const out = applyProcess(agc, usual, gather(2, 400, 4000, (trace, i) => trace ? 0 : i < 200 ? -7 : 0));
  const first = traceOf(out, 0);
  expect([first[0], first[100], first[137]]).toEqual([-1, -1, -1]);
  expect(first.subarray(200).every((x) => x === 0)).toBe(true);
  expect(traceOf(out, 1).every((x) => x === 0)).toBe(true);
});

test("scaling the input does not change the output, shifting it shifts the output", () => {
  const wavelet = Array.from({ length: 50 }, () => noise());
  const placed = (at: number, scale: number) =>
    applyProcess(agc, usual, gather(1, 600, 4000, (_, i) => scale * (wavelet[i - at] ?? 0))).samples;
  expect(relativeError(placed(250, 1024), placed(250, 1))).toBe(0);
  expect(relativeError(placed(273, 1).subarray(23), placed(250, 1).subarray(0, 577))).toBeLessThan(1e-7);
});

test("a lone trace has the same bits as in a group", () => {
  expect(sameAlone(noisy, (input) => applyProcess(agc, usual, input))).toBe(true);
});

test("NaN stays in its window", () => {
  const input = gather(5, 400, 4000, (trace, i) => trace === 1 && i === 200 ? NaN : 1);
  const out = applyProcess(agc, usual, input);
  out.samples.forEach((x, i) => {
    const far = Math.floor(i / 400) !== 1 || Math.abs(i % 400 - 200) > 62;
    expect(Number.isNaN(x)).toBe(!far);
  });
});
