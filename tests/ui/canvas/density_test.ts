/** Pixels of the drawing on plain memory, held against a picture that is computed here from the samples. */
import { expect, test } from "vitest";
import { colourTable, cssColour } from "../../../src/ui/canvas/colour/colour_table.ts";
import { drawDensity } from "../../../src/ui/canvas/draw/density.ts";
import { scaleOf } from "../../../src/ui/canvas/draw/style.ts";
import { pictureOf } from "../../../src/ui/canvas/picture/picture.ts";
import { layerOf, type Scene, styleOf } from "./renderers_page.ts";

const SCENE: Scene = {
  ...{ columns: 12, rows: 40, across: [0, 12 / 60], down: [0, 40 / 40], width: 60, height: 40 },
  ...{ mode: "density", map: "vik", scale: 0.8 },
};

function drawn(scene: Scene) {
  const { width, height } = scene, pixels = new Uint32Array(width * height);
  const layer = layerOf(scene);
  drawDensity({ width, height, pixels }, layer, styleOf(scene));
  return { at: (x: number, y: number) => pixels[y * width + x], data: layer.picture.data };
}

/** The map's straight lines between anchors, over its inner three quarters. */
function expected(value: number, scale: number, table = colourTable("vik")): number {
  return table[Math.round(256 + 256 * Math.max(-1, Math.min(1, value * scale)))];
}

test("enlarged across and one to one down, each pixel has the colour of the sample under it", () => {
  const { at, data } = drawn(SCENE);
  const table = colourTable("vik");
  for (let y = 0; y < 40; y++) {
    for (let x = 0; x < 60; x++) {
      expect(at(x, y)).toBe(expected(data[Math.floor(x / 5) * 40 + y], 0.8, table));
    }
  }
});

test("reduced, a pixel has the colour of what is farthest from zero under it", () => {
  const { at, data } = drawn({ ...SCENE, across: [0, 2], down: [0, 4], width: 6, height: 10 });
  for (let y = 0; y < 10; y++) {
    for (let x = 0; x < 6; x++) {
      const under = [0, 1].flatMap((
        c,
      ) => [...data.subarray((2 * x + c) * 40 + 4 * y, (2 * x + c) * 40 + 4 * y + 4)]);
      const peak = under.reduce((best, value) => Math.abs(value) > Math.abs(best) ? value : best);
      expect(at(x, y)).toBe(expected(peak, 0.8));
    }
  }
});

test("a lone sample is seen at any zoom", () => {
  const strong = new Set(colourTable("vik").subarray(505));
  for (const step of [0.1, 1, 1.3, 2, 3.7, 11, 40]) {
    const isFar = step > 4;
    const scene: Scene = {
      ...{ columns: 400, rows: 400, spoilt: [[237, 111, 50]], scale: 1 / 50, mode: "density", map: "vik" },
      ...{ across: [isFar ? 0 : 235, step], down: [isFar ? 0 : 109, step], width: 50, height: 50 },
    };
    const { at } = drawn(scene);
    const seen = Array.from({ length: 2500 }, (_, i) => strong.has(at(i % 50, Math.floor(i / 50))));
    const times = seen.filter(Boolean).length;
    expect([step, times > 0]).toEqual([step, true]);
    if (step > 1) expect(times).toBe(1);
  }
});

test("samples that are no numbers have a colour of their own, enlarged and reduced", () => {
  const spoilt = [[3, 7, NaN], [5, 9, Infinity], [6, 30, -Infinity]] as const;
  const green = styleOf(SCENE).notFinite;
  for (const step of [0.2, 1, 3]) {
    const { at } = drawn({ ...SCENE, spoilt, across: [0, step], down: [0, step], width: 60, height: 200 });
    for (const [column, row] of spoilt) {
      const x = Math.floor((column + 0.5) / step), y = Math.floor((row + 0.5) / step);
      // Reduced, a cell of a level belongs to the pixel in which it begins.
      const near = step < 1 ? [at(x, y)] : [at(x, y), at(x - 1, y), at(x, y - 1), at(x - 1, y - 1)];
      expect(near).toContain(green);
    }
  }
});

test("turned polarity turns the data and not the map", () => {
  const { at: straight } = drawn(SCENE), { at: turned, data } = drawn({ ...SCENE, scale: -0.8 });
  expect(turned(7, 9)).toBe(expected(-data[1 * 40 + 9], 0.8));
  expect(turned(7, 9)).not.toBe(straight(7, 9));
});

test("gain doubles with six decibels, and the clip has the last colour", () => {
  expect(scaleOf({ clip: 4, gainDb: 20, turned: false })).toBe(2.5);
  expect(scaleOf({ clip: 4, gainDb: 0, turned: true })).toBe(-0.25);
  expect(scaleOf({ clip: 0, gainDb: 0, turned: false })).toBe(1);
  expect(expected(4, 1 / 4)).toBe(colourTable("vik")[512]);
  expect(cssColour(expected(-9, 1 / 4))).toBe("#034481");
});

test("beyond the traces nothing is drawn", () => {
  const { at } = drawn({ ...SCENE, across: [-3, 0.5], down: [-10, 1], width: 60, height: 60 });
  expect([at(5, 20), at(31, 20), at(20, 5), at(20, 55)]).toEqual([0, 0, 0, 0]);
  expect(at(6, 10)).not.toBe(0);
});

test("of an envelope the extreme is shown that is farther from zero, and NaN stays", () => {
  const floats = Float32Array.of(99, -5, -1, -2, 3, 1, 4, -8, NaN, -1, 7, NaN, 2);
  const picture = pictureOf({
    ...{ panel: "input", kind: "envelope", offset: 1, columns: 2, rows: 3, tracesPerColumn: 4 },
    ...{
      samplesPerRow: 2,
      traces: 8,
      samples: 6,
      startMs: 10,
      intervalUs: 2000,
      axis: { startMs: 10, samples: 6 },
    },
    ...{ notFinite: 0, peak: 8, rms: 1, words: {} },
  }, floats);
  expect([...picture.data]).toEqual([-5, 1, 4, -8, NaN, 2]);
  expect(picture).toMatchObject({ intervalMs: 2, startMs: 10, tracesPerColumn: 4 });
});
