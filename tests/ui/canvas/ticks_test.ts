import { expect, test } from "vitest";
import { curveOf, rangeOf } from "../../../src/ui/canvas/axes/header_plot.ts";
import { heightOf } from "../../../src/ui/canvas/axes/spectrum_plot.ts";
import { roundStep, ticksOf } from "../../../src/ui/canvas/axes/ticks.ts";
import { timeMarks, yOf } from "../../../src/ui/canvas/axes/time_axis.ts";
import { traceLabels, xOf } from "../../../src/ui/canvas/axes/trace_axis.ts";

test("steps are 1, 2 or 5 times a power of ten", () => {
  expect([0.03, 0.2, 1, 1.1, 2.1, 5, 5.1, 70, 460].map(roundStep)).toEqual([
    0.05,
    0.2,
    1,
    2,
    5,
    5,
    10,
    100,
    500,
  ]);
});

test("ticks are round, within the range and as far apart as asked", () => {
  expect(ticksOf(-2, 3001, 650, 60)).toEqual({ step: 500, values: [0, 500, 1000, 1500, 2000, 2500, 3000] });
  expect(ticksOf(0.61, 1, 400, 100).values).toEqual([0.7, 0.8, 0.9, 1]);
  expect(ticksOf(5, 5, 100, 50).values).toEqual([5]);
});

test("three seconds on 650 pixels are labelled each 500 ms with lines each 100", () => {
  const view = { firstTrace: 0, traces: 10, startMs: -0.5, lengthMs: 3001 };
  const { labelled, between } = timeMarks(view, 650);
  expect(labelled).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
  expect(between.slice(0, 5)).toEqual([100, 200, 300, 400, 600]);
  expect(yOf(-0.5, view, 650)).toBe(0);
  expect(yOf(1500, view, 650)).toBeCloseTo(325, 0);
});

test("the first trace and round numbers are named at the middle of their trace", () => {
  const view = { firstTrace: 0, traces: 96, startMs: 0, lengthMs: 1 };
  expect(traceLabels(view, 96, 330, String).map(({ text }) => text)).toEqual(["1", "20", "40", "60", "80"]);
  expect(xOf(19, view, 960)).toBe(195);
  const values = Array.from({ length: 96 }, (_, trace) => 1000 + trace);
  expect(traceLabels(view, 96, 330, String, values)[1]).toEqual({ trace: 19, text: "1019" });
});

test("the curve of a header word keeps its least and greatest value where traces share a pixel", () => {
  const values = Array.from({ length: 1000 }, (_, trace) => trace === 500 ? 99 : trace === 501 ? -99 : 0);
  const points = curveOf(values, { firstTrace: 0, traces: 1000, startMs: 0, lengthMs: 1 }, 100);
  expect(points.length).toBeLessThanOrEqual(101);
  expect([Math.min(...points.map(({ low }) => low)), Math.max(...points.map(({ high }) => high))]).toEqual([
    -99,
    99,
  ]);
  expect(rangeOf([NaN, 3, -1, Infinity])).toEqual({ least: -1, most: 3 });
  expect(rangeOf([NaN])).toBeUndefined();
});

test("spectra are drawn in decibels below the strongest, or as they are", () => {
  expect([10, 1, 0.1, 0].map((value) => heightOf(value, 10, true).toFixed(3))).toEqual([
    "1.000",
    "0.667",
    "0.333",
    "0.000",
  ]);
  expect([10, 5, 0].map((value) => heightOf(value, 10, false))).toEqual([1, 0.5, 0]);
  expect(heightOf(0, 0, true)).toBe(0);
});
