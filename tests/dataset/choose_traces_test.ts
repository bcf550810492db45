/** Choosing traces: values in their units, numbers that are none, far places, and flat memory. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { chooseFrom } from "../../sidecar/dataset/choice/chosen_source.ts";
import { type ChosenTraces, inFile } from "../../sidecar/dataset/choice/chosen_traces.ts";
import { readSortIndex } from "../../sidecar/dataset/sort_index.ts";
import { openSegy } from "../../sidecar/segy/read/source.ts";
import { makeSegy } from "../segy/make_segy.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("choice");
const TRACES = 40;
/** Coordinates in decimetres, statics in tenths of a ms, a delay that differs. */
const file = makeSegy("choice.sgy", {
  traces: TRACES,
  samples: 3,
  words: (
    trace,
  ) => [[21, 4, trace], [37, 4, trace * 25], [71, 2, -10], [73, 4, trace * 100], [99, 2, trace], [
    215,
    2,
    -10,
  ]],
});

function chosen(select: string): number[] {
  const source = openSegy(file);
  try {
    const list = path.join(folder, "list");
    const { description } = chooseFrom(source, { select }, list);
    return [...readSortIndex(list, 0, description.traces)];
  } finally {
    source.close();
  }
}

const numbers = (holds: (i: number) => boolean) => Array.from({ length: TRACES }, (_, i) => i).filter(holds);

test.each([
  ["sx >= 250", (i: number) => i * 10 >= 250],
  ["sstat < 1", (i: number) => i / 10 < 1],
  ["cdp", (i: number) => i !== 0],
  ["!(cdp)", (i: number) => i === 0],
  ["log(cdp - 5) > 0", (i: number) => Math.log(i - 5) > 0],
  ["sqrt(cdp - 20)", (i: number) => i > 20],
  ["cdp > 5 ? offset < 500 : cdp == 2", (i: number) => i > 5 ? i * 25 < 500 : i === 2],
  ["CDP == 3 || ensemble == 4", (i: number) => i === 3 || i === 4],
])("%s takes what it holds for, in units; what is no number is not taken", (select, holds) => {
  expect(chosen(select)).toEqual(numbers(holds));
});

test("words of chosen traces are read at their places, near and far ones", () => {
  const source = openSegy(file);
  const list = path.join(folder, "far");
  const some = chooseFrom(source, { select: "cdp < 3 || cdp > 30", traces: [2, 38] }, list);
  expect([...some.readWord("cdp", 0, some.description.traces)]).toEqual([1, 2, 31, 32, 33, 34, 35, 36, 37]);
  const [cdp, offset] = some.readWords(["cdp", "offset"], 1, 3);
  expect([[...cdp], [...offset]]).toEqual([[2, 31, 32], [50, 775, 800]]);
  const range = chooseFrom(source, { traces: [11, 20] }, undefined);
  expect([...range.readWord("cdp", 2, 3)]).toEqual([12, 13, 14]);
  some.close();
});

test("a choice of nothing in particular is the survey itself", () => {
  const source = openSegy(file);
  const all = chooseFrom(source, {}, undefined);
  expect(all.description).toBe(source.description);
  expect(all.chosen).toEqual({ kind: "all" });
  all.close();
});

test("without a list traces are counted only, and no file is made", () => {
  const source = openSegy(file);
  const before = fs.readdirSync(folder);
  expect(chooseFrom(source, { select: "cdp >= 30" }, undefined).description.traces).toBe(10);
  expect(fs.readdirSync(folder)).toEqual(before);
  source.close();
});

test("places become numbers of the file, in any order and however far apart", () => {
  const list = path.join(folder, "long");
  const long = Uint32Array.from({ length: 200_000 }, (_, i) => 3 * i + 1);
  fs.writeFileSync(list, new Uint8Array(long.buffer));
  const chosen: ChosenTraces = { kind: "list", file: list };
  const at = (traces: number[]) => inFile(chosen, { kind: "list", traces: Float64Array.from(traces) });
  expect(at([5, 2, 9])).toEqual({ kind: "list", traces: Float64Array.of(16, 7, 28) });
  expect(at([199_999, 0, 77])).toEqual({ kind: "list", traces: Float64Array.of(599_998, 1, 232) });
  expect(inFile(chosen, { kind: "run", first: 10, count: 2 })).toEqual({
    kind: "list",
    traces: Float64Array.of(31, 34),
  });
  expect(inFile({ kind: "run", first: 7 }, { kind: "run", first: 10, count: 2 })).toEqual({
    kind: "run",
    first: 17,
    count: 2,
  });
});

test("scalars that are none are not applied to what is chosen by, and this is said once", () => {
  const odd = makeSegy("odd-scalars.sgy", {
    traces: 6,
    samples: 3,
    words: (trace) => [[71, 2, trace === 3 ? 7 : 1], [73, 4, 10 * trace], [41, 4, 0], [69, 2, 5]],
  });
  const source = openSegy(odd);
  const list = path.join(folder, "odd");
  const some = chooseFrom(source, { select: "sx >= 30 && sx < 50 && gelev == 0" }, list);
  expect([...readSortIndex(list, 0, some.description.traces)]).toEqual([3, 4]);
  expect(some.description.warnings.slice(1)).toEqual([
    "Header word scalco holds 7, which is no scalar (1 to 10000 in powers of ten, either sign, or 0): coordinates are " +
    "taken as they stand there",
  ]);
  some.close();
});
