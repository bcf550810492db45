/** The process stack: live samples, weights, headers, and its oracles. */
import { describe, expect, test } from "vitest";
import { medianStack, weightedMean } from "../oracles/stack.ts";
import { stack } from "../../sidecar/processes/stack.ts";
import { stack as spec } from "../../src/shared/processes/stack.ts";
import { applyProcess, gather, randomNumbers, relativeError, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const mean = { key: "cdp", method: "mean", minFold: 1, weight: "energy", weightPower: 1 } as const;
const median = { ...mean, method: "median" } as const;
const weighted = { ...mean, method: "weighted" } as const;

test("equal traces stack to themselves, and the fold is told", () => {
  const line = setWord(gather(6, 51, 4000, (_, i) => Math.sin(i) + 2), "offset", (trace) => 100 * trace + 50);
  const out = applyProcess(stack, mean, line);
  expect(out.traces).toBe(1);
  expect(relativeError(out.samples, line.samples.subarray(0, 51))).toBeLessThan(1e-7);
  expect(out.headers.get(0, out.headers.word("nhs"))).toBe(6);
  expect(out.headers.get(0, out.headers.word("offset"))).toBe(0);
});

test("noise goes down with the square root of the fold", () => {
  const noise = randomNumbers(7);
  const out = applyProcess(stack, mean, gather(100, 2000, 4000, () => noise()));
  const rms = Math.sqrt(out.samples.reduce((sum, x) => sum + x * x, 0) / 2000);
  expect(rms).toBeGreaterThan(0.9 * Math.sqrt(1 / 3) / 10);
  expect(rms).toBeLessThan(1.1 * Math.sqrt(1 / 3) / 10);
});

test("muted samples do not count", () => {
  const line = gather(3, 9, 4000, (trace, i) => i < trace * 3 ? 0 : trace + 1);
  expect([...applyProcess(stack, mean, line).samples]).toEqual([1, 1, 1, 1.5, 1.5, 1.5, 2, 2, 2]);
  expect([...applyProcess(stack, median, line).samples]).toEqual([1, 1, 1, 1.5, 1.5, 1.5, 2, 2, 2]);
});

test("samples below the least fold become zero", () => {
  const line = gather(3, 9, 4000, (trace, i) => i < trace * 3 ? 0 : trace + 1);
  for (const method of [mean, median, weighted]) {
    const out = applyProcess(stack, { ...method, minFold: 2 }, line).samples;
    expect([...out].map((x) => x === 0)).toEqual([...Array(9).keys()].map((i) => i < 3));
  }
});

test("dead traces are not counted and do not give the output their trace code", () => {
  const line = gather(4, 20, 4000, (trace) => trace === 0 ? 0 : 3);
  setWord(line, "trid", (trace) => trace === 0 ? 2 : 1);
  const out = applyProcess(stack, mean, line);
  expect(out.headers.get(0, out.headers.word("nhs"))).toBe(3);
  expect(out.headers.get(0, out.headers.word("trid"))).toBe(1);
  expect([...out.samples]).toEqual(Array(20).fill(3));
});

test("a gather of dead traces stacks to zeros with fold zero", () => {
  for (const method of [mean, median, weighted]) {
    const out = applyProcess(stack, method, gather(4, 20, 4000));
    expect([...out.samples]).toEqual(Array(20).fill(0));
    expect(out.headers.get(0, out.headers.word("nhs"))).toBe(0);
  }
});

describe.each([1, 2, 3, 5, 17, 48, 64, 101])("with %i traces", (traces) => {
  const noise = randomNumbers(traces);
  const line = gather(traces, 103, 4000, () => noise() < -0.4 ? 0 : noise());

  test("the mean agrees with the oracle", () => {
    const wanted = weightedMean(line.samples, Array(traces).fill(1), 103, 1);
    expect(relativeError(applyProcess(stack, mean, line).samples, wanted)).toBeLessThan(1e-6);
  });

  test("the median agrees with its oracle", () => {
    const wanted = medianStack(line.samples, traces, 103, 1);
    expect(relativeError(applyProcess(stack, median, line).samples, wanted)).toBeLessThan(1e-7);
  });
});

test("a median is not moved by one wild trace", () => {
  const line = gather(5, 10, 4000, (trace) => trace === 2 ? 1e9 : 1);
  expect([...applyProcess(stack, median, line).samples]).toEqual(Array(10).fill(1));
});

test("energy weights take a noisy trace down by its power", () => {
  const line = gather(2, 40, 4000, (trace, i) => trace === 0 ? (i % 2 ? 1 : 2) : (i % 2 ? -10 : 10));
  const out = applyProcess(stack, weighted, line).samples;
  const weights = [1 / 2.5, 1 / 100];
  expect(relativeError(out, weightedMean(line.samples, weights, 40, 1))).toBeLessThan(1e-6);
});

test("offset weights are powers of the offset", () => {
  const line = setWord(gather(2, 8, 4000, (trace) => trace + 1), "offset", (trace) => trace ? -300 : 100);
  const out = applyProcess(stack, { ...weighted, weight: "offset", weightPower: 2 }, line).samples;
  expect(out[0]).toBeCloseTo((1 * 1 + 2 * 9) / 10, 6);
});

test("what is not a number stays in its sample", () => {
  const line = gather(3, 12, 4000, (trace, i) => trace === 1 && i === 5 ? NaN : 1);
  for (const method of [mean, median, weighted]) {
    const out = [...applyProcess(stack, method, line).samples];
    expect(out.map(Number.isNaN)).toEqual([...Array(12).keys()].map((i) => i === 5));
  }
});

test("the gathers are those of the key, which must be a header word", () => {
  expect(spec.gatherKey?.({ ...mean, key: "iline" })).toBe("iline");
  expect(spec.check?.({ ...mean, key: "cdpp" }, SURVEY)).toEqual([{
    parameter: "key",
    message: "key cdpp is not a header word of line.sgy (did you mean cdp?)",
  }]);
  expect(spec.check?.({ ...mean, key: "CMP" }, SURVEY)).toEqual([]);
});

test.each([1e-30, 1e-15, 1, 1e15, 1e30])(
  "energy weights neither vanish nor overflow at amplitudes of %d",
  (scale) => {
    const line = gather(3, 40, 4000, (trace, i) => (trace + 1) * (i % 2 ? 1 : -1));
    const scaled = { ...line, samples: line.samples.map((x) => x * scale) };
    for (const weightPower of [0, 1, 10]) {
      const weights = [0, 1, 2].map((trace) => (trace + 1) ** (-2 * weightPower));
      const wanted = weightedMean(line.samples, weights, 40, 1).map((x) => x * scale);
      const out = applyProcess(stack, { ...weighted, weightPower }, scaled).samples;
      expect(relativeError(out.map((x) => x / scale), wanted.map((x) => x / scale))).toBeLessThan(1e-6);
    }
  },
);

test("a trace whose weight vanishes beside others still counts where it is alone", () => {
  const line = gather(2, 8, 4000, (trace, i) => trace === 0 ? (i < 4 ? 1e-30 : 0) : 1e30);
  const out = applyProcess(stack, { ...weighted, weightPower: 10 }, line).samples;
  expect([...out]).toEqual([...Array(4).fill(Math.fround(1e-30)), ...Array(4).fill(Math.fround(1e30))]);
});
