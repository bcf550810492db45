/** How many workers a job starts with. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { BLOCK_BYTES } from "../../sidecar/flow/blocks.ts";
import { workerCount } from "../../sidecar/flow/worker_count.ts";
import type { RunnerOptions, Work } from "../../src/shared/job/work.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("workers");
const cores = navigator.hardwareConcurrency;

function scan(name: string, options: RunnerOptions = {}): Work {
  return { kind: "header_scan", input: path.join(folder, name), to: "out.zarr", read: {}, options };
}

function sized(name: string, bytes: number): string {
  fs.writeFileSync(path.join(folder, name), "");
  fs.truncateSync(path.join(folder, name), bytes);
  return name;
}

test("a file of one block has one worker, a larger one has one for each core", () => {
  expect(workerCount(scan(sized("small.sgy", BLOCK_BYTES)))).toBe(1);
  expect(workerCount(scan(sized("large.sgy", BLOCK_BYTES + 1)))).toBe(cores);
});

test("what the user says counts", () => {
  expect(workerCount(scan(sized("small.sgy", 4000), { workers: 3 }))).toBe(3);
});

test("a dataset, whose size its folder does not tell, and an input that is not there have one for each core", () => {
  fs.mkdirSync(path.join(folder, "in.zarr"));
  expect(workerCount(scan("in.zarr"))).toBe(cores);
  expect(workerCount(scan("missing.sgy"))).toBe(cores);
});
