/** What a job tells of its work and of its progress after it ended, also when it is read again. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readJob } from "../../sidecar/jobs/folder/job_folder.ts";
import { JobIndex } from "../../sidecar/jobs/known/job_index.ts";
import { flowWork } from "../../sidecar/jobs/adapters/processing_job_adapter.ts";
import { Bench, until } from "./scripted_jobs.ts";

const WANTED = { inputs: ["/data/in.sgy"], outputs: ["/data/out.sgy", "/data/out.noise.sgy"] };
const flow = {
  seisproc: 1 as const,
  name: "both",
  input: { path: "/data/in.sgy", order: [] },
  processes: [{ process: "agc", parameters: {} }, { process: "agc", parameters: {} }],
  output: { path: "/data/out.sgy", format: "ieee" as const, mode: "both" as const },
};

test("a job tells its inputs, its processes in order and its outputs", async () => {
  const bench = new Bench(), manager = bench.manager();
  manager.holdQueue("test");
  const { id } = await manager.submit({ type: "processing", name: "both", work: flowWork({ flow }) });
  const wanted = { ...WANTED, processes: ["agc", "agc"] };
  expect(manager.get(id)).toMatchObject(wanted);
  const folder = path.join(bench.workspace.jobs, id);
  expect(readJob(folder)).toMatchObject(wanted);
  await bench.clean();
});

test("a job of the time before is told by its request", async () => {
  const bench = new Bench(), manager = bench.manager();
  manager.holdQueue("test");
  const { id } = await manager.submit({ type: "processing", name: "both", work: flowWork({ flow }) });
  const folder = path.join(bench.workspace.jobs, id), journal = path.join(folder, "events.jsonl");
  const old = fs.readFileSync(journal, "utf8").split("\n").filter((line) => line !== "").map((line) => {
    const { inputs: _i, outputs: _o, processes: _p, seal: _s, ...event } = JSON.parse(line);
    return `${JSON.stringify(event)}\n`;
  });
  fs.writeFileSync(journal, old.join(""));
  expect(readJob(folder)).toMatchObject({ ...WANTED, processes: ["agc", "agc"] });
  await bench.clean();
});

test("a job that failed keeps its last progress, in its folder and in the index", async () => {
  const bench = new Bench(), manager = bench.manager();
  const { id } = await manager.submit(bench.submission({ blocks: 8, failAt: 5 }, { maxAttempts: 1 }));
  const failed = await until(manager, id, "failed");
  expect(failed.progress?.fraction).toBeGreaterThan(0);
  expect(readJob(path.join(bench.workspace.jobs, id)).progress).toEqual(failed.progress);
  await manager.shutdown();
  const { rows } = new JobIndex(bench.workspace).read();
  const row = rows.get(id);
  const job = row && new JobIndex(bench.workspace).reader().job(row);
  expect(job?.progress).toEqual({ ...failed.progress, lanes: [] });
  await bench.clean();
});
