/** An input that is another one, of the same size and time: noticed while the job runs and when it goes on. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partPath } from "../../sidecar/files/partial_names.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { JobYard, outputOf } from "../end_to_end/real_jobs.ts";
import { attempt, newJobFolder } from "./attempts.ts";

const yard = new JobYard(60, fs.existsSync("/dev/shm") ? "/dev/shm" : undefined);
const options = { checkpointMs: 600_000 };
const POLARITY = [{ process: "polarity", parameters: {} }];
afterAll(() => yard.remove());

/** The bytes of a file with others in the middle, where no hash of headers looks. */
function otherBytes(file: string): Uint8Array {
  const bytes = fs.readFileSync(file);
  for (let i = 0; i < 1000; i++) bytes[Math.floor(bytes.length / 2) + i] ^= 1;
  return bytes;
}

function keepTimes(file: string, change: () => void): void {
  const { atime, mtime } = fs.statSync(file);
  change();
  fs.utimesSync(file, atime, mtime);
}

/** What may be done to a file so that name, size and time stay. */
const CHANGES: Readonly<Record<string, (file: string) => void>> = {
  "replaced by another file": (file) =>
    keepTimes(file, () => {
      fs.writeFileSync(`${file}.new`, otherBytes(file));
      fs.renameSync(`${file}.new`, file);
    }),
  "written in place": (file) => keepTimes(file, () => fs.writeFileSync(file, otherBytes(file))),
  "moved away and a copy put back": (file) =>
    keepTimes(file, () => {
      fs.renameSync(file, `${file}.away`);
      fs.writeFileSync(file, otherBytes(`${file}.away`));
    }),
};

interface Case {
  /** The file that is changed. */
  readonly file: () => string;
  readonly work: (output: string) => Work;
}

const CASES: Readonly<Record<string, Case>> = {
  "a SEG-Y file": {
    file: () => yard.file("input.sgy"),
    work: (output) => yard.flow(output, POLARITY, { ...options, input: yard.file("input.sgy") }),
  },
  "a chunk of a stored dataset": {
    file: () => yard.file("input.zarr/traces/c.0.0"),
    work: (output) => yard.flow(output, POLARITY, { ...options, input: yard.file("input.zarr") }),
  },
  "a column of a dataset in place": {
    file: () => yard.file("columns.zarr/headers/cdp/c.0"),
    work: (output) =>
      yard.flow(output, POLARITY, { ...options, input: yard.file("columns.zarr"), order: ["cdp"] }),
  },
  "the SEG-Y file of a dataset in place": {
    file: () => yard.line,
    work: (output) => yard.flow(output, POLARITY, { ...options, input: yard.file("columns.zarr") }),
  },
  "a SEG-Y file to import": {
    file: () => yard.file("many.sgy"),
    work: (output) => ({ ...yard.headerScan(`${output}.zarr`), options: { workers: 1, ...options } }),
  },
};

beforeAll(async () => {
  fs.copyFileSync(yard.line, yard.file("input.sgy"));
  await attempt(newJobFolder(yard.folder), yard.flow("input.zarr", []));
  const columns: Work = {
    kind: "header_scan",
    input: yard.line,
    to: yard.file("columns.zarr"),
    read: {},
    options: {},
  };
  await attempt(newJobFolder(yard.folder), columns);
  yard.headerScan("made.zarr");
});

/** Times of change are told in whole seconds. */
function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1050));
}

describe.each(Object.keys(CASES))("%s", (kind) => {
  const { file, work } = CASES[kind];
  const output = `of ${Object.keys(CASES).indexOf(kind)}.sgy`;

  test.each(Object.keys(CHANGES))("%s while the job rests: it does not go on", async (change) => {
    const folder = newJobFolder(yard.folder);
    expect((await attempt(folder, work(output), { pauseAfter: 2 })).end.outcome).toBe("paused");
    const bytes = fs.readFileSync(file());
    await nextSecond();
    CHANGES[change](file());
    const { end } = await attempt(folder, work(output));
    expect(end).toMatchObject({ outcome: "failed", error: { tag: "plan-changed" } });
    expect(JSON.stringify(end)).toMatch(
      /found another .*(identity of the input|time of change of the input)/,
    );
    expect(fs.existsSync(partPath(outputOf(work(output))))).toBe(true);
    fs.rmSync(partPath(outputOf(work(output))), { recursive: true });
    keepTimes(file(), () => fs.writeFileSync(file(), bytes));
  });

  test.each(Object.keys(CHANGES))("%s while the job runs: it has no output", async (change) => {
    const bytes = fs.readFileSync(file());
    await nextSecond();
    const { end } = await attempt(newJobFolder(yard.folder), work(output), {
      onBlock: (written) => written === 2 && CHANGES[change](file()),
    });
    expect(end).toMatchObject({ outcome: "failed", error: { tag: "input-changed" } });
    const written = outputOf(work(output));
    expect([fs.existsSync(written), fs.existsSync(partPath(written))]).toEqual([false, false]);
    keepTimes(file(), () => fs.writeFileSync(file(), bytes));
  });

  test("left alone: the job goes on, though it was read meanwhile", async () => {
    const folder = newJobFolder(yard.folder);
    await attempt(folder, work(output), { pauseAfter: 2 });
    await nextSecond();
    fs.readFileSync(file());
    const { end, blocksKept } = await attempt(folder, work(output));
    expect([end.outcome, blocksKept]).toEqual(["completed", 2]);
    fs.rmSync(outputOf(work(output)), { recursive: true });
  });
});
