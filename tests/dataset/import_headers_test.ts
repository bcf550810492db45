/** Imports in place: columns against the file, moved and changed files, interrupted imports. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as zarr from "zarrita";
import { FileSystemStore } from "@zarrita/storage";
import { HeaderImporter, planHeaderImport } from "../../sidecar/dataset/import_headers.ts";
import { openDataset, openTraceReader, readerKernels } from "../../sidecar/dataset/open_source.ts";
import { createSink } from "../../sidecar/dataset/open_sink.ts";
import { openSegy } from "../../sidecar/segy/read/source.ts";
import { hasTag } from "../../src/shared/errors.ts";
import type { WordMapping } from "../../src/shared/seismic/word_mapping.ts";
import { type FileOrder, segyBytes, type SegyRecipe } from "../segy/make_segy.ts";
import { growingMemory } from "../test_steps.ts";
import { outputOf } from "./dataset_samples.ts";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc ïmport "));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const BIG = 2 ** 60 + 2 ** 53;
const MAP: WordMapping[] = [
  { name: "flag", byte: 233, type: "int8" },
  { name: "big", byte: 225, type: "int64" },
  { name: "real", byte: 201, type: "float64" },
  { name: "small", byte: 213, type: "float32" },
  { name: "sx", byte: 181, type: "int32" },
];
const words: SegyRecipe["words"] = (trace) => [
  [21, 4, 10 + (trace >> 1)],
  [71, 2, -10],
  [181, 4, 5000 + trace],
  [201, 8, trace + 0.1],
  [225, 4, 0x10000000 + trace],
  [229, 4, 1],
  [233, 1, -trace],
];

function makeFile(name: string, recipe: SegyRecipe = {}): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, segyBytes({ traces: 9, words, ...recipe }));
  return file;
}

function importFile(input: string, to: string, map: readonly WordMapping[] = []) {
  const plan = planHeaderImport({ kind: "header_scan", input, to, read: { map }, options: {} });
  const [output] = plan.outputs;
  output.create(false);
  const importer = new HeaderImporter(plan.task.plan, growingMemory(plan.kernels));
  for (let block = 0; block < plan.blocks; block++) importer.run(block, () => {});
  importer.close();
  output.finish();
  return plan;
}

const ORDERS: FileOrder[] = ["big", "little", "swapped"];
for (const order of ORDERS) {
  test(`every column holds what the file holds, ${order} byte order`, () => {
    const file = makeFile(`${order}.sgy`, { order, words: order === "big" ? words : () => [[21, 4, 7]] });
    const to = path.join(folder, `${order}.zarr`);
    importFile(file, to);
    const source = openDataset(to), segy = openSegy(file);
    for (const { name } of segy.description.words) {
      expect(source.readWord(name, 2, 6)).toEqual(segy.readWord(name, 2, 6));
    }
    source.close();
    segy.close();
  });
}

test("mapped words keep their types, of one and of eight bytes, exactly", async () => {
  const to = path.join(folder, "mapped.zarr");
  importFile(makeFile("mapped.sgy"), to, MAP);
  const root = zarr.root(new FileSystemStore(path.join(to, "headers")));
  const column = async (name: string) =>
    (await zarr.get(await zarr.open(root.resolve(name), { kind: "array" }))).data;
  const traces = Array.from({ length: 9 }, (_, trace) => trace);
  expect(await column("flag")).toEqual(Int8Array.from(traces, (trace) => -trace));
  const exact = traces.map((trace) => (BigInt(0x10000000 + trace) << 32n) + 1n);
  expect(await column("big")).toEqual(BigInt64Array.from(exact));
  expect(await column("real")).toEqual(Float64Array.from(traces, (trace) => trace + 0.1));
  expect((await column("small"))?.constructor).toBe(Float32Array);
  expect(await column("sx")).toEqual(Int32Array.from(traces, (trace) => 5000 + trace));
});

test("the mappings of the import hold when the dataset is opened, with their scalars", () => {
  const to = path.join(folder, "mapped.zarr");
  const source = openDataset(to);
  expect(source.description.table.find("sx")).toMatchObject({ byte: 181, scaledBy: "scalco" });
  expect([...source.readWord("real", 0, 2)]).toEqual([0.1, 1.1]);
  expect(source.readWord("big", 0, 1)[0]).toBeGreaterThan(BIG - 2 ** 54);
  source.close();
  const moved = openDataset(to, { map: [{ name: "sx", byte: 21, type: "int32" }] });
  expect([...moved.readWord("sx", 0, 3)]).toEqual([10, 10, 11]);
  moved.close();
});

test("header words come from the columns and not from the file", () => {
  const file = makeFile("columns.sgy"), to = path.join(folder, "columns.zarr");
  importFile(file, to);
  const column = path.join(to, "headers", "cdp", "c.0");
  fs.writeFileSync(column, Int32Array.from({ length: 9 }, (_, i) => 900 + i));
  const source = openDataset(to);
  expect([...source.readWord("cdp", 1, 2)]).toEqual([901, 902]);
  source.close();
});

test("traces of a dataset in place are read from its file", () => {
  const file = makeFile("traces.sgy"), to = path.join(folder, "traces.zarr");
  importFile(file, to);
  expect(fs.readdirSync(to).sort()).toEqual(["headers", "zarr.json"]);
  const source = openDataset(to);
  const memory = growingMemory(readerKernels(source.plan));
  const reader = openTraceReader(source.plan, memory);
  const staging = memory.allocate(reader.stagingBytes(2)), samples = memory.allocate(2 * 20 * 4);
  const fetched = reader.fetch({ kind: "run", first: 3, count: 2 }, staging);
  fetched.decode(0, 2, samples);
  expect(new Float32Array(memory.memory.buffer, samples, 3)).toEqual(Float32Array.of(21, 24, 27));
  expect(fetched.records.get(1, fetched.records.word("fldr"))).toBe(104);
  reader.close();
  source.close();
});

test("a file that is another one now is refused with the reason", () => {
  const file = makeFile("changed.sgy"), to = path.join(folder, "changed.zarr");
  importFile(file, to);
  makeFile("changed.sgy", { traces: 8 });
  const open = () => openDataset(to);
  expect(open).toThrow(
    /Cannot open .*changed\.zarr: expected .*changed\.sgy as it was at import, found .* bytes where/,
  );
  makeFile("changed.sgy", { words: () => [[9, 4, 77]] });
  expect(open).toThrow("found other headers: import the file again");
  try {
    open();
  } catch (error) {
    expect(hasTag(error, "input-changed")).toBe(true);
  }
});

test("a file written since, with the same ends, is read itself and that is said", () => {
  const file = makeFile("touched.sgy"), to = path.join(folder, "touched.zarr");
  importFile(file, to);
  makeFile("touched.sgy", { words: (trace) => trace === 4 ? [[21, 4, 55]] : words(trace) });
  fs.utimesSync(file, 1e9, 1e9);
  const source = openDataset(to);
  expect([...source.readWord("cdp", 3, 3)]).toEqual([11, 55, 12]);
  expect(source.description.warnings.at(-1)).toContain("touched.sgy was written since it was imported");
  source.close();
});

test("a file written between plan and scan stops the import", () => {
  const file = makeFile("racing.sgy"), to = path.join(folder, "racing.zarr");
  const plan = planHeaderImport({ kind: "header_scan", input: file, to, read: {}, options: {} });
  plan.outputs[0].create(false);
  const importer = new HeaderImporter(plan.task.plan, growingMemory(plan.kernels));
  fs.utimesSync(file, 1e9, 1e9);
  expect(() => importer.run(0, () => {})).toThrow("Cannot go on reading racing.sgy");
  importer.close();
  plan.outputs[0].discard();
  expect(fs.existsSync(`${to}.part`)).toBe(false);
});

test("dataset and file may move together", () => {
  const inside = path.join(folder, "before");
  fs.mkdirSync(inside);
  fs.copyFileSync(makeFile("moving.sgy"), path.join(inside, "moving.sgy"));
  importFile(path.join(inside, "moving.sgy"), path.join(inside, "moving.zarr"));
  fs.renameSync(inside, path.join(folder, "after"));
  const source = openDataset(path.join(folder, "after", "moving.zarr"));
  expect(source.description.traces).toBe(9);
  source.close();
  fs.rmSync(path.join(folder, "after", "moving.sgy"));
  expect(() => openDataset(path.join(folder, "after", "moving.zarr"))).toThrow("found nothing there");
});

test("an unfinished import goes on: blocks already written stay", () => {
  const file = makeFile("resumed.sgy", { traces: 8200, samples: 1 }), to = path.join(folder, "resumed.zarr");
  const work = { kind: "header_scan", input: file, to, read: {}, options: {} } as const;
  const first = planHeaderImport(work);
  expect(first.blocks).toBe(2);
  first.outputs[0].create(false);
  const importer = new HeaderImporter(first.task.plan, growingMemory(first.kernels));
  importer.run(1, () => {});
  importer.close();
  const second = planHeaderImport(work);
  expect(second.fingerprint).toBe(first.fingerprint);
  second.outputs[0].create(true);
  const again = new HeaderImporter(second.task.plan, growingMemory(second.kernels));
  again.run(0, () => {});
  again.close();
  second.outputs[0].finish();
  const source = openDataset(to), segy = openSegy(file);
  expect(source.readWord("fldr", 0, 8200)).toEqual(segy.readWord("fldr", 0, 8200));
  source.close();
  segy.close();
});

test("another mapping is another plan", () => {
  const input = makeFile("plans.sgy"), to = path.join(folder, "plans.zarr");
  const plan = (map: readonly WordMapping[]) =>
    planHeaderImport({ kind: "header_scan", input, to, read: { map }, options: {} }).fingerprint;
  expect(plan(MAP)).not.toBe(plan([]));
});

test("paths choose the kind of source and sink", () => {
  const file = makeFile("kinds.sgy");
  const source = openDataset(file);
  expect(source.plan.kind).toBe("segy");
  expect(createSink(outputOf(source.description, path.join(folder, "a.ZARR"))).plan.kind).toBe("zarr");
  expect(createSink(outputOf(source.description, path.join(folder, "a.sgy"))).plan.kind).toBe("segy");
  source.close();
  expect(() => openDataset(path.join(folder, "absent.zarr"))).toThrow(
    "expected a dataset, found nothing there",
  );
  expect(() => openDataset(folder)).toThrow("found a folder without zarr.json");
});
