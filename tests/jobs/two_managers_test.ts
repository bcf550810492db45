/** Several managers on one workspace, in this process and in others. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { livingRunner } from "../../sidecar/jobs/folder/job_lock.ts";
import { jobFolder } from "../../sidecar/jobs/folder/workspace.ts";
import { randomNumbers } from "../test_steps.ts";
import { newBench } from "./new_bench.ts";
import { type Bench, eventually, outputOf, reached, type Script, until, wanted } from "./scripted_jobs.ts";

const bench = newBench();
const PROCESS = path.join(path.dirname(fileURLToPath(import.meta.url)), "manager_process.ts");

interface Other {
  readonly child: Deno.ChildProcess;
  readonly id: string;
  readonly output: string;
}

/** Starts another process with a manager that runs one job. */
async function other(on: Bench, script: Partial<Script>, role = "run"): Promise<Other> {
  const output = on.output();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROCESS, on.workspace.root, role, output, JSON.stringify(script)],
    ...{ stdin: "null", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return { child, id: new TextDecoder().decode(value).split("\n")[0], output };
}

test("a job of another process is shown with its progress, and pause reaches it", async () => {
  const manager = bench().manager();
  const { child, id } = await other(bench(), { blocks: 20, ...bench().gate(5).script });
  await reached(manager, id, 5 / 20);
  await manager.pause(id);
  await until(manager, id, "paused");
  const events = manager.history(id).events.filter((event) => event.event === "state");
  expect(events.map((event) => event.to)).toEqual(["queued", "running", "pausing", "paused"]);
  expect((await child.status).code).toBe(0);
  await child.stdout.cancel();
  await manager.cancel(id);
  expect(manager.get(id)).toMatchObject({ state: "cancelled", cancelLevel: 1 });
});

test("a cancel from a manager of a command line reaches the desktop's job", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission(bench().gate(1).script));
  await until(desktop, id, "running");
  const line = bench().manager({ role: "run" });
  await line.rename(id, "from afar");
  await line.cancel(id);
  expect(await desktop.whenAtRest(id)).toMatchObject({
    state: "cancelled",
    cancelLevel: 2,
    name: "from afar",
  });
  expect((await line.whenAtRest(id)).state).toBe("cancelled");
});

test("a resume from the command line is handed to the desktop", async () => {
  const desktop = bench().manager(), gate = bench().gate(5);
  const { id } = await desktop.submit(bench().submission({ blocks: 20, ...gate.script }));
  await until(desktop, id, "running");
  await desktop.pause(id);
  await desktop.whenAtRest(id);
  gate.open();
  const line = bench().manager({ role: "run" });
  await line.resume(id);
  expect((await line.whenAtRest(id)).state).toBe("completed");
  expect(line.get(id).manager).toBe(desktop.id);
});

test("of two managers that want the same job exactly one runs it", async () => {
  const first = bench().manager(), second = bench().manager(), gate = bench().gate(5);
  const { id } = await first.submit(bench().submission({ blocks: 20, ...gate.script }));
  await until(first, id, "running");
  await first.pause(id);
  await first.whenAtRest(id);
  gate.open();
  await Promise.allSettled([first.resume(id), second.resume(id)]);
  expect((await first.whenAtRest(id)).state).toBe("completed");
  const starts = first.history(id).events.filter((event) =>
    event.event === "state" && event.to === "running"
  );
  expect(starts).toHaveLength(2);
  expect(fs.readFileSync(outputOf(first, id), "utf8")).toBe(wanted(20));
});

test("kill -9 of the other manager: its job becomes interrupted here, no runner stays, it resumes to the same bytes", async () => {
  const manager = bench().manager(), gate = bench().gate(10);
  const { child, id, output } = await other(bench(), { blocks: 100, checkpointEvery: 2, ...gate.script });
  await reached(manager, id, 10 / 100);
  child.kill("SIGKILL");
  await child.stdout.cancel();
  await until(manager, id, "interrupted", 3000);
  await eventually(() => livingRunner(jobFolder(bench().workspace, id)) === undefined, 3000);
  gate.open();
  await manager.resume(id);
  const job = await manager.whenAtRest(id);
  expect(job.state).toBe("completed");
  expect(job.plan?.blocksKept).toBeGreaterThan(0);
  expect(fs.readFileSync(output, "utf8")).toBe(wanted(100));
});

test("kill -9 of runner, manager or both at random moments never loses the job nor changes its bytes", async () => {
  const random = randomNumbers(7);
  const manager = bench().manager();
  for (let round = 0; round < 4; round++) {
    const { child, id, output } = await other(bench(), { blocks: 60, checkpointEvery: 3 });
    await new Promise((resolve) => setTimeout(resolve, 400 * (1 + random())));
    const runner = livingRunner(jobFolder(bench().workspace, id));
    if (round % 2 === 0) child.kill("SIGKILL");
    if (round !== 0 && runner) process.kill(runner, "SIGKILL");
    await child.status;
    await child.stdout.cancel();
    await eventually(() => ["interrupted", "completed"].includes(manager.get(id).state), 5000);
    if (manager.get(id).state === "interrupted") await manager.resume(id);
    expect((await manager.whenAtRest(id)).state).toBe("completed");
    expect(fs.readFileSync(output, "utf8")).toBe(wanted(60));
  }
});

test("a job that waited for a manager which died is taken over by the desktop and runs", async () => {
  const desktop = bench().manager();
  const line = bench().manager({ role: "run" });
  line.holdQueue("test");
  const { id } = await line.submit(bench().submission({ blocks: 2 }));
  await eventually(() => desktop.list().length === 1);
  expect(desktop.get(id)).toMatchObject({ state: "queued", manager: line.id });
  await bench().close(line);
  await until(desktop, id, "completed");
  expect(desktop.get(id).manager).toBe(desktop.id);
});

test("a stopped orphan of a dead manager is ended before another runner starts in its folder", async () => {
  const manager = bench().manager(), gate = bench().gate(10);
  const { child, id, output } = await other(bench(), { blocks: 100, checkpointEvery: 2, ...gate.script });
  await reached(manager, id, 10 / 100);
  const orphan = livingRunner(jobFolder(bench().workspace, id)) ?? 0;
  process.kill(orphan, "SIGSTOP");
  child.kill("SIGKILL");
  await child.stdout.cancel();
  await until(manager, id, "interrupted", 3000);
  gate.open();
  await manager.resume(id);
  expect((await manager.whenAtRest(id)).state).toBe("completed");
  expect(fs.readFileSync(output, "utf8")).toBe(wanted(100));
});

test("a runner that is stopped is stalled, and goes on when it is continued", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const { id } = await manager.submit(bench().submission({ blocks: 40, ...gate.script }));
  await reached(manager, id, 5 / 40);
  process.kill(manager.runners()[0].pid, "SIGSTOP");
  await eventually(() => manager.get(id).progress?.stalled === true);
  expect(manager.get(id).state).toBe("running");
  gate.open();
  process.kill(manager.runners()[0].pid, "SIGCONT");
  expect((await manager.whenAtRest(id)).state).toBe("completed");
});

test("a manager that only runs its own job hears nothing of others until it is asked about them", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission({ blocks: 2 }));
  await desktop.whenAtRest(id);
  const line = bench().manager({ role: "run" });
  const heard = new Set<string>();
  line.news.subscribe((news) => news.news === "job" && heard.add(news.job.id));
  await desktop.rename(id, "other");
  const own = await line.submit(bench().submission({ blocks: 2 }));
  await line.whenAtRest(own.id);
  expect([...heard]).toEqual([own.id]);
  expect(line.list().map((job) => job.name)).toEqual(["other", "test"]);
});

test("a job that ended and was then changed by another process is told once it is looked at", async () => {
  const first = bench().manager();
  const { id } = await first.submit(bench().submission({ blocks: 1 }));
  await first.whenAtRest(id);
  await bench().close(first);
  const writer = bench().manager(), reader = bench().manager({ role: "run" });
  expect(reader.list().map((job) => job.name)).toEqual(["test"]);
  await bench().close(reader);
  await writer.rename(id, "new");
  await bench().close(writer);
  const stale = bench().manager({ role: "run" });
  expect(stale.get(id).name).toBe("new");
});
