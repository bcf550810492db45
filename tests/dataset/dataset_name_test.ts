/** What counts as a dataset, and what a work reads and writes. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { isDatasetFolder, isDatasetName, isDatasetPath } from "../../sidecar/dataset/dataset_name.ts";
import { inputOf, outputsOf, readPathsOf } from "../../sidecar/dataset/work_paths.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("dataset name");

test.each(["line.zarr", "O4.ZARR", "/a.b/x.Zarr"])("%s is the name of a dataset", (name) => {
  expect(isDatasetName(name)).toBe(true);
});

test.each(["line.sgy", "zarr", "line.zarr.sgy", "line.zarr2", "/a.zarr/line"])(
  "%s is not the name of a dataset",
  (name) => expect(isDatasetName(name)).toBe(false),
);

test("what lies there decides before the name: a folder is opened as a dataset, a file never", () => {
  fs.mkdirSync(path.join(folder, "survey"));
  fs.writeFileSync(path.join(folder, "file.zarr"), "");
  expect(isDatasetPath(path.join(folder, "survey"))).toBe(true);
  expect(isDatasetPath(path.join(folder, "file.zarr"))).toBe(false);
  expect(isDatasetPath(path.join(folder, "nothing.zarr"))).toBe(true);
  expect(isDatasetPath(path.join(folder, "nothing.sgy"))).toBe(false);
});

test("a folder is shown as a dataset by its name or by its document", () => {
  expect(isDatasetFolder(path.join(folder, "survey"))).toBe(false);
  fs.writeFileSync(path.join(folder, "survey", "zarr.json"), "{}");
  expect(isDatasetFolder(path.join(folder, "survey"))).toBe(true);
  expect(isDatasetFolder(path.join(folder, "other.ZARR"))).toBe(true);
});

function flow(output: string, mode: "processed" | "noise" | "both"): Work {
  const input = { path: "/in/line.sgy", order: [] };
  const output_ = { path: output, format: "ieee", mode } as const;
  const document = { seisproc: 1, name: "f", input, processes: [], output: output_ } as const;
  return { kind: "flow", flow: document, onError: "fail", options: {} };
}

test("a flow reads its input and writes its output, with the noise beside it where both are asked", () => {
  expect(readPathsOf(flow("/out/a.sgy", "processed"))).toEqual(["/in/line.sgy"]);
  expect(outputsOf(flow("/out/a.sgy", "processed"))).toEqual(["/out/a.sgy"]);
  expect(outputsOf(flow("/out/a.sgy", "noise"))).toEqual(["/out/a.sgy"]);
  expect(outputsOf(flow("/out/a.zarr", "both"))).toEqual([
    "/out/a.zarr",
    path.join("/out", "a.noise.zarr"),
  ]);
});

test("a header scan reads its file and writes its dataset", () => {
  const scan: Work = { kind: "header_scan", input: "/in/line.sgy", to: "/out/a.zarr", read: {}, options: {} };
  expect([inputOf(scan), readPathsOf(scan), outputsOf(scan)]).toEqual([
    "/in/line.sgy",
    ["/in/line.sgy"],
    ["/out/a.zarr"],
  ]);
});
