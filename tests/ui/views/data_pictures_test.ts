/** What Data draws of header words, and how a survey lies in words. */
import { expect, test } from "vitest";
import { geometryFacts } from "../../../src/ui/views/data/geometry_facts.ts";
import { barsOf } from "../../../src/ui/views/data/histogram.tsx";
import { placesOf } from "../../../src/ui/views/data/map/map_places.ts";

const columns = (words: Record<string, number[]>) =>
  new Map(Object.entries(words).map(([word, values]) => [word, Float64Array.from(values)]));

test("bars count every value once, the greatest in the last bar", () => {
  expect(barsOf(Float64Array.of(0, 1, 2, 3, 4), 4)).toEqual([1, 1, 1, 2]);
  expect(barsOf(Float64Array.of(7, 7), 4)).toEqual([2]);
  expect(barsOf(Float64Array.of(0.5, 0.5), 2)).toEqual([2, 0]);
  expect(barsOf(Float64Array.of(1, 3, 3), 24)).toEqual([1, 0, 2]);
  expect(barsOf(Float64Array.of(), 2)).toEqual([0]);
});

test("midpoints lie half way between sources and receivers, each place once", () => {
  const places = placesOf(columns({ sx: [0, 0, 10], sy: [5, 5, 5], gx: [20, 20, 30], gy: [5, 5, 7] }));
  expect(places?.sources).toEqual([[0, 5], [10, 5]]);
  expect(places?.midpoints).toEqual([[10, 5], [20, 6]]);
  expect(places?.extent).toEqual({ minX: 0, maxX: 20, minY: 5, maxY: 6 });
});

test("bins tell midpoints where sources and receivers do not; without coordinates there is no map", () => {
  const none = { sx: [0, 0], sy: [0, 0], gx: [0, 0], gy: [0, 0] };
  expect(placesOf(columns({ ...none, cdpx: [1, 2], cdpy: [0, 0] }))?.midpoints).toEqual([[1, 0], [2, 0]]);
  expect(placesOf(columns({ ...none, cdpx: [0, 0], cdpy: [0, 0] }))).toBeNull();
});

test("a line and a grid are told with spacing, fold, gaps and doubles", () => {
  const cover = { fold: { min: 1, max: 12, mean: 6.5 }, missing: 2, doubles: 0 };
  const numbers = { first: 100, last: 200, step: 2 };
  const line = geometryFacts({
    ...{ kind: "line", word: "cdp", numbers, ...cover },
    place: { from: "midpoint", length: 1250.0000001, spacing: 12.5 },
  }, "m");
  expect(line).toContainEqual(["Line by cdp", "100 – 200 by 2"]);
  expect(line).toContainEqual(["Length", "1,250\u202fm"]);
  expect(line).toContainEqual(["Fold", "1 – 12, mean 6.5"]);
  const grid = geometryFacts({ kind: "grid", inlines: numbers, crosslines: numbers, ...cover }, "ft");
  expect(grid.map(([name]) => name)).toEqual([
    "Inlines",
    "Crosslines",
    "Fold",
    "Missing bins",
    "Double traces",
  ]);
});
