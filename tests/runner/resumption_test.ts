/** What was left is changed while the job rests: it goes on to the bytes of a quiet run, and says what did not hold. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holderText } from "../../sidecar/files/file_lock.ts";
import { noisePath, partialLock, partPath } from "../../sidecar/files/partial_names.ts";
import { readCheckpoint, writeCheckpoint } from "../../sidecar/jobs/folder/checkpoint.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { bytesOf, differences, JobYard, outputOf } from "../end_to_end/real_jobs.ts";
import { randomNumbers } from "../test_steps.ts";
import { attempt, newJobFolder } from "./attempts.ts";

/** In memory where the system has such a folder: what is tried here needs no disk. */
const yard = new JobYard(60, fs.existsSync("/dev/shm") ? "/dev/shm" : undefined);
afterAll(() => yard.remove());

/** One checkpoint, at the pause. */
const options = { checkpointMs: 600_000 };
const POLARITY = [{ process: "polarity", parameters: {} }];
const KINDS: Readonly<Record<string, (name: string, input?: string) => Work>> = {
  "a SEG-Y file": (name, input) => yard.flow(`${name}.sgy`, POLARITY, { ...options, input }),
  "a sorted file and its noise": (name, input) =>
    yard.flow(`${name}.sgy`, POLARITY, { ...options, input, order: ["cdp"], mode: "both" }),
  "a stored dataset": (name, input) => yard.flow(`${name}.zarr`, POLARITY, { ...options, input }),
  "an import of headers": (name, input) => {
    const work = yard.headerScan(`${name}.zarr`);
    return work.kind === "header_scan"
      ? { ...work, input: input ?? work.input, options: { workers: 1, ...options } }
      : work;
  },
};

function outputsOf(work: Work): string[] {
  const output = outputOf(work);
  return [output, noisePath(output)].filter((file) => fs.existsSync(file) || fs.existsSync(partPath(file)));
}

/** Files in a partial output that hold blocks. */
function dataOf(part: string): string[] {
  if (fs.statSync(part).isFile()) return [part];
  const names = fs.readdirSync(part, { recursive: true, encoding: "utf8" });
  return names.filter((name) => /c\.\d/.test(name)).sort().map((name) => path.join(part, name));
}

type Change = (parts: string[], other: string[]) => void;
const each = (change: (file: string) => void): Change => (parts) => parts.flatMap(dataOf).forEach(change);
const last = (change: (file: string) => void): Change => (parts) =>
  change(dataOf(parts.at(-1) ?? "").at(-1) ?? "");

function flip(file: string, place: number): void {
  const bytes = fs.readFileSync(file);
  bytes[Math.min(bytes.length - 1, Math.floor(bytes.length * place))] ^= 1;
  fs.writeFileSync(file, bytes);
}

/** What may happen to what a job left; the bytes of another run lie ready. */
const CHANGES: Readonly<Record<string, Change>> = {
  "cut to nothing": each((file) => fs.truncateSync(file, 0)),
  "cut to one byte": each((file) => fs.truncateSync(file, 1)),
  "cut to the file headers": each((file) => fs.truncateSync(file, 3600)),
  "cut to a third": each((file) => fs.truncateSync(file, Math.floor(fs.statSync(file).size / 3))),
  "cut by its last byte": each((file) => fs.truncateSync(file, fs.statSync(file).size - 1)),
  "made longer": each((file) => fs.appendFileSync(file, new Uint8Array(10_000).fill(7))),
  "zeros of the same size": each((file) => fs.writeFileSync(file, new Uint8Array(fs.statSync(file).size))),
  "one bit of its beginning turned": last((file) => flip(file, 0.03)),
  "one bit of one file's end turned": last((file) => flip(file, 1)),
  "a page of zeros in it": each((file) => {
    const fd = fs.openSync(file, "r+");
    fs.writeSync(fd, new Uint8Array(4096), 0, Math.min(4096, fs.fstatSync(fd).size), 0);
    fs.closeSync(fd);
  }),
  "removed in part": last((file) => fs.rmSync(file)),
  "the data removed": each((file) => fs.rmSync(file)),
  "the partial output of another run": (parts, other) => {
    parts.forEach((part, i) => {
      fs.rmSync(part, { recursive: true });
      fs.cpSync(other[i], part, { recursive: true });
    });
  },
  "the same bytes in another file": (parts) => {
    for (const part of parts) {
      fs.cpSync(part, `${part}.copy`, { recursive: true });
      fs.rmSync(part, { recursive: true });
      fs.renameSync(`${part}.copy`, part);
    }
  },
  "moved away": (parts) => parts.forEach((part) => fs.renameSync(part, `${part}.away`)),
};

/** Changes after which every finished block may still hold. */
const MILD = /^(one bit|cut by its last|cut to a third|made longer|the same bytes)/;

describe.each(Object.keys(KINDS))("%s", (kind) => {
  const name = `out ${Object.keys(KINDS).indexOf(kind)}`;
  let quiet: Map<string, Buffer>[], other: string[];

  beforeAll(async () => {
    const work = KINDS[kind](name);
    expect((await attempt(newJobFolder(yard.folder), work)).end.outcome).toBe("completed");
    quiet = outputsOf(work).map(bytesOf);
    for (const file of outputsOf(work)) fs.rmSync(file, { recursive: true });
    const input = yard.file(kind === "an import of headers" ? "many.sgy" : "line.sgy");
    const shifted = yard.file(`other ${path.basename(input)}`);
    fs.writeFileSync(
      shifted,
      fs.readFileSync(input).map((byte, i) => i < 3600 ? byte : byte ^ (i % 3 === 0 ? 4 : 0)),
    );
    const another = KINDS[kind](`other ${name}`, kind === "a sorted file and its noise" ? input : shifted);
    await attempt(newJobFolder(yard.folder), another, { pauseAfter: 3 });
    other = outputsOf(another).map(partPath);
  });

  test.each(Object.keys(CHANGES))("%s", async (change) => {
    const work = KINDS[kind](name), folder = newJobFolder(yard.folder);
    const first = await attempt(folder, work, { pauseAfter: 4 });
    expect(first).toMatchObject({ end: { outcome: "paused" }, warnings: [] });
    const parts = outputsOf(work).map(partPath);
    CHANGES[change](parts, other);
    const second = await attempt(folder, work);
    expect(second.end, JSON.stringify(second.end)).toMatchObject({ outcome: "completed" });
    outputsOf(work).forEach((file, i) => expect(differences(quiet[i], bytesOf(file))).toEqual([]));
    if (!MILD.test(change)) expect(second.blocksKept).toBeLessThan(4);
    const isSaid = second.blocksKept < 4 || /^(cut|made)/.test(change);
    expect(second.warnings).toHaveLength(isSaid ? 1 : 0);
    for (const file of outputsOf(work)) fs.rmSync(file, { recursive: true });
  });

  test("left as it was", async () => {
    const work = KINDS[kind](name), folder = newJobFolder(yard.folder);
    await attempt(folder, work, { pauseAfter: 4 });
    const second = await attempt(folder, work);
    expect(second).toMatchObject({ end: { outcome: "completed" }, blocksKept: 4, warnings: [] });
    outputsOf(work).forEach((file, i) => expect(differences(quiet[i], bytesOf(file))).toEqual([]));
    for (const file of outputsOf(work)) fs.rmSync(file, { recursive: true });
  });

  test("left alone when the job is told to stop while it is looked at, and removed when that is a cancel", async () => {
    const work = KINDS[kind](name), folder = newJobFolder(yard.folder);
    await attempt(folder, work, { pauseAfter: 4 });
    expect((await attempt(folder, work, { asked: { command: "pause" } })).end.outcome).toBe("paused");
    expect((await attempt(folder, work, { asked: { command: "interrupt" } })).end.outcome).toBe(
      "interrupted",
    );
    expect((await attempt(folder, work, { pauseAfter: 1 })).blocksKept).toBe(4);
    const cancel = { command: "cancel", keepPartial: false } as const;
    expect((await attempt(folder, work, { asked: cancel })).end.outcome).toBe("cancelled");
    const begun = fs.readdirSync(yard.folder).filter((one) => one.startsWith(`${name}.`));
    expect(begun.filter((one) => !one.endsWith(".away"))).toEqual([]);
  });
});

describe("a checkpoint", () => {
  const work = KINDS["a SEG-Y file"]("of a checkpoint"), output = outputOf(work);
  let quiet: Map<string, Buffer>;

  beforeAll(async () => {
    await attempt(newJobFolder(yard.folder), work);
    quiet = bytesOf(output);
    fs.rmSync(output);
  });

  /** The job goes on after `change` of its checkpoint to the same bytes; its warnings and the blocks that it kept. */
  async function goesOn(
    change: (file: string) => void,
  ): Promise<{ warnings: readonly string[]; kept: number }> {
    const folder = newJobFolder(yard.folder);
    await attempt(folder, work, { pauseAfter: 4 });
    change(path.join(folder, "checkpoint"));
    const { end, warnings, blocksKept } = await attempt(folder, work);
    expect(end, JSON.stringify(end)).toMatchObject({ outcome: "completed" });
    expect(differences(quiet, bytesOf(output))).toEqual([]);
    fs.rmSync(output);
    return { warnings, kept: blocksKept };
  }

  test("that is damaged anywhere leads to the beginning, which is said", async () => {
    const random = randomNumbers(3);
    for (let tries = 0; tries < 12; tries++) {
      const { warnings, kept } = await goesOn((file) => {
        if (tries % 3 === 0) fs.truncateSync(file, Math.floor((random() + 1) / 2 * fs.statSync(file).size));
        else flip(file, (random() + 1) / 2);
      });
      expect(warnings).toEqual([
        "The checkpoint of the earlier attempt is damaged: starting from the beginning",
      ]);
      expect(kept).toBe(0);
    }
  });

  test("that is a folder, a pipe or a link that leads nowhere is no checkpoint", async () => {
    const things: ((file: string) => void)[] = [
      (file) => fs.mkdirSync(file),
      (file) => execFileSync("mkfifo", [file]),
      (file) => fs.symlinkSync("nowhere", file),
    ];
    for (const thing of things) {
      const { warnings } = await goesOn((file) => {
        fs.rmSync(file);
        thing(file);
      });
      expect(warnings).toHaveLength(1);
    }
  });

  test("that says finishing without all blocks, or of a job of another output, counts as what it holds", async () => {
    const finishing = await goesOn((file) => {
      const found = readCheckpoint(path.dirname(file));
      if (found) writeCheckpoint(path.dirname(file), { ...found, extra: { isFinishing: true } });
    });
    expect(finishing).toEqual({ warnings: [], kept: 4 });
    const all = await goesOn((file) => {
      const found = readCheckpoint(path.dirname(file));
      if (found) writeCheckpoint(path.dirname(file), { ...found, done: found.done.map(() => 1) });
    });
    expect(all.warnings).toHaveLength(1);
    expect(all.kept).toBe(4);
    const without = await goesOn((file) => {
      const found = readCheckpoint(path.dirname(file));
      if (found) writeCheckpoint(path.dirname(file), { ...found, checksums: undefined });
    });
    expect(without.warnings[0]).toContain("has no checksums of its blocks: starting from the beginning");
  });

  test("that was finishing is completed, or begun again when the output that had its name is another", async () => {
    const both = KINDS["a sorted file and its noise"]("of both");
    const folder = newJobFolder(yard.folder);
    await attempt(folder, both);
    const [file, noise] = outputsOf(both);
    const bytes = [file, noise].map(bytesOf);
    const lock = partialLock(partPath(noise));
    for (
      const spoil of [
        () => {},
        () => flip(file, 0.5),
        () => flip(partPath(noise), 0.5),
        () => fs.truncateSync(file, 99),
      ]
    ) {
      fs.renameSync(noise, partPath(noise));
      fs.writeFileSync(lock, holderText({ job: path.basename(folder) }));
      spoil();
      const { end, blocksKept, blocks, warnings } = await attempt(folder, both);
      expect(end.outcome).toBe("completed");
      expect([file, noise].map(bytesOf).flatMap((one, i) => differences(bytes[i], one))).toEqual([]);
      expect(warnings.length).toBe(blocksKept === blocks ? 0 : 1);
      expect(fs.readdirSync(yard.folder).filter((one) => /^of both.*part/.test(one))).toEqual([]);
    }
  });
});
