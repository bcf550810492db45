/** Damage and waiting: from every state one verb goes on, and nothing waits for ever. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { FileLock } from "../../sidecar/files/file_lock.ts";
import type { JobManager } from "../../sidecar/jobs/manager.ts";
import { newBench } from "./new_bench.ts";
import { type Bench, outputOf, reached, wanted } from "./scripted_jobs.ts";

const bench = newBench();
const BLOCKS = 6;
/** Damaged folders that are brought to an end; more by hand. */
const DAMAGES = Number(process.env.SEISPROC_DAMAGES ?? 12);

/** A job that was paused before its fourth block, its folder and what it left beside its output. */
async function pausedJob(on: Bench, manager: JobManager) {
  const gate = on.gate(3);
  const script = { blocks: BLOCKS, msPerBlock: 1, checkpointEvery: 1, ...gate.script };
  const { id } = await manager.submit(on.submission(script));
  await reached(manager, id, 3 / BLOCKS);
  await manager.pause(id);
  await manager.whenAtRest(id);
  gate.open();
  const output = outputOf(manager, id), folder = path.join(on.workspace.jobs, id);
  const kept = ["events.jsonl", "job.json", "checkpoint"].map((name) => path.join(folder, name));
  const files = [...kept, `${output}.part`, `${output}.part.lock`];
  const bytes = files.map((file) => fs.readFileSync(file));
  const restore = () => {
    fs.mkdirSync(folder, { recursive: true });
    files.forEach((file, i) => fs.writeFileSync(file, bytes[i]));
    fs.rmSync(output, { force: true });
  };
  return { id, folder, output, restore };
}

const beside = (output: string) =>
  fs.readdirSync(path.dirname(output)).filter((name) => name.startsWith(path.basename(output)));

describe("a journal that lost a line", () => {
  test("leads to a state from which one verb completes the job, whichever line it was", async () => {
    const manager = bench().manager();
    const { id, folder, output, restore } = await pausedJob(bench(), manager);
    await bench().close(manager);
    const file = path.join(folder, "events.jsonl");
    const lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
    for (const [lost] of lines.entries()) {
      restore();
      fs.writeFileSync(file, lines.filter((_, i) => i !== lost).map((line) => line + "\n").join(""));
      const again = bench().manager({ role: "run" });
      await again.resume(id);
      const job = await again.whenAtRest(id);
      expect([lost, job.state]).toEqual([lost, "completed"]);
      expect(fs.readFileSync(output, "utf8")).toBe(wanted(BLOCKS));
      await bench().close(again);
    }
  });
});

describe("damage at any byte of a job's folder", () => {
  test("ends with the same bytes, or with a job that can be removed with all it left", async () => {
    const manager = bench().manager();
    const { id, folder, output, restore } = await pausedJob(bench(), manager);
    await bench().close(manager);
    const names = ["events.jsonl", "job.json", "checkpoint"];
    for (let round = 0; round < DAMAGES; round++) {
      restore();
      const name = names[round % names.length], file = path.join(folder, name);
      const bytes = fs.readFileSync(file), at = Math.floor((round * 0.618034) % 1 * bytes.length);
      bytes[at] ^= 1 << round % 8;
      fs.writeFileSync(file, round % 4 === 3 ? bytes.subarray(0, at) : bytes);
      const again = bench().manager({ role: "run" });
      const how = await broughtToAnEnd(again, id);
      expect([name, at, how]).toEqual([name, at, expect.stringMatching(/^(completed|removed)$/)]);
      if (how === "completed") expect(fs.readFileSync(output, "utf8")).toBe(wanted(BLOCKS));
      else expect([beside(output), fs.existsSync(folder)]).toEqual([[], false]);
      await bench().close(again);
    }
  }, 60_000 + DAMAGES * 2000);

  /** As a user would who does what he is told. */
  async function broughtToAnEnd(manager: JobManager, id: string): Promise<string> {
    for (const verb of ["resume", "retry"] as const) {
      try {
        await manager[verb](id);
      } catch (error) {
        expect(error).toMatchObject({ tag: expect.stringMatching(/^job-(damaged|transition)$/) });
        continue;
      }
      const job = await manager.whenAtRest(id);
      if (job.state === "completed") return "completed";
      expect(job.error?.message).toMatch(/^Cannot .*: (retry it|remove the job)/);
    }
    await manager.remove(id);
    return "removed";
  }
});

describe("a checkpoint that cannot be used", () => {
  for (
    const [what, bytes] of [
      ["is damaged", Buffer.from("noise\n")],
      ["is empty", Buffer.alloc(0)],
      ["is of a newer version", Buffer.from('{"seisproc":99}\n')],
    ] as const
  ) {
    test(`because it ${what} does not stop a retry, which starts from nothing and says so`, async () => {
      const manager = bench().manager();
      const { id, folder, output } = await pausedJob(bench(), manager);
      await manager.cancel(id, { keepPartial: true });
      fs.writeFileSync(path.join(folder, "checkpoint"), bytes);
      await manager.retry(id);
      const job = await manager.whenAtRest(id);
      expect(job).toMatchObject({ state: "completed", attempt: 2, plan: { blocksKept: 0 } });
      const log = manager.history(id).events.filter((event) => event.event === "log");
      expect(log.map((event) => event.text)).toContainEqual(
        expect.stringMatching(/: it starts from the beginning$/),
      );
      expect(fs.readFileSync(output, "utf8")).toBe(wanted(BLOCKS));
    });
  }

  test("fails a resume with what to do", async () => {
    const manager = bench().manager();
    const { id, folder } = await pausedJob(bench(), manager);
    fs.writeFileSync(path.join(folder, "checkpoint"), "noise\n");
    await manager.resume(id);
    const job = await manager.whenAtRest(id);
    expect(job).toMatchObject({ state: "failed", error: { tag: "job-damaged" } });
    expect(job.error?.message).toContain("retry it from the beginning");
  });
});

describe("a folder that cannot be read", () => {
  for (const gone of [["events.jsonl"], ["job.json"], ["checkpoint", "events.jsonl"]]) {
    test(`without ${gone.join(" and ")} is removed with its partial output and its lock`, async () => {
      const manager = bench().manager();
      const { id, folder, output } = await pausedJob(bench(), manager);
      for (const name of gone) fs.rmSync(path.join(folder, name));
      await manager.remove(id);
      expect([beside(output), fs.existsSync(folder)]).toEqual([[], false]);
      expect(() => manager.get(id)).toThrow(/Cannot find job/);
    });
  }

  test("leaves alone what another job has made in the place of its output", async () => {
    const manager = bench().manager();
    const { id, folder, output } = await pausedJob(bench(), manager);
    const lock = fs.readFileSync(`${output}.part.lock`, "utf8");
    fs.writeFileSync(`${output}.part.lock`, lock.replace(id, "20200101-000000-000-abcdef"));
    fs.rmSync(path.join(folder, "events.jsonl"));
    await manager.remove(id);
    const name = path.basename(output);
    expect(beside(output).sort()).toEqual([`${name}.part`, `${name}.part.lock`]);
  });

  test("is not removed while a process works in it", async () => {
    const manager = bench().manager();
    const { id, folder } = await pausedJob(bench(), manager);
    fs.rmSync(path.join(folder, "events.jsonl"));
    const lock = FileLock.tryTake(path.join(folder, "lock"));
    await expect(manager.remove(id)).rejects.toMatchObject({ tag: "job-owned" });
    lock?.release();
    await manager.remove(id);
    expect(fs.existsSync(folder)).toBe(false);
  });

  test("of a newer version is left to that", async () => {
    const manager = bench().manager();
    const { id, folder } = await pausedJob(bench(), manager);
    const events = fs.readFileSync(path.join(folder, "events.jsonl"), "utf8");
    const [created, ...others] = events.split("\n");
    const newer = created.replace('"format":1', '"format":2').replace(/,"crc":"\w+"/, "");
    fs.writeFileSync(path.join(folder, "events.jsonl"), [newer, ...others].join("\n"));
    await expect(manager.remove(id)).rejects.toMatchObject({ tag: "job-newer" });
    expect(fs.existsSync(folder)).toBe(true);
  });
});

test("a request with a changed digit starts nothing, and is said before a runner is", async () => {
  const manager = bench().manager();
  const { id, folder, output } = await pausedJob(bench(), manager);
  const file = path.join(folder, "job.json");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(`"blocks": ${BLOCKS}`, '"blocks": 7'));
  await manager.resume(id);
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "failed", error: { tag: "job-damaged" } });
  expect(job.error?.message).toContain("job.json is not as it was written (checksum): remove the job");
  expect(fs.existsSync(output)).toBe(false);
});

test("whoever follows a job that waits is told how it stands when the manager ends", async () => {
  const manager = bench().manager();
  manager.holdQueue("test");
  const { id } = await manager.submit(bench().submission());
  const followed = manager.whenAtRest(id);
  await bench().close(manager);
  expect((await followed).state).toBe("queued");
  const next = bench().manager();
  expect((await next.whenAtRest(id)).state).toBe("completed");
});

test("a manager knows why nothing starts, whoever asks when", () => {
  const manager = bench().manager();
  expect(manager.held).toBeNull();
  manager.holdQueue("by the user");
  manager.holdQueue("alert: memory");
  expect(manager.held).toBe("by the user, alert: memory");
  manager.releaseQueue("by the user");
  expect(manager.held).toBe("alert: memory");
  manager.releaseQueue("alert: memory");
  expect(manager.held).toBeNull();
});

test("what is under way is what runs and what waits for a process that lives", async () => {
  const manager = bench().manager({ limits: { heavy: 1, light: 1 } });
  const running = await manager.submit(bench().submission(bench().gate(1).script));
  await reached(manager, running.id, 1 / 5);
  const waiting = await manager.submit(bench().submission());
  const line = bench().manager({ role: "run" });
  const { id } = await pausedAway(line);
  expect(manager.underWay().map((job) => job.id)).toEqual([running.id, waiting.id]);
  expect(manager.owner(running.id)?.pid).toBe(process.pid);
  expect(manager.owner(id)).toBeUndefined();
  await manager.cancelAll();
});

/** A job in the queue of a manager that is gone. */
async function pausedAway(line: JobManager) {
  line.holdQueue("test");
  const job = await line.submit(bench().submission());
  await bench().close(line);
  return job;
}
