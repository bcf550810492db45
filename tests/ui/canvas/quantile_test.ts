import fc from "fast-check";
import { expect, test } from "vitest";
import { CountedMagnitudes, KnownMagnitudes } from "../../../src/ui/canvas/picture/quantile.ts";

test("a quantile is the very sample that sorting would find", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const sorted = values.map(Math.abs).sort((a, b) => a - b);
        const wanted = sorted[Math.max(0, Math.ceil(values.length * percent / 100) - 1)];
        expect(new CountedMagnitudes(Float32Array.from(values)).quantile(percent)).toBe(wanted);
      },
    ),
  );
});

test("samples that are no finite numbers are counted and have no part in a quantile", () => {
  const magnitudes = new CountedMagnitudes(Float32Array.of(NaN, -3, Infinity, 1, -Infinity, 2));
  expect(magnitudes.notFinite).toBe(3);
  expect(magnitudes.peak).toBe(3);
  expect([magnitudes.quantile(1), magnitudes.quantile(50), magnitudes.quantile(100)]).toEqual([1, 2, 3]);
});

test("nothing to count is no failure", () => {
  for (const samples of [Float32Array.of(), Float32Array.of(NaN)]) {
    expect(new CountedMagnitudes(samples).quantile(98)).toBe(0);
  }
  expect(new CountedMagnitudes(new Float32Array(9)).quantile(98)).toBe(0);
});

test("quantiles that were counted elsewhere have straight lines between them", () => {
  const known = new KnownMagnitudes([50, 90, 100], [2, 4, 10]);
  expect([25, 50, 70, 90, 95, 100].map((percent) => known.quantile(percent))).toEqual([1, 2, 3, 4, 7, 10]);
  expect(known.peak).toBe(10);
  expect(new KnownMagnitudes([50], []).peak).toBe(0);
});
