/** Pauses until a time: of a job, of all, of the queue; over restarts, and ended before by whoever resumes. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Timetable } from "../../sidecar/server/user/timetable.ts";
import { eventually, until } from "../jobs/scripted_jobs.ts";
import { newServerBench } from "./server_bench.ts";

const serve = newServerBench();
const HOUR = 3_600_000;
/** Far enough for a request to arrive before on a busy machine. */
const soon = () => Date.now() + 3000;
const LONG = { blocks: 400, msPerBlock: 10 };

test("a job that is paused until a time goes on by itself", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  await bench.ask("pause_job", { job: id, until: soon() });
  await until(bench.manager, id, "paused");
  await until(bench.manager, id, "running");
  expect(await bench.ask("get_timetable", {})).toEqual({ holds: {}, jobs: {} });
});

test("all that is paused until a time goes on together, and the queue with it", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  await bench.ask("pause_all", { until: soon() });
  expect(Object.keys((await bench.ask("get_timetable", {})).holds)).toEqual(["all paused"]);
  await until(bench.manager, id, "paused");
  await until(bench.manager, id, "running");
  expect(bench.manager.held).toBeNull();
});

test("a time that comes while blocks in hand are still finished is not missed", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission({ blocks: 20, msPerBlock: 2500 }));
  await until(bench.manager, id, "running");
  await bench.ask("pause_job", { job: id, until: Date.now() + 1500 });
  // It may rest for less than a moment.
  const states = () =>
    bench.manager.history(id).events.flatMap((event) => event.event === "state" ? event.to : []);
  await eventually(() => states().at(-1) === "running" && states().includes("paused"));
  expect(states().slice(-4)).toEqual(["pausing", "paused", "queued", "running"]);
});

test("the queue is held after the job in hand until a time", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  await bench.ask("hold_queue", { until: soon() });
  expect(bench.manager.get(id).state).toBe("running");
  await eventually(() => bench.manager.held === null);
  expect(await bench.ask("get_timetable", {})).toEqual({ holds: {}, jobs: {} });
});

test("times outlive a restart; what came due meanwhile goes on at the start", async () => {
  const bench = await serve(), { root } = bench.bench.workspace;
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  const later = Date.now() + HOUR;
  await bench.ask("pause_job", { job: id, until: later });
  await bench.ask("hold_queue", { until: later });
  await until(bench.manager, id, "paused");
  expect(await bench.ask("get_timetable", {})).toEqual({
    holds: { "by the user": later },
    jobs: { [id]: later },
  });
  bench.ground.books.close();
  bench.manager.releaseQueue("by the user");
  const next = new Timetable(bench.manager);
  expect([next.now.jobs, bench.manager.held]).toEqual([{ [id]: later }, "by the user"]);
  next.close();
  fs.writeFileSync(
    path.join(root, "timetable.json"),
    JSON.stringify({ holds: { "by the user": 1 }, jobs: { [id]: 1 } }),
  );
  const last = new Timetable(bench.manager);
  await until(bench.manager, id, "running");
  expect([last.now, bench.manager.held]).toEqual([{ holds: {}, jobs: {} }, null]);
  last.close();
});

test("who resumes, releases or cancels before ends the time, so that a later pause is not ended by it", async () => {
  const bench = await serve(), later = Date.now() + HOUR;
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  await bench.ask("pause_job", { job: id, until: later });
  await until(bench.manager, id, "paused");
  await bench.ask("resume_job", { job: id });
  await until(bench.manager, id, "running");
  await bench.ask("hold_queue", { until: later });
  await bench.ask("release_queue", {});
  await bench.ask("pause_all", { until: later });
  await bench.ask("resume_all", {});
  expect(await bench.ask("get_timetable", {})).toEqual({ holds: {}, jobs: {} });
});

test("a time that is over is refused, and nothing is paused", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission(LONG));
  await until(bench.manager, id, "running");
  for (
    const request of [{ command: "pause_job", job: id }, { command: "pause_all" }, { command: "hold_queue" }]
  ) {
    expect((await bench.post({ ...request, until: Date.now() - 1 })).status).toBe(400);
  }
  expect([bench.manager.get(id).state, bench.manager.held]).toEqual(["running", null]);
});

test("a timetable that is spoilt is as if there were none", async () => {
  const bench = await serve();
  for (const text of ["", "{", "[]", '{"holds":{"x":"y"},"jobs":7}']) {
    fs.writeFileSync(path.join(bench.bench.workspace.root, "timetable.json"), text);
    const timetable = new Timetable(bench.manager);
    expect(timetable.now).toEqual({ holds: {}, jobs: {} });
    timetable.close();
  }
});
