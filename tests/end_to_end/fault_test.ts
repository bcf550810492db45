/** Faults of the world around a job: each leaves a state that says what happened, and no process behind. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JobManager, ManagerOptions } from "../../sidecar/jobs/manager.ts";
import { isAtRest, type Job } from "../../src/shared/job/job.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { eventually } from "../jobs/scripted_jobs.ts";
import { canMount, MountedDisk } from "./mounted_disk.ts";
import { FAULTS, faultyLauncher } from "./faulty_runner.ts";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { BANDPASS, bytesOf, differences, JobYard, openRealManager, outputOf, SLOW } from "./real_jobs.ts";

const yard = new JobYard();
const program = new GatedProgram();
/** Goes slowly until the gate is open, however fast the machine is. */
const GATED = [WAITS, ...BANDPASS];
const QUICK = { stallMs: 400, terminateMs: 200, killMs: 400, repeatMs: 20 };
let manager: JobManager;

function open(options: Partial<ManagerOptions> = {}): void {
  manager = yard.manager({ times: QUICK, ...options });
}

afterEach(async () => {
  await manager.shutdown();
  expect(runnersOf(yard.workspace)).toEqual([]);
});
afterAll(() => {
  yard.remove();
  program.remove();
});

/** The next jobs are in the middle of their work until the gate is opened. */
function openGated(): void {
  program.openSlowly();
  open({ launcher: program.runners });
}

function misbehaving(output: string, scale: number): Work {
  return yard.flow(output, [{ process: "gain", parameters: { scale } }], { checkpointMs: 20 });
}

async function submit(work: Work, timeoutSeconds: number | null = null): Promise<string> {
  const { id } = await manager.submit({ type: "processing", name: "fault", work, timeoutSeconds });
  return id;
}

async function begun(id: string): Promise<void> {
  await eventually(() => (manager.get(id).progress?.fraction ?? 0) > 0.15 || isAtRest(manager.get(id).state));
  expect(manager.get(id).state).toBe("running");
}

/** Command lines of living runners of a workspace. */
function runnersOf(workspace: string): string[] {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return line.includes("runner.ts") && line.includes(workspace) ? [line] : [];
    } catch {
      return [];
    }
  });
}

describe("a worker", () => {
  test.each([
    ["throws", FAULTS.throws, "thrown by a test"],
    ["traps in its kernel", FAULTS.traps, "memory access out of bounds"],
  ])("that %s fails the job with what it said", async (_, scale, text) => {
    open({ launcher: faultyLauncher(yard.folder) });
    const job = await manager.whenAtRest(await submit(misbehaving(`${scale}.sgy`, scale)));
    expect(job).toMatchObject({ state: "failed", error: { tag: "internal" } });
    expect(job.error?.message).toContain(text);
    expect(fs.existsSync(yard.file(`${scale}.sgy`))).toBe(false);
  });

  test("that does not load fails the job", async () => {
    open({ launcher: faultyLauncher(yard.folder, "unloadable") });
    const job = await manager.whenAtRest(await submit(misbehaving("unloadable.sgy", 1)));
    expect(job).toMatchObject({ state: "failed", error: { tag: "internal" } });
    expect(job.error?.message).toContain("a worker crashed");
  });

  test("that hangs stalls the job, and a cancel ends it at level 4", async () => {
    open({ launcher: faultyLauncher(yard.folder) });
    const id = await submit(misbehaving("hangs.sgy", FAULTS.hangs));
    await eventually(() => manager.get(id).progress?.stalled === true);
    expect(manager.get(id).state).toBe("running");
    await manager.cancel(id);
    const job = await manager.whenAtRest(id);
    expect(job).toMatchObject({ state: "cancelled", cancelLevel: 4, partialOutput: "removed" });
    expect(fs.existsSync(yard.file("hangs.sgy.part"))).toBe(false);
  });

  test("that hangs keeps a pause waiting, and the end of the manager kills it", async () => {
    open({ launcher: faultyLauncher(yard.folder), times: { ...QUICK, interruptMs: 200 } });
    const id = await submit(misbehaving("pause.sgy", FAULTS.hangs));
    await eventually(() => manager.get(id).progress?.stalled === true);
    await manager.pause(id);
    expect(manager.get(id).state).toBe("pausing");
    await manager.shutdown("the test is over");
    open();
    expect(manager.get(id).state).toBe("interrupted");
  });
});

test("a limit of memory that the flow cannot keep is refused with both numbers", async () => {
  open();
  const work = yard.flow("memory.sgy", SLOW, { memoryMB: 2 });
  const job = await manager.whenAtRest(await submit(work));
  expect(job).toMatchObject({ state: "failed", error: { tag: "memory-short" } });
  expect(job.error?.message).toContain("expected at most 2 MB of memory");
  expect(fs.existsSync(yard.file("memory.sgy.part"))).toBe(false);
});

describe("files", () => {
  test("an input that vanishes fails the job, and no output gets its name", async () => {
    openGated();
    fs.copyFileSync(yard.line, yard.file("copy.sgy"));
    const id = await submit(yard.flow("vanish.sgy", GATED, { input: yard.file("copy.sgy") }));
    await begun(id);
    fs.rmSync(yard.file("copy.sgy"));
    program.open();
    const job = await manager.whenAtRest(id);
    expect(job).toMatchObject({ state: "failed", error: { tag: "input-changed" } });
    expect(job.error?.message).toContain("found that it is gone");
    expect(fs.existsSync(yard.file("vanish.sgy"))).toBe(false);
  });

  test("an input that is cut while it is read fails the job", async () => {
    openGated();
    fs.copyFileSync(yard.line, yard.file("cut.sgy"));
    const id = await submit(yard.flow("cut out.sgy", GATED, { input: yard.file("cut.sgy") }));
    await begun(id);
    fs.truncateSync(yard.file("cut.sgy"), 100_000);
    program.open();
    const job = await manager.whenAtRest(id);
    expect(job.state).toBe("failed");
    expect(["input-changed", "file-cut-short"]).toContain(job.error?.tag);
    expect(fs.existsSync(yard.file("cut out.sgy"))).toBe(false);
  });

  test.each(["sgy", "zarr"])(
    "an output folder that vanishes fails the job (%s); a retry writes all",
    async (kind) => {
      openGated();
      const folder = yard.file(`folder ${kind}`);
      fs.mkdirSync(folder);
      const id = await submit(yard.flow(`folder ${kind}/out.${kind}`, GATED));
      await begun(id);
      fs.rmSync(folder, { recursive: true, force: true });
      program.open();
      const job = await manager.whenAtRest(id);
      expect(job).toMatchObject({ state: "failed", error: { tag: "output-unwritable" } });
      fs.mkdirSync(folder, { recursive: true });
      await manager.retry(id);
      expect(await manager.whenAtRest(id)).toMatchObject({ state: "completed", attempt: 2 });
      expect(fs.readdirSync(folder)).toEqual([`out.${kind}`]);
    },
  );
});

test("a runner that is stopped stalls, and goes on to the same bytes", async () => {
  open({ launcher: program.runners });
  program.open();
  const quiet = await manager.whenAtRest(await submit(yard.flow("stopped.sgy", GATED)));
  expect(quiet.state).toBe("completed");
  const bytes = bytesOf(yard.file("stopped.sgy"));
  program.openSlowly();
  const id = await submit(yard.flow("stopped.sgy", GATED));
  await begun(id);
  const [{ pid }] = manager.runners();
  process.kill(pid, "SIGSTOP");
  await eventually(() => manager.get(id).progress?.stalled === true);
  expect(manager.get(id).state).toBe("running");
  process.kill(pid, "SIGCONT");
  await eventually(() => manager.get(id).progress?.stalled === false);
  program.open();
  expect((await manager.whenAtRest(id)).state).toBe("completed");
  expect(differences(bytes, bytesOf(yard.file("stopped.sgy")))).toEqual([]);
});

test("a runner that is stopped is cancelled at level 4", async () => {
  openGated();
  const id = await submit(yard.flow("stopped cancel.sgy", GATED));
  await begun(id);
  process.kill(manager.runners()[0].pid, "SIGSTOP");
  await manager.cancel(id);
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "cancelled", cancelLevel: 4 });
  expect(fs.existsSync(yard.file("stopped cancel.sgy.part"))).toBe(false);
});

describe("a wall clock that jumps", () => {
  const now = Date.now;
  afterEach(() => void (Date.now = now));

  test.each([-3, 3])("by %i hours ends no job, and times of running stay true", async (hours) => {
    openGated();
    const id = await submit(yard.flow(`clock ${hours}.sgy`, GATED), 60);
    await begun(id);
    Date.now = () => now() + hours * 3_600_000;
    program.open();
    const job: Job = await manager.whenAtRest(id);
    expect(job.state).toBe("completed");
    expect(job.attemptRanMs).toBeGreaterThan(0);
    // Nothing of the jump: no test lives for an hour.
    expect(job.attemptRanMs).toBeLessThan(3_600_000);
  });
});

describe.skipIf(!canMount())("a disk that fills", () => {
  let disk: MountedDisk;

  beforeAll(() => void (disk = new MountedDisk(yard.file("small disk"), "40m")));
  afterAll(() => disk.remove());

  test("while the job runs pauses it, and it goes on by itself when there is room", async () => {
    openGated();
    await fillAndFree(manager);
  });

  test("also when the workspace lies on it", async () => {
    const workspace = path.join(disk.folder, "workspace");
    program.openSlowly();
    manager = openRealManager(workspace, { times: QUICK, launcher: program.runners });
    await fillAndFree(manager);
    await manager.shutdown();
    expect(runnersOf(workspace)).toEqual([]);
  });

  async function fillAndFree(manager: JobManager): Promise<void> {
    const work = yard.flow("small disk/out.sgy", GATED);
    const { id } = await manager.submit({ type: "processing", name: "full", work });
    await eventually(() => (manager.get(id).progress?.fraction ?? 0) > 0.15);
    disk.fill();
    program.open();
    const job = await manager.whenAtRest(id);
    expect(job).toMatchObject({ state: "paused", reason: "disk full", error: { tag: "disk-full" } });
    disk.free();
    await eventually(() => manager.get(id).state === "completed", 20_000);
    expect(manager.get(id).plan?.blocksKept).toBeGreaterThan(0);
    fs.rmSync(outputOf(work));
  }
});
