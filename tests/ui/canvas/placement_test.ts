import fc from "fast-check";
import { expect, test } from "vitest";
import { levelOf, spansOf } from "../../../src/ui/canvas/draw/placement.ts";

test("reduced, every cell that is on the screen belongs to exactly one pixel", () => {
  const step = fc.double({ min: 1.0001, max: 90, noNaN: true });
  fc.assert(
    fc.property(
      step,
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      (step, cells, pixels) => {
        const { level, from, to } = spansOf({ origin: 0, step, pixels }, cells);
        const seen = new Uint32Array(Math.ceil(cells / 2 ** level));
        for (let pixel = 0; pixel < pixels; pixel++) {
          for (let cell = from[pixel]; cell < to[pixel]; cell++) if (cell >= 0) seen[cell]++;
        }
        const onScreen = Math.min(seen.length, Math.ceil(pixels * step / 2 ** level - 1e-9));
        expect([...seen.subarray(0, onScreen)]).toEqual(Array.from({ length: onScreen }, () => 1));
        expect(to.every((end, pixel) => end - from[pixel] <= 2)).toBe(true);
      },
    ),
  );
});

test("what the left border cuts through is shown and not lost", () => {
  const { level, from } = spansOf({ origin: 5.5, step: 4, pixels: 3 }, 100);
  expect([level, from[0]]).toEqual([2, 1]);
});

test("enlarged, a pixel shows the cell under its middle, and nothing beyond the ends", () => {
  const { level, from } = spansOf({ origin: -1, step: 0.5, pixels: 8 }, 2);
  expect(level).toBe(0);
  expect([...from]).toEqual([-1, -1, 0, 0, 1, 1, -1, -1]);
});

test("a level has cells no larger than a pixel", () => {
  expect([0.3, 1, 1.99, 2, 3.9, 4, 1000].map(levelOf)).toEqual([0, 0, 0, 1, 1, 2, 9]);
});
