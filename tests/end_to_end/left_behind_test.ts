/** What a killed program leaves behind: runners that hang, jobs that wait, folders that are damaged. No dead end. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isLocked, readHolder } from "../../sidecar/files/file_lock.ts";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { eventually } from "../jobs/scripted_jobs.ts";
import { expectRefusal } from "./refusal.ts";
import { type Ended, jsonLines, Playground, type Started } from "./seisproc.ts";

const program = new GatedProgram();
const place = new Playground(program.launcher);
const OUTPUT = place.file("out.sgy");
const BANDPASS = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
const stopped = new Set<number>();
let wanted: Uint8Array, flow: string;

beforeAll(async () => {
  program.open();
  place.line("line.sgy", { shots: 60, channels: 60, samplesPerTrace: 751 });
  const input = { path: "line.sgy" };
  flow = place.flow("flow.json", { input, processes: [WAITS, BANDPASS], output: { path: "out.sgy" } });
  wanted = await place.bytesOf(flow, "out.sgy");
});
afterEach(async () => {
  for (const pid of stopped) endIfThere(pid);
  stopped.clear();
  program.open();
  for (const { id } of jsonLines((await place.run("jobs", "list", "--json")).stdout)) {
    await place.run("jobs", "cancel", String(id));
    await place.run("jobs", "remove", String(id));
  }
  fs.rmSync(OUTPUT, { force: true });
});
afterAll(() => {
  place.remove();
  program.remove();
});

interface Begun extends Started {
  readonly id: string;
  readonly folder: string;
}

/** A job in the middle of its work, waiting at the gate. */
async function begun(): Promise<Begun> {
  program.shut();
  const started = place.start("run", flow, "--json");
  await started.shows('"phase":"processing"');
  // Ids sort by time.
  const id = fs.readdirSync(path.join(place.workspace, "jobs")).sort().at(-1) ?? "";
  return { ...started, id, folder: path.join(place.workspace, "jobs", id) };
}

/** A job that was told to end in the middle of its work, with some blocks on disk. */
async function interrupted(): Promise<Begun> {
  const job = await begun();
  process.kill(job.child.pid ?? 0, "SIGTERM");
  program.openSlowly();
  expect((await job.ended).status).toBe(4);
  program.open();
  return job;
}

/** Its runner stops and its manager is killed, so that nobody tells the runner anything. */
async function orphaned(): Promise<Begun & { readonly runner: number }> {
  const job = await begun();
  const runner = pidIn(path.join(job.folder, "runner.lock"));
  stopped.add(runner);
  process.kill(runner, "SIGSTOP");
  process.kill(pidIn(path.join(job.folder, "lock")), "SIGKILL");
  await job.ended;
  program.open();
  return { ...job, runner };
}

function pidIn(lock: string): number {
  return readHolder(lock)?.pid ?? 0;
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended, as it should.
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function livingManagers(): string[] {
  const managers = path.join(place.workspace, "managers");
  return fs.readdirSync(managers).filter((name) => isLocked(path.join(managers, name)));
}

function expectDone({ status, stderr }: Ended): void {
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("Cannot")]);
  expect(fs.readFileSync(OUTPUT).equals(wanted)).toBe(true);
  expect(besideOutput()).toEqual(["out.sgy"]);
}

function besideOutput(): string[] {
  return fs.readdirSync(place.folder).filter((name) => name.startsWith("out.sgy"));
}

describe("a runner that hangs", () => {
  test("is ended when its job is resumed, and the job completes to the same bytes", async () => {
    const { id, runner } = await orphaned();
    const resumed = await place.run("jobs", "resume", id, "--json");
    expectDone(resumed);
    expect(resumed.stdout).toContain(`process ${runner}, which hung, was ended`);
    await eventually(() => !isThere(runner));
  });

  test("is ended when its job is cancelled, and nothing of it stays", async () => {
    const { id, runner } = await orphaned();
    expect((await place.run("jobs", "cancel", id)).status).toBe(0);
    expect(besideOutput()).toEqual([]);
    await eventually(() => !isThere(runner));
  });

  test("is never ended for the lock of another machine: the wait names it, and ends with a signal", async () => {
    const { id, runner, folder } = await orphaned();
    const lock = path.join(folder, "runner.lock"), words = fs.readFileSync(lock, "utf8");
    const host = readHolder(lock)?.host ?? "";
    fs.writeFileSync(lock, words.replace(`"${host}"`, '"nas7"').padEnd(words.length).slice(0, words.length));
    const resumed = place.start("jobs", "resume", id, "--json");
    await resumed.shows(`process ${runner} of the machine nas7: end it there, or wait`);
    process.kill(resumed.child.pid ?? 0, "SIGTERM");
    const { status, stdout } = await resumed.ended;
    expect(status).toBe(4);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ id, state: "queued" });
    expect([isThere(runner), livingManagers()]).toEqual([true, []]);
    expectRefusal(
      await place.run("jobs", "cancel", id),
      1,
      /found process \d+ of the machine nas7: end it there/,
    );
    fs.writeFileSync(lock, words);
    expectDone(await place.run("jobs", "resume", id));
  });
});

test("what follows a job that waits ends when its launcher is killed", async () => {
  const { id, folder } = await orphaned();
  const lock = path.join(folder, "runner.lock");
  fs.writeFileSync(
    lock,
    fs.readFileSync(lock, "utf8").replace(/"pid":\d+/, (found) => found.replace(/\d/g, "0")),
  );
  const resumed = place.start("jobs", "resume", id, "--json");
  await resumed.shows("runner.lock does not name");
  expect(livingManagers()).toHaveLength(1);
  process.kill(resumed.child.pid ?? 0, "SIGKILL");
  await eventually(() => livingManagers().length === 0, 20_000);
});

describe("a checkpoint", () => {
  for (
    const [what, spoil] of [
      ["with a flipped bit", (bytes: Buffer) => void (bytes[bytes.length >> 1] ^= 1)],
      ["that is empty", () => Buffer.alloc(0)],
    ] as const
  ) {
    test(`${what} is no dead end: the job starts from the beginning and says so`, async () => {
      const { id, folder } = await interrupted();
      const file = path.join(folder, "checkpoint"), bytes = fs.readFileSync(file);
      fs.writeFileSync(file, spoil(bytes) ?? bytes);
      const resumed = await place.run("jobs", "resume", id);
      expect(resumed.stderr).toMatch(/^warning: .*checkpoint.* is damaged: starting from the beginning\n/);
      expectDone(resumed);
    });
  }

  test("of a newer version is refused by resume; retry starts from nothing and says so", async () => {
    const { id, folder } = await interrupted();
    fs.writeFileSync(path.join(folder, "checkpoint"), '{"seisproc":99}\n');
    const resumed = await place.run("jobs", "resume", id);
    expect([resumed.status, resumed.stderr]).toEqual([
      1,
      expect.stringContaining("expected version 1, found 99"),
    ]);
    const retried = await place.run("jobs", "retry", id);
    expect(retried.stderr).toMatch(/^warning: .* of a newer version \(99\): it starts from the beginning\n/);
    expectDone(retried);
  });
});

describe("a journal", () => {
  test("that lost any one line leads to a job that one verb completes", async () => {
    const { folder, id } = await interrupted();
    const file = path.join(folder, "events.jsonl"),
      lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
    const kept = place.file("kept");
    fs.cpSync(folder, path.join(kept, "job"), { recursive: true });
    for (const name of besideOutput()) fs.cpSync(place.file(name), path.join(kept, name));
    const told = lines.findLastIndex((line) => line.includes('"event":"state"'));
    for (const lost of [0, 1, 2, told]) {
      fs.cpSync(path.join(kept, "job"), folder, { recursive: true });
      for (const name of fs.readdirSync(kept).filter((one) => one !== "job")) {
        fs.cpSync(path.join(kept, name), place.file(name));
      }
      fs.writeFileSync(file, lines.filter((_, i) => i !== lost).map((line) => line + "\n").join(""));
      expect((await place.run("jobs", "list")).stdout).toContain(id);
      expectDone(await place.run("jobs", "resume", id));
      fs.rmSync(OUTPUT);
    }
    fs.rmSync(kept, { recursive: true });
  });
});

describe("a folder that cannot be read", () => {
  for (
    const [what, spoil] of [
      ["without a journal", (folder: string) => fs.rmSync(path.join(folder, "events.jsonl"))],
      ["with an empty journal", (folder: string) => fs.writeFileSync(path.join(folder, "events.jsonl"), "")],
      [
        "with a journal of noise",
        (folder: string) => fs.writeFileSync(path.join(folder, "events.jsonl"), "\xff\n"),
      ],
      ["without a request", (folder: string) => fs.rmSync(path.join(folder, "job.json"))],
      ["with a request of noise", (folder: string) => fs.writeFileSync(path.join(folder, "job.json"), "{{{")],
    ] as const
  ) {
    test(`${what} is removed with its partial output and its lock`, async () => {
      const { id, folder } = await interrupted();
      expect(besideOutput()).toEqual(["out.sgy.part", "out.sgy.part.lock"]);
      spoil(folder);
      const { status, stdout } = await place.run("jobs", "remove", id);
      expect([status, stdout]).toEqual([0, expect.stringContaining("removed")]);
      expect([besideOutput(), fs.existsSync(folder)]).toEqual([[], false]);
    });
  }

  test("and what is no job at all is removed by the name that the list tells", async () => {
    const foreign = path.join(place.workspace, "jobs", "my holiday");
    fs.mkdirSync(foreign, { recursive: true });
    const { stderr } = await place.run("jobs", "list");
    expect(stderr).toContain("seisproc jobs remove my holiday");
    expect((await place.run("jobs", "remove", "my holiday")).status).toBe(0);
    expect(fs.existsSync(foreign)).toBe(false);
  });
});

describe("a request", () => {
  test("with a changed digit is noticed before anything runs, and the job is shown and removed", async () => {
    const { id, folder } = await interrupted();
    const file = path.join(folder, "job.json"), text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace('"highHz": 60', '"highHz": 50'));
    for (const verb of ["resume", "retry"]) {
      const { status, stderr } = await place.run("jobs", verb, id);
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining("job.json is not as it was written (checksum)"),
      ]);
      expect(fs.existsSync(OUTPUT)).toBe(false);
    }
    const shown = await place.run("jobs", "show", id);
    expect([shown.status, shown.stdout]).toEqual([1, expect.stringContaining(id)]);
    expect((await place.run("jobs", "remove", id)).status).toBe(0);
    expect(besideOutput()).toEqual([]);
  });
});
