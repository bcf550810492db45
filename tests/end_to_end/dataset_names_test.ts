/** A dataset is one whatever its folder is called: read and written through the program as a user starts it. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefusal } from "./refusal.ts";
import { Playground } from "./seisproc.ts";

const place = new Playground();
const EMPTY = { processes: [] };
let copied: Uint8Array;

beforeAll(async () => {
  place.line("line.sgy");
  const made = await Promise.all([
    place.run("import", "line.sgy", "--to", "in_place.zarr"),
    place.run("import", "line.sgy", "--to", "stored.zarr", "--copy"),
  ]);
  expect(made.map(({ status }) => status)).toEqual([0, 0]);
  const plain = place.flow("plain", { input: { path: "line.sgy" }, ...EMPTY, output: { path: "plain.sgy" } });
  copied = await place.bytesOf(plain, "plain.sgy");
});
afterAll(() => place.remove());

/** Samples and headers; the text header names the source. */
function traces(file: string): Uint8Array {
  return fs.readFileSync(place.file(file)).subarray(3600);
}

describe.each([
  ["in_place.zarr", "survey"],
  ["in_place.zarr", "LINE.ZARR"],
  ["in_place.zarr", "line.zarr.old copy"],
  ["stored.zarr", "stored survey"],
  ["stored.zarr", "STORED.Zarr"],
])("%s under the name %s", (dataset, name) => {
  beforeAll(() => fs.cpSync(place.file(dataset), place.file(name), { recursive: true }));

  test("runs", async () => {
    const file = place.flow("run", { input: { path: name }, ...EMPTY, output: { path: "run.sgy" } });
    expect(await place.run("run", file)).toMatchObject({ status: 0, stderr: "" });
    expect(Buffer.compare(traces("run.sgy"), copied.subarray(3600))).toBe(0);
  });

  test("exports", async () => {
    expect(await place.run("export", name, "--to", "out.sgy")).toMatchObject({ status: 0, stderr: "" });
    expect(Buffer.compare(traces("out.sgy"), copied.subarray(3600))).toBe(0);
  });
});

test.each(["o5.zarr", "O4.ZARR"])("a flow that writes %s replaces it the second time", async (name) => {
  const file = place.flow("twice", { input: { path: "line.sgy" }, ...EMPTY, output: { path: name } });
  for (let time = 0; time < 2; time++) expect((await place.run("run", file)).status).toBe(0);
  expect(fs.readdirSync(place.folder).filter((one) => one.startsWith(name))).toEqual([name]);
});

test("an import may be named in any case, and an export to such a name is told what it is", async () => {
  expect((await place.run("import", "line.sgy", "--to", "UPPER.ZARR")).status).toBe(0);
  expectRefusal(await place.run("export", "UPPER.ZARR", "--to", "b.ZARR"), 2, /name of a SEG-Y file, found/);
  expectRefusal(await place.run("import", "line.sgy", "--to", "b.sgy"), 2, /a name ending in \.zarr, found/);
});

test("a folder without a dataset in it is named as such, and an output on it as a folder", async () => {
  fs.mkdirSync(place.file("empty"));
  const input = place.flow("a", { input: { path: "empty" }, ...EMPTY, output: { path: "a.sgy" } });
  expectRefusal(await place.run("run", input), 1, /found a folder without zarr\.json/);
  const output = place.flow("b", { input: { path: "line.sgy" }, ...EMPTY, output: { path: "empty" } });
  expectRefusal(await place.run("run", output), 1, /expected a file name, found a folder/);
});
