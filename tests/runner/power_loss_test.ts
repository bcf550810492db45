/** Power cuts at random operations: whatever unsynced writes are lost, the job is resumed to the same bytes. */
import realFs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { holderText } from "../../sidecar/files/file_lock.ts";
import { partialLock, partPath, replacedPath } from "../../sidecar/files/partial_names.ts";
import { JobRun } from "../../sidecar/runner/run_job.ts";
import type { RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { bytesOf, differences, JobYard, outputOf } from "../end_to_end/real_jobs.ts";
import { randomNumbers } from "../test_steps.ts";
import { InProcessPool } from "./in_process_pool.ts";
import { UnsyncedDisk } from "./unsynced_disk.ts";

const { disk } = vi.hoisted(() => ({ disk: { current: undefined as UnsyncedDisk | undefined } }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  disk.current = new (await import("./unsynced_disk.ts")).UnsyncedDisk(fs);
  return disk.current.replacement;
});

const CUTS = Number(process.env.SEISPROC_POWER_CUTS ?? 10);
/** In memory where the system has such a folder: the disk that matters here is the model. */
const yard = new JobYard(40, realFs.existsSync("/dev/shm") ? "/dev/shm" : undefined);
/** Everything that a power cut may hurt; the input lies elsewhere. */
const root = yard.file("disk");
/** A dataset that a new one replaces: of the same flow, so its bytes are known. */
const older = yard.file("older.zarr");
const folder = path.join(root, "20260101-000000-000-abcdef");
afterAll(() => yard.remove());

const options = { checkpointMs: 3 };
const CASES: Readonly<Record<string, () => Work>> = {
  "a SEG-Y file": () => yard.flow("disk/out.sgy", [], options),
  "a sorted file and its noise": () =>
    yard.flow("disk/both.sgy", [{ process: "polarity", parameters: {} }], {
      ...options,
      order: ["cdp"],
      mode: "both",
    }),
  "a stored dataset": () => yard.flow("disk/out.zarr", [], options),
  "a stored dataset over an older one": () => yard.flow("disk/over.zarr", [], options),
  "an import of headers": () => ({ ...yard.headerScan("disk/headers.zarr"), options }),
};

describe.each(Object.keys(CASES))("%s", (kind) => {
  test("survives power cuts", async () => {
    const work = CASES[kind]();
    const random = randomNumbers(CUTS + Object.keys(CASES).indexOf(kind) * 1000);
    await life(work, true);
    const bytes = bytesOf(outputOf(work));
    const isOver = kind.includes("over an older");
    if (isOver) realFs.cpSync(outputOf(work), older, { recursive: true });
    let kept = 0;
    for (let cut = 0; cut < CUTS; cut++) {
      let operations = 0;
      fresh();
      if (isOver) realFs.cpSync(older, outputOf(work), { recursive: true });
      for (let lives = 0; lives < 1 + cut % 2; lives++) {
        operations = (await life(work, false)).operations;
        model().cutPower(root, Math.floor((random() + 1) / 2 * operations), random);
        // The older dataset is there under its name or where the new one will put it, or the new one stands.
        if (isOver) expect(datasetsOf(outputOf(work), bytes), `cut ${cut}`).not.toEqual([]);
        keepLocks(work, random);
      }
      const last = await life(work, false);
      kept += last.blocksKept;
      expect(last.end, `cut ${cut}: ${JSON.stringify(last.end)}`).toMatchObject({ outcome: "completed" });
      expect(differences(bytes, bytesOf(outputOf(work))), `cut ${cut}`).toEqual([]);
      expect(realFs.readdirSync(root).filter((name) => /\.part(\.old)?$/.test(name)), `cut ${cut}`).toEqual(
        [],
      );
    }
    expect(kept).toBeGreaterThan(0);
  }, 60_000 + CUTS * 6000);
});

interface Life {
  readonly end: RunnerEnd;
  readonly operations: number;
  readonly blocksKept: number;
}

/** One run of the job from what lies on the disk. */
async function life(work: Work, first: boolean): Promise<Life> {
  if (first) fresh();
  model().record(root);
  let blocksKept = 0;
  const say = (message: RunnerMessage) => {
    if (message.message === "planned") blocksKept = message.blocksKept;
  };
  const end = await new JobRun(folder, work, new InProcessPool(), say).run();
  return { end, operations: model().length, blocksKept };
}

function fresh(): void {
  model().stop();
  realFs.rmSync(root, { recursive: true, force: true });
  realFs.mkdirSync(folder, { recursive: true });
}

/** Which of the names that may bear a whole dataset bear one. */
function datasetsOf(output: string, bytes: ReturnType<typeof bytesOf>): string[] {
  return [output, replacedPath(output)].filter((name) =>
    realFs.existsSync(name) && differences(bytes, bytesOf(name)).length === 0
  );
}

/** Locks are not written through `node:fs`; they are on disk before a partial output is made, and go after it. */
function keepLocks(work: Work, random: () => number): void {
  const output = outputOf(work), text = holderText({ job: path.basename(folder) });
  for (const one of [output, output.replace(".sgy", ".noise.sgy")]) {
    const part = partPath(one);
    const claims = [part, replacedPath(one)].some((name) => realFs.existsSync(name));
    if (claims || random() < 0.8) realFs.writeFileSync(partialLock(part), text);
  }
}

function model(): UnsyncedDisk {
  if (disk.current === undefined) throw new Error("node:fs is not replaced");
  return disk.current;
}
