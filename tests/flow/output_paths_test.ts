/** Where a work may write: each thing that a user may have, at each name that a job makes up. */
import fs from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeSyntheticLine } from "../../sidecar/dataset/synthetic/write_line.ts";
import { holderText } from "../../sidecar/files/file_lock.ts";
import { checkOutputs } from "../../sidecar/flow/output_paths.ts";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { OutputLocks } from "../../sidecar/runner/output_locks.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { THINGS, treeOf } from "../end_to_end/things.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const root = temporaryFolder("output paths");
let folder = "";
const at = (name: string) => path.join(folder, name);
const JOB = "20260101-000000-000-abcdef";

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(root, "work "));
  const line = {
    shots: 2,
    channels: 3,
    samplesPerTrace: 20,
    intervalUs: 4000,
    format: "ieee",
    seed: 1,
  } as const;
  writeSyntheticLine(at("line.sgy"), line);
});

function flow(output: string, mode: "processed" | "both" = "processed"): Work {
  const input = { path: at("line.sgy"), order: [] };
  const written = { path: at(output), format: "ieee" as const, mode };
  const document = { seisproc: 1 as const, name: "f", input, processes: [], output: written };
  return { kind: "flow", flow: document, onError: "fail", options: {} };
}

function scan(to: string): Work {
  return { kind: "header_scan", input: at("line.sgy"), to: at(to), read: {}, options: {} };
}

const WORKS: Readonly<Record<string, { output: string; work: () => Work }>> = {
  "a file": { output: "out.sgy", work: () => flow("out.sgy") },
  "a dataset": { output: "OUT.ZARR", work: () => flow("OUT.ZARR") },
  "noise beside a file": { output: "both.noise.sgy", work: () => flow("both.sgy", "both") },
  "noise beside a dataset": { output: "both.noise.zarr", work: () => flow("both.zarr", "both") },
  "columns": { output: "in.zarr", work: () => scan("in.zarr") },
};
const ENDINGS = [".part", ".part.lock", ".part.old"];

describe.each(Object.keys(WORKS))("%s", (kind) => {
  const { output, work } = WORKS[kind];
  const cases = Object.keys(THINGS).flatMap((thing) => ENDINGS.map((ending) => [thing, ending]));

  test.each(cases)(
    "finds %s of the user at its name with %s, before it is asked for and when it starts",
    (thing, ending) => {
      // An empty file with the name of a lock holds nothing that could be lost: a crash may have left it.
      if (thing === "an empty file" && ending === ".part.lock") return void preflight(work());
      THINGS[thing](at(output + ending));
      const before = treeOf(folder);
      for (const act of [() => preflight(work()), () => checkOutputs(work()), () => takeLocks(output)]) {
        expect(act).toThrow(
          `expected nothing at ${at(output + ending)}, a name that the job makes up, found`,
        );
      }
      expect(treeOf(folder)).toEqual(before);
    },
  );

  test("may be begun again where a job's lock claims what lies there, and where nothing lies", () => {
    preflight(work());
    fs.writeFileSync(at(`${output}.part.lock`), holderText({ job: JOB }));
    preflight(work());
    fs.writeFileSync(at(`${output}.part`), "begun");
    preflight(work());
    const locks = takeLocks(output);
    expect(locks.isOfAnother({ path: at(output), isStarted: () => true })).toBe(false);
    locks.release();
    expect(fs.existsSync(at(`${output}.part.lock`))).toBe(true);
  });

  test.each([
    ["another program's", "12345\n"],
    ["long", "x".repeat(4000)],
    ["one without a job", JSON.stringify({ seisproc: "lock", host: "h", pid: 1 })],
    ["one of another kind", JSON.stringify({ job: JOB, host: "h", pid: 1 })],
  ])("takes no lock for a job's that is %s", (_, text) => {
    fs.writeFileSync(at(`${output}.part.lock`), text);
    expect(() => preflight(work())).toThrow("found a file that is no lock of a job");
    expect(fs.readFileSync(at(`${output}.part.lock`), "utf8")).toBe(text);
  });

  test.each(["a link to a file", "a second name of a file", "a pipe", "a link that leads nowhere"])(
    "goes on through no %s, even where its own lock claims the name",
    (thing) => {
      fs.writeFileSync(at(`${output}.part.lock`), holderText({ job: JOB }));
      THINGS[thing](at(`${output}.part`));
      expect(() => preflight(work())).toThrow(`expected nothing at ${at(output)}.part`);
      expect(() => takeLocks(output)).toThrow(`expected nothing at ${at(output)}.part`);
    },
  );
});

function takeLocks(output: string): OutputLocks {
  const locks = new OutputLocks(JOB);
  locks.take([{ path: at(output), isStarted: () => true }]);
  return locks;
}
