/** The process dc_removal: known answers and its oracle. */
import { expect, test } from "vitest";
import { dcRemoval } from "../../sidecar/processes/dc_removal.ts";
import { removeMean, removeMedian } from "../oracles/dc_removal.ts";
import { liveRange } from "../../sidecar/processes/live_range.ts";
import { applyProcess, gather, randomNumbers, relativeError, traceOf } from "../test_steps.ts";

const noise = randomNumbers(1);
const noisy = gather(5, 101, 4000, () => 3 + noise());

test("the mean of every trace is zero afterwards", () => {
  const out = applyProcess(dcRemoval, { statistic: "mean" }, noisy);
  for (let trace = 0; trace < 5; trace++) {
    const row = out.samples.subarray(trace * 101, (trace + 1) * 101);
    expect(Math.abs(row.reduce((sum, x) => sum + x, 0) / 101)).toBeLessThan(1e-6);
  }
});

test("the kernel agrees with the oracle", () => {
  const out = applyProcess(dcRemoval, { statistic: "mean" }, noisy);
  const wanted = removeMean(noisy.samples.subarray(0, 101), 0, 101);
  expect(relativeError(out.samples.subarray(0, 101), wanted)).toBeLessThan(1e-7);
});

test("the mean of every length agrees with the oracle", () => {
  for (let samples = 1; samples < 40; samples++) {
    const noise = randomNumbers(samples), line = gather(1, samples, 4000, () => 100 + noise());
    const wanted = removeMean(line.samples, 0, samples);
    expect(relativeError(applyProcess(dcRemoval, { statistic: "mean" }, line).samples, wanted)).toBeLessThan(
      1e-6,
    );
  }
});

test("a muted top stays muted and does not count", () => {
  const muted = gather(1, 100, 4000, (_, i) => i < 40 ? 0 : i % 2 ? 1 : 3);
  const out = applyProcess(dcRemoval, { statistic: "mean" }, muted);
  expect([...out.samples.subarray(0, 40)]).toEqual(Array(40).fill(0));
  expect([...out.samples.subarray(40, 42)]).toEqual([1, -1]);
});

test("the median of every trace is zero afterwards", () => {
  const out = applyProcess(
    dcRemoval,
    { statistic: "median" },
    gather(1, 5, 4000, (_, i) => [9, 1, 2, 3, -7][i]),
  );
  expect([...out.samples]).toEqual([7, -1, 0, 1, -9]);
});

test("zeros stay zeros", () => {
  const out = applyProcess(dcRemoval, { statistic: "mean" }, gather(2, 50, 4000));
  expect(out.samples.every((x) => x === 0)).toBe(true);
});

const HALF = 2 ** -149;
test.each([
  ["noise", (noise: () => number) => noise()],
  ["few values, many of them equal", (noise: () => number) => Math.round(noise() * 2)],
  ["numbers of all sizes", (noise: () => number) => noise() * 10 ** (noise() * 37)],
  ["the least numbers there are", (noise: () => number) => Math.round(noise() * 3) * HALF],
  ["signed zeros among others", (noise: () => number) => noise() > 0.5 ? noise() : noise() > 0 ? -0 : 0],
  ["positive numbers", (noise: () => number) => 1 + noise() ** 2],
  ["negative numbers", (noise: () => number) => -1 - noise() ** 2],
])("the median of %s is that of the sorted samples, at every length", (_, value) => {
  const noise = randomNumbers(77);
  for (const samples of [...Array(40).keys()].slice(1).concat([64, 101, 500, 1501])) {
    const line = gather(3, samples, 4000, () => value(noise));
    const out = applyProcess(dcRemoval, { statistic: "median" }, line);
    for (let trace = 0; trace < 3; trace++) {
      const row = traceOf(line, trace), live = liveRange(row);
      const wanted = Float32Array.from(removeMedian(row, live.first, live.end));
      expect(traceOf(out, trace)).toEqual(wanted);
    }
  }
});
