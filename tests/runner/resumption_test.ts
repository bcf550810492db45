/** What was left is changed while the job rests: it goes on to the bytes of a quiet run, and says what did not hold. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noisePath, partPath } from "../../sidecar/files/partial_names.ts";
import { JobRun } from "../../sidecar/runner/run_job.ts";
import type { RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { bytesOf, differences, JobYard, outputOf } from "../end_to_end/real_jobs.ts";
import { InProcessPool } from "./in_process_pool.ts";

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

interface Attempt {
  readonly end: RunnerEnd;
  readonly blocks: number;
  readonly blocksKept: number;
  readonly warnings: readonly string[];
}

/** One run of the job in its folder, paused after so many blocks. */
async function attempt(folder: string, work: Work, pauseAfter = Infinity): Promise<Attempt> {
  fs.mkdirSync(folder, { recursive: true });
  let blocks = 0, blocksKept = 0;
  const warnings: string[] = [];
  const say = (message: RunnerMessage) => {
    if (message.message === "planned") ({ blocks, blocksKept } = message);
    if (message.message === "log" && message.level === "warning") warnings.push(message.text);
  };
  const pool = new InProcessPool((written) => {
    if (written === pauseAfter) run.obey({ command: "pause" });
  });
  const run = new JobRun(folder, work, pool, say);
  return { end: await run.run(), blocks, blocksKept, warnings };
}

let jobs = 0;

function jobFolder(): string {
  const id = `20260101-000000-000-${(0xabc000 + jobs++).toString(16)}`;
  return path.join(yard.folder, "jobs", id);
}

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
    expect((await attempt(jobFolder(), work)).end.outcome).toBe("completed");
    quiet = outputsOf(work).map(bytesOf);
    for (const file of outputsOf(work)) fs.rmSync(file, { recursive: true });
    const input = yard.file(kind === "an import of headers" ? "many.sgy" : "line.sgy");
    const shifted = yard.file(`other ${path.basename(input)}`);
    fs.writeFileSync(
      shifted,
      fs.readFileSync(input).map((byte, i) => i < 3600 ? byte : byte ^ (i % 3 === 0 ? 4 : 0)),
    );
    const another = KINDS[kind](`other ${name}`, kind === "a sorted file and its noise" ? input : shifted);
    await attempt(jobFolder(), another, 3);
    other = outputsOf(another).map(partPath);
  });

  test.each(Object.keys(CHANGES))("%s", async (change) => {
    const work = KINDS[kind](name), folder = jobFolder();
    const first = await attempt(folder, work, 4);
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
    const work = KINDS[kind](name), folder = jobFolder();
    await attempt(folder, work, 4);
    const second = await attempt(folder, work);
    expect(second).toMatchObject({ end: { outcome: "completed" }, blocksKept: 4, warnings: [] });
    outputsOf(work).forEach((file, i) => expect(differences(quiet[i], bytesOf(file))).toEqual([]));
    for (const file of outputsOf(work)) fs.rmSync(file, { recursive: true });
  });
});
