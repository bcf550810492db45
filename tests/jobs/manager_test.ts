/** The verbs of the job manager on scripted runners, which are real processes. */
import fs from "node:fs";
import { expect, test } from "vitest";
import { newBench } from "./new_bench.ts";
import { eventually, outputOf, reached, until, wanted } from "./scripted_jobs.ts";

const bench = newBench();
const there = (file: string) => fs.existsSync(file);

test("a submitted job runs to its end and its output lies under the final name", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 8, tornWrites: true }));
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "completed", attempt: 1, blocksOnDisk: 8, damage: [], error: null });
  expect(fs.readFileSync(outputOf(manager, id), "utf8")).toBe(wanted(8));
  expect(job.ranMs).toBeGreaterThan(80);
});

test("a paused job gives up its runner and resumes to the same bytes", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const { id } = await manager.submit(bench().submission({ blocks: 30, ...gate.script }));
  await reached(manager, id, 5 / 30);
  await manager.pause(id);
  expect(manager.get(id).state).toBe("pausing");
  const paused = await manager.whenAtRest(id);
  expect(paused).toMatchObject({ state: "paused", reason: "by the user" });
  expect(manager.runners()).toEqual([]);
  gate.open();
  await manager.resume(id);
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "completed", attempt: 1 });
  expect(job.plan?.blocksKept).toBe(paused.blocksOnDisk);
  expect(paused.blocksOnDisk).toBeGreaterThan(0);
  expect(fs.readFileSync(outputOf(manager, id), "utf8")).toBe(wanted(30));
});

test("a pause survives a restart of the manager", async () => {
  const first = bench().manager(), gate = bench().gate(5);
  const { id } = await first.submit(bench().submission({ blocks: 20, ...gate.script }));
  await until(first, id, "running");
  await first.finishAndStop(id);
  expect((await first.whenAtRest(id)).reason).toBe("finished the gathers in hand");
  await bench().close(first);
  gate.open();
  const second = bench().manager();
  await second.resume(id);
  expect((await second.whenAtRest(id)).state).toBe("completed");
  expect(fs.readFileSync(outputOf(second, id), "utf8")).toBe(wanted(20));
});

test("a job that waits is cancelled at once, at level 1", async () => {
  const manager = bench().manager();
  await manager.submit(bench().submission(bench().gate(1).script));
  const { id } = await manager.submit(bench().submission());
  await manager.cancel(id);
  expect(manager.get(id)).toMatchObject({ state: "cancelled", cancelLevel: 1, startedAt: null });
});

test("a running job is cancelled between blocks and its partial output is gone", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission(bench().gate(1).script));
  await eventually(() => there(`${outputOf(manager, id)}.part`));
  await manager.cancel(id);
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "cancelled", cancelLevel: 2 });
  expect(there(`${outputOf(manager, id)}.part`)).toBe(false);
});

test("partial output is kept when that was chosen, and a retry goes on from it", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const { id } = await manager.submit(bench().submission({ blocks: 40, ...gate.script }));
  await reached(manager, id, 5 / 40);
  await manager.cancel(id, { keepPartial: true });
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "cancelled", partialOutput: "kept" });
  gate.open();
  await manager.retry(id);
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "completed", attempt: 2 });
  expect(job.plan?.blocksKept).toBeGreaterThan(0);
});

test("a runner that hangs is stalled, then killed at level 4 when cancelled, and no process stays", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ hangAt: 2 }));
  await eventually(() => manager.get(id).progress?.stalled === true);
  const pid = manager.runners()[0].pid;
  await manager.cancel(id);
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "cancelled", cancelLevel: 4 });
  expect(() => process.kill(pid, 0)).toThrow();
  expect(there(`${outputOf(manager, id)}.part`)).toBe(false);
});

test("a runner that dies leaves the job interrupted with its last words, and it resumes to the same bytes", async () => {
  const manager = bench().manager();
  const script = { blocks: 20, dieOnceAt: 9, stderrAt: 8, checkpointEvery: 3 };
  const { id } = await manager.submit(bench().submission(script));
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({
    state: "interrupted",
    reason: "its runner died",
    error: { tag: "runner-died" },
  });
  expect(job.error?.message).toMatch(/signal SIGKILL; it wrote: last words/);
  await manager.resume(id);
  expect((await manager.whenAtRest(id)).plan?.blocksKept).toBe(7);
  expect(fs.readFileSync(outputOf(manager, id), "utf8")).toBe(wanted(20));
});

test("wrong input fails at once and is never repeated", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ failAt: 1 }));
  expect(await manager.whenAtRest(id)).toMatchObject({
    state: "failed",
    attempt: 1,
    error: { tag: "not-segy" },
  });
});

test("a passing error is repeated and the job completes in its second attempt", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ transientOnceAt: 2 }));
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "completed", attempt: 2, repeats: 1 });
});

test("an error that never passes is repeated three times, each wait twice the last", async () => {
  const manager = bench().manager({ times: { repeatMs: 60 } });
  const { id } = await manager.submit(bench().submission({ transientAt: 0, blocks: 1 }));
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "failed", attempt: 4, repeats: 3 });
  const queued = manager.history(id).events.filter((event) => event.event === "state");
  const waits = queued.flatMap((event, i) =>
    event.to === "queued" && i > 0 ? [queued[i + 1].at - event.at] : []
  );
  expect(waits[0]).toBeGreaterThanOrEqual(55);
  expect(waits[1]).toBeGreaterThanOrEqual(115);
  expect(waits[2]).toBeGreaterThanOrEqual(235);
  await manager.retry(id);
  expect((await manager.whenAtRest(id)).attempt).toBe(8);
});

test("a job over its time ends as timed out and a retry goes on from its blocks", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const script = { blocks: 100, msPerBlock: 1, checkpointEvery: 1, ...gate.script };
  const { id } = await manager.submit(bench().submission(script, { timeoutSeconds: 0.6 }));
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "timed_out", error: { tag: "timed-out", fields: { seconds: 0.6 } } });
  gate.open();
  await manager.retry(id);
  const again = await manager.whenAtRest(id);
  expect(again.attempt).toBe(2);
  expect(again.plan?.blocksKept).toBeGreaterThan(0);
});

test("a full disk pauses the job, and it goes on when there is space again", async () => {
  let free = 100;
  const manager = bench().manager({ freeBytes: () => free });
  const { id } = await manager.submit(bench().submission({ blocks: 10, diskFullOnceAt: 4 }));
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "paused", reason: "disk full" });
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(manager.get(id).state).toBe("paused");
  free = 5001;
  await until(manager, id, "completed");
  expect(fs.readFileSync(outputOf(manager, id), "utf8")).toBe(wanted(10));
});

test("a retry keeps blocks only while the plan is the same", async () => {
  const manager = bench().manager();
  const fingerprintFile = `${bench().root}/fingerprint`;
  fs.writeFileSync(fingerprintFile, '{"input size":1}');
  const script = { blocks: 10, failAt: 5, checkpointEvery: 1, fingerprintFile };
  const { id } = await manager.submit(bench().submission(script));
  await manager.whenAtRest(id);
  await manager.retry(id);
  expect((await manager.whenAtRest(id)).plan?.blocksKept).toBe(5);
  fs.writeFileSync(fingerprintFile, '{"input size":2}');
  await manager.retry(id);
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({ state: "failed", error: { tag: "not-segy" }, plan: { blocksKept: 0 } });
});

test("a resume with another plan is refused with the reason", async () => {
  const manager = bench().manager();
  const fingerprintFile = `${bench().root}/fingerprint`;
  fs.writeFileSync(fingerprintFile, '{"input size":1}');
  const script = { blocks: 50, fingerprintFile, ...bench().gate(5).script };
  const { id } = await manager.submit(bench().submission(script));
  await reached(manager, id, 5 / 50);
  await manager.pause(id);
  await manager.whenAtRest(id);
  fs.writeFileSync(fingerprintFile, '{"input size":2}');
  await manager.resume(id);
  const job = await manager.whenAtRest(id);
  expect(job).toMatchObject({
    state: "failed",
    error: { tag: "plan-changed", fields: { what: "input size" } },
  });
});

test("noise on the runner's stdout is listed as warnings and harms nothing", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ noiseAt: 1 }));
  expect(await manager.whenAtRest(id)).toMatchObject({ state: "completed", warnings: 2 });
});

test("a runner that cannot be started fails the job with the reason", async () => {
  const manager = bench().manager({ launcher: () => ({ command: "/no/such/program", args: [] }) });
  const { id } = await manager.submit(bench().submission());
  const job = await manager.whenAtRest(id);
  expect(job.state).toBe("failed");
  expect(job.error?.message).toContain("/no/such/program");
});

test("jobs start by priority and then by order of submission, and reordering counts", async () => {
  const manager = bench().manager();
  manager.holdQueue("test");
  const submit = async (name: string, priority: "low" | "normal" | "critical") =>
    (await manager.submit(bench().submission({ blocks: 1, quiet: true }, { name, priority }))).id;
  const ids = [await submit("a", "low"), await submit("b", "normal"), await submit("c", "normal")];
  ids.push(await submit("d", "normal"), await submit("e", "critical"));
  await manager.reorder(ids[3], ids[1]);
  expect(manager.queue().map((job) => job.name).join("")).toBe("edbca");
  const started: string[] = [];
  manager.news.subscribe((news) => {
    if (news.news === "job" && news.job.state === "running" && !started.includes(news.job.name)) {
      started.push(news.job.name);
      expect(manager.runners().length).toBeLessThanOrEqual(1);
    }
  });
  manager.releaseQueue("test");
  await Promise.all(ids.map((id) => manager.whenAtRest(id)));
  expect(started.join("")).toBe("edbca");
});

test("a light job runs beside a heavy one", async () => {
  const manager = bench().manager();
  const heavy = await manager.submit(bench().submission(bench().gate(1).script));
  const light = await manager.submit(bench().submission({ blocks: 1 }, { type: "segy_import" }));
  await until(manager, light.id, "completed");
  expect(manager.get(heavy.id).state).toBe("running");
});

test("cancel all ends everything, and nothing stays in cancelling", async () => {
  const manager = bench().manager();
  const jobs = [];
  for (let i = 0; i < 4; i++) jobs.push(await manager.submit(bench().submission(bench().gate(1).script)));
  await until(manager, jobs[0].id, "running");
  await manager.cancelAll();
  for (const { id } of jobs) expect((await manager.whenAtRest(id)).state).toBe("cancelled");
});

test("pause all pauses what runs and starts nothing until resume all", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const first = await manager.submit(bench().submission({ blocks: 20, ...gate.script }));
  const second = await manager.submit(bench().submission({ blocks: 1 }));
  await until(manager, first.id, "running");
  await manager.pauseAll();
  await manager.whenAtRest(first.id);
  expect(manager.get(second.id).state).toBe("queued");
  gate.open();
  await manager.resumeAll();
  for (const { id } of [first, second]) expect((await manager.whenAtRest(id)).state).toBe("completed");
});

test("a shutdown leaves running jobs interrupted, resumable, and queued ones queued for the next manager", async () => {
  const first = bench().manager(), gate = bench().gate(5);
  const running = await first.submit(bench().submission({ blocks: 60, ...gate.script }));
  const queued = await first.submit(bench().submission({ blocks: 2 }));
  await until(first, running.id, "running");
  await bench().close(first);
  gate.open();
  const second = bench().manager();
  expect(second.get(running.id)).toMatchObject({ state: "interrupted", reason: "shutdown" });
  expect((await second.whenAtRest(queued.id)).state).toBe("completed");
  await second.resume(running.id);
  expect((await second.whenAtRest(running.id)).state).toBe("completed");
});

test("verbs that make no sense are typed errors and change nothing", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 1 }));
  await manager.whenAtRest(id);
  for (const verb of ["pause", "cancel", "resume", "retry"] as const) {
    await expect(manager[verb](id)).rejects.toMatchObject({ tag: "job-transition" });
  }
  await expect(manager.pause("20200101-000000-000-abcdef")).rejects.toMatchObject({ tag: "job-not-found" });
  expect(manager.get(id).state).toBe("completed");
});

test("types that this version does not have are refused by name", async () => {
  const manager = bench().manager();
  const refused = manager.submit(bench().submission({}, { type: "migration" }));
  await expect(refused).rejects.toMatchObject({ tag: "job-type-unavailable" });
  expect(manager.list()).toEqual([]);
});

test("names, tags and priority can be changed at rest and while running", async () => {
  const manager = bench().manager(), gate = bench().gate(5);
  const { id } = await manager.submit(bench().submission({ blocks: 20, ...gate.script }));
  await until(manager, id, "running");
  await manager.rename(id, "Linie Ö");
  expect(manager.get(id).state).toBe("running");
  gate.open();
  await manager.whenAtRest(id);
  await manager.tag(id, ["a", "b"]);
  await manager.setPriority(id, "high");
  await bench().close(manager);
  const again = bench().manager();
  expect(again.get(id)).toMatchObject({
    name: "Linie Ö",
    tags: ["a", "b"],
    priority: "high",
    state: "completed",
  });
});

test("a removed job is gone with its folder, its result stays", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 2 }));
  await manager.whenAtRest(id);
  const output = outputOf(manager, id);
  await manager.remove(id);
  expect(() => manager.get(id)).toThrow(/Cannot find job/);
  expect(fs.readdirSync(bench().workspace.jobs)).toEqual([]);
  expect(there(output)).toBe(true);
});

test("a refusal of preflight reaches the caller and makes no job", async () => {
  const refusal = new Error("Nyquist");
  const manager = bench().manager({ preflight: () => Promise.reject(refusal) });
  await expect(manager.submit(bench().submission())).rejects.toBe(refusal);
  expect(manager.list()).toEqual([]);
});
