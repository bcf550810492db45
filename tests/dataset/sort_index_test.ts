/** The sort index: stable orders in memory and on disk, gathers, numbers that are none. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findGathers } from "../../sidecar/dataset/gathers.ts";
import { makeSortIndex, parseSortKey, readSortIndex } from "../../sidecar/dataset/sort_index.ts";
import { randomNumbers } from "../test_steps.ts";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc sort "));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const TRACES = 5000;

function columns(...make: ((random: number, trace: number) => number)[]): Float64Array[] {
  const random = randomNumbers(7);
  return make.map((value) => Float64Array.from({ length: TRACES }, (_, i) => value(random(), i)));
}

function reader(keys: readonly Float64Array[]) {
  return (first: number, count: number) => keys.map((key) => key.slice(first, first + count));
}

/** The order by the platform's stable sort with a comparator. */
function plainOrder(keys: readonly Float64Array[], descending: readonly boolean[]): number[] {
  const at = (k: number, i: number) => Number.isNaN(keys[k][i]) ? Infinity : keys[k][i];
  return Array.from({ length: keys[0].length }, (_, i) => i).sort((a, b) => {
    for (let k = 0; k < keys.length; k++) {
      if (at(k, a) !== at(k, b)) return (at(k, a) < at(k, b) ? -1 : 1) * (descending[k] ? -1 : 1);
    }
    return 0;
  });
}

const CASES: [string, Float64Array[], string[]][] = [
  ["one integer key with many equal values", columns((r) => Math.floor(r * 20)), ["cdp"]],
  ["two keys", columns((r) => Math.floor(r * 9), (r) => Math.floor(r * 1e6)), ["cdp", "offset"]],
  ["a descending key", columns((r) => Math.floor(r * 9), (r) => Math.floor(r * 50)), ["cdp", "-offset"]],
  ["fractions of both signs", columns((r) => Math.round(r * 100) / 8), ["x"]],
  ["fractions descending", columns((r) => Math.round(r * 100) / 8, (r) => Math.floor(r * 3)), ["-x", "y"]],
  ["values beyond 32 bits", columns((r) => Math.floor(r * 1e12)), ["x"]],
  ["not-a-number, infinity and minus zero", columns((_, i) => [NaN, 0, -0, 1.5, -Infinity][i % 5]), ["x"]],
  ["a constant key", columns(() => 3), ["cdp"]],
];

for (const [name, keys, words] of CASES) {
  for (const runTraces of [1_000_000, 700]) {
    const where = runTraces > TRACES ? "in memory" : "in runs merged from disk";
    test(`sorting ${where} agrees with a stable comparison sort: ${name}`, () => {
      const file = path.join(folder, "index");
      const sortKeys = words.map(parseSortKey);
      makeSortIndex({ traces: TRACES, keys: sortKeys, readKeys: reader(keys), file, runTraces });
      const wanted = plainOrder(keys, sortKeys.map((key) => key.descending));
      expect([...readSortIndex(file, 0, TRACES)]).toEqual(wanted);
    });
  }
}

test("the index leaves only itself behind", () => {
  const inside = path.join(folder, "alone");
  fs.mkdirSync(inside);
  const [key] = columns((r) => Math.floor(r * 20));
  const file = path.join(inside, "index");
  makeSortIndex({
    traces: TRACES,
    keys: [parseSortKey("cdp")],
    readKeys: reader([key]),
    file,
    runTraces: 999,
  });
  expect(fs.readdirSync(inside).sort()).toEqual(["index"]);
});

test("a part of the index is read by place", () => {
  const file = path.join(folder, "part");
  const keys = [Float64Array.of(5, 4, 3, 2, 1)];
  makeSortIndex({ traces: 5, keys: [parseSortKey("cdp")], readKeys: reader(keys), file });
  expect([...readSortIndex(file, 1, 3)]).toEqual([3, 2, 1]);
});

test("the gathers of a sorted order are the runs of its first key", () => {
  for (const runTraces of [100, 2]) {
    const file = path.join(folder, `gathers${runTraces}`);
    const keys = [Float64Array.of(7, 3, 7, 3, 9, 3), Float64Array.of(1, 2, 3, 4, 5, 6)];
    const request = { traces: 6, keys: ["cdp", "offset"].map(parseSortKey), readKeys: reader(keys), file };
    expect([...makeSortIndex({ ...request, runTraces }).gatherStarts]).toEqual([0, 3, 5, 6]);
    expect([...makeSortIndex({ ...request, runTraces, gatherKeys: 2 }).gatherStarts])
      .toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
});

test("an empty survey has an empty order and no gathers", () => {
  const file = path.join(folder, "empty");
  const index = makeSortIndex({ traces: 0, keys: [parseSortKey("cdp")], readKeys: reader([]), file });
  expect([...index.gatherStarts]).toEqual([0]);
});

function gathersOf(values: number[], refuseSplit: boolean): Uint32Array {
  const readKeys = reader([Float64Array.from(values)]);
  return findGathers({ traces: values.length, keys: ["cdp"], readKeys, name: "line.sgy", refuseSplit });
}

test("gathers in file order are runs of equal values", () => {
  expect([...gathersOf([4, 4, 4, 2, 2, 8], true)]).toEqual([0, 3, 5, 6]);
});

test("a gather whose traces lie apart is refused by name and trace", () => {
  expect(() => gathersOf([4, 4, 2, 4, 2], true)).toThrow(
    "Cannot gather line.sgy by cdp in file order: expected the traces of cdp 4 together, found them at trace 1 " +
      'and again at trace 4: add "order": ["cdp"] to the flow\'s input',
  );
});

test("a gather whose traces lie apart is two gathers where that is allowed", () => {
  expect([...gathersOf([4, 4, 2, 4], false)]).toEqual([0, 2, 3, 4]);
});
