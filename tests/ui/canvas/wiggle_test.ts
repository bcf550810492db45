import { expect, test } from "vitest";
import { layerIn } from "../../../src/ui/canvas/draw/layer.ts";
import { inkOf } from "../../../src/ui/canvas/draw/wiggle.ts";
import { Levels } from "../../../src/ui/canvas/picture/levels.ts";
import type { Picture } from "../../../src/ui/canvas/picture/picture.ts";
import { styleOf } from "./renderers_page.ts";

/** Traces of 20 pixels, samples of `height / rows` pixels. */
function ink(traces: readonly (readonly number[])[], height: number, scale = 1) {
  const rows = traces[0].length, columns = traces.length;
  const picture: Picture = {
    ...{ columns, rows, data: Float32Array.from(traces.flat()), extremes: null },
    ...{ tracesPerColumn: 1, samplesPerRow: 1, firstTrace: 0, traces: columns, samples: rows },
    ...{ startMs: 0, intervalMs: 1 },
  };
  const view = { firstTrace: 0, traces: columns, startMs: -0.5, lengthMs: rows };
  const style = { ...styleOf({ mode: "wiggle", map: "vik", scale }), lineWidth: 1 };
  const drawn = inkOf(layerIn(view, picture, new Levels(picture), columns * 20, height), style);
  return (trace: number, row: number) => {
    const at = 2 * (trace * drawn.rows + row);
    return [drawn.edges[at], drawn.edges[at + 1]];
  };
}

const trace = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i));

test("a trace of zeros is a straight line of one pixel at the middle of its place", () => {
  const at = ink([trace(10, () => 0), trace(10, () => 0)], 100);
  for (let row = 0; row < 100; row++) {
    expect(at(0, row)).toEqual([9.5, 10.5]);
    expect(at(1, row)).toEqual([29.5, 30.5]);
  }
});

test("a sample at the clip swings one and a half traces, and none swings more than two", () => {
  const at = ink([trace(4, () => 1), trace(4, () => 0.5), trace(4, () => 7), trace(4, () => -7)], 40);
  expect(at(0, 20)).toEqual([10, 40.5]);
  expect(at(1, 20)).toEqual([30, 45.5]);
  expect(at(2, 20)).toEqual([50, 90.5]);
  expect(at(3, 20)).toEqual([70 - 40 - 0.5, 70 - 40 + 0.5]);
});

test("the positive side is filled to the zero of its trace, the other when polarity is turned", () => {
  const at = ink([trace(4, () => -0.5)], 40, -1);
  expect(at(0, 20)).toEqual([10, 25.5]);
});

test("the line does not break where it is steep, and a lone peak keeps its height when reduced", () => {
  const spike = trace(400, (i) => i === 211 ? 1 : 0);
  for (const height of [40, 399]) {
    const at = ink([spike], height);
    const rights = Array.from({ length: height }, (_, row) => at(0, row)[1]);
    expect(Math.max(...rights)).toBeCloseTo(40.5, 4);
  }
  const wave = ink([trace(8, (i) => i % 2 ? 0.6 : -0.6)], 800);
  for (let row = 51; row < 749; row++) expect(wave(0, row)[0]).toBeLessThanOrEqual(wave(0, row - 1)[1]);
});

test("samples that are no numbers mark their place across the trace", () => {
  const at = ink([trace(10, (i) => i === 4 ? NaN : 0)], 100);
  expect(at(0, 45)).toEqual([0, 20]);
  expect(at(0, 20)).toEqual([9.5, 10.5]);
});
