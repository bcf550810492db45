/** The verbs of `seisproc jobs` on a manager, with what they print. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type JobsVerb, runJobsVerb } from "../../../sidecar/cli/commands/jobs_commands.ts";
import type { JobsDoor } from "../../../sidecar/cli/commands/jobs_door.ts";
import type { JobManager } from "../../../sidecar/jobs/manager.ts";
import { newBench } from "../../jobs/new_bench.ts";
import { eventually, until } from "../../jobs/scripted_jobs.ts";

const bench = newBench();

function door(manager: JobManager, json = true) {
  const out: string[] = [], err: string[] = [], live: string[] = [];
  const made: JobsDoor = {
    ...{ manager, json, print: (line) => out.push(line), warn: (line) => err.push(line) },
    live: (name, progress) => live.push(`${name} ${progress?.fraction ?? "end"}`),
    follow: async (id) => (await manager.whenAtRest(id)).state === "completed" ? 0 : 1,
    exitOf: (state) => state === "completed" ? 0 : state === "cancelled" ? 3 : 4,
  };
  const run = (verb: JobsVerb, id?: string) => runJobsVerb(made, verb, id);
  return { out, err, live, run, lines: () => out.map((line) => JSON.parse(line)) };
}

test("the list names every job in one object a line", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission({ blocks: 1 }));
  await desktop.whenAtRest(id);
  const { run, lines } = door(bench().manager({ role: "run" }));
  expect(await run("list")).toBe(0);
  const wanted = {
    id,
    name: "test",
    type: "processing",
    state: "completed",
    priority: "normal",
    fraction: 1,
  };
  expect(lines()).toMatchObject([wanted]);
});

test("pause, resume and cancel reach the desktop's job from a command line", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission(bench().gate(1).script));
  await until(desktop, id, "running");
  const line = door(bench().manager({ role: "run" }));
  expect(await line.run("pause", id.slice(-6))).toBe(0);
  expect(desktop.get(id).state).toBe("paused");
  expect(await line.run("resume", id)).toBe(0);
  expect(line.lines().at(-1)).toMatchObject({ id, what: "handed to the desktop" });
  await until(desktop, id, "running");
  expect(await line.run("cancel", id)).toBe(0);
  expect(desktop.get(id).state).toBe("cancelled");
  expect(line.lines().at(-1)).toMatchObject({ id, state: "cancelled" });
});

test("without a desktop, resume and retry run here to the end of the job", async () => {
  const manager = bench().manager({ role: "run" });
  const line = door(manager);
  const died = await manager.submit(bench().submission({ dieOnceAt: 1 }));
  expect((await manager.whenAtRest(died.id)).state).toBe("interrupted");
  expect(await line.run("resume", died.id)).toBe(0);
  expect(manager.get(died.id).state).toBe("completed");
  manager.holdQueue("test");
  const cancelled = await manager.submit(bench().submission());
  expect(await line.run("cancel", cancelled.id)).toBe(0);
  manager.releaseQueue("test");
  await expect(line.run("resume", cancelled.id)).rejects.toMatchObject({ tag: "job-transition" });
  expect(await line.run("retry", cancelled.id)).toBe(0);
  expect(manager.get(cancelled.id)).toMatchObject({ state: "completed", attempt: 2 });
});

test("watch shows progress and ends with the job's exit status", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission({ blocks: 100 }));
  const line = door(bench().manager({ role: "run" }), false);
  expect(await line.run("watch", id)).toBe(0);
  expect(line.live.length).toBeGreaterThan(2);
  expect(line.out.at(-1)).toContain("completed");
});

test("watch without an id shows all that runs, and what comes, until nothing runs any more", async () => {
  const desktop = bench().manager({ limits: { heavy: 2, light: 1 } }), gate = bench().gate(1);
  const named = (name: string) => desktop.submit(bench().submission({ blocks: 5, ...gate.script }, { name }));
  const first = await named("one"), second = await named("two");
  const line = door(bench().manager({ role: "run" }));
  const watched = line.run("watch");
  const lines = () =>
    line.lines().map((one) => one.what ? `${one.name} ${one.what}` : `${one.news} ${one.job}`);
  // Both wait at the gate behind their first block, and the watch has shown it.
  for (const { id } of [first, second]) await eventually(() => lines().includes(`progress ${id}`));
  const third = await named("three");
  gate.open();
  expect(await watched).toBe(0);
  for (const name of ["one", "two", "three"]) expect(lines()).toContain(`${name} completed`);
  for (const { id } of [first, second, third]) expect(desktop.get(id).state).toBe("completed");
});

test("watch without an id ends at once when nothing runs, and passes over what is at rest", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 1 }));
  await manager.whenAtRest(id);
  const line = door(manager, false);
  expect([await line.run("watch"), line.out]).toEqual([0, ["Nothing runs"]]);
});

test("a watch ends with its manager and leaves the job alone", async () => {
  const desktop = bench().manager();
  const { id } = await desktop.submit(bench().submission(bench().gate(1).script));
  await until(desktop, id, "running");
  for (const which of [undefined, id]) {
    const manager = bench().manager({ role: "run" }), line = door(manager);
    const watched = line.run("watch", which);
    await eventually(() => line.out.length > 0);
    await bench().close(manager);
    await watched;
    expect(desktop.get(id).state).toBe("running");
  }
});

test("of a job whose request cannot be read the rest is shown, with what is wrong", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 1 }));
  await manager.whenAtRest(id);
  fs.writeFileSync(path.join(bench().workspace.jobs, id, "job.json"), "{");
  const line = door(manager);
  expect(await line.run("show", id)).toBe(1);
  expect(line.lines()).toMatchObject([{ id, state: "completed", problem: { tag: "job-damaged" } }]);
  expect(line.err).toEqual([expect.stringMatching(/^Cannot read job .*: remove the job$/)]);
});

test("remove takes what cannot be read as a job, by its whole name", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 1 }));
  await manager.whenAtRest(id);
  const { jobs } = bench().workspace;
  fs.rmSync(path.join(jobs, id, "events.jsonl"));
  fs.mkdirSync(path.join(jobs, "my holiday"));
  fs.writeFileSync(path.join(jobs, "note.txt"), "");
  const line = door(bench().manager({ role: "run" }), false);
  for (const name of [id, "my holiday", "note.txt"]) expect(await line.run("remove", name)).toBe(0);
  expect(line.out).toEqual([`${id}: removed`, "my holiday: removed", "note.txt: removed"]);
  expect(fs.readdirSync(jobs)).toEqual([]);
});

test("show tells what was asked and what happened; remove removes; a wrong id is said", async () => {
  const manager = bench().manager();
  const { id } = await manager.submit(bench().submission({ blocks: 2, noiseAt: 1 }));
  await manager.whenAtRest(id);
  const line = door(manager);
  await line.run("show", id);
  expect(line.lines()[0]).toMatchObject({
    id,
    request: { work: { kind: "flow" } },
    log: [{ level: "warning" }, {}],
  });
  expect(await line.run("remove", id)).toBe(0);
  await expect(line.run("show", id)).rejects.toMatchObject({ tag: "job-not-found" });
  await expect(line.run("pause")).rejects.toMatchObject({ tag: "usage" });
});
