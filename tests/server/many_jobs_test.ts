/** Commands about many jobs: stamps, refills, jobs once more, groups, one verb for all that match. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { GroupSummary } from "../../src/shared/job/group.ts";
import type { WorkSubmission } from "../../src/shared/protocol/commands.ts";
import type { ServerEvent } from "../../src/shared/protocol/events.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { until } from "../jobs/scripted_jobs.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

async function tagOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? error.tag : `no error: ${error}`;
}

async function granted(bench: ServerBench): Promise<{ input: string; folder: string }> {
  const folder = bench.folder(), input = path.join(folder, "line.sgy");
  fs.writeFileSync(input, segyBytes());
  await bench.ask("open_path", { path: input });
  await bench.ask("choose_folder", { path: folder });
  return { input, folder };
}

function flowWork(input: string, output: string, mode = "processed"): WorkSubmission {
  const flow = {
    seisproc: 1,
    name: "Flow",
    input: { path: input },
    processes: [],
    output: { path: output, mode },
  };
  return { kind: "flow", flow, tags: ["line 7"], priority: "low" };
}

const groupIn = (event: ServerEvent): GroupSummary | undefined =>
  event.event === "news" && event.news.news === "group" ? event.news.group : undefined;

test("a stamp stays while nothing happens to its job and changes with everything that does", async () => {
  const bench = await serve();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { id } = await bench.manager.submit(bench.bench.submission({ blocks: 1, msPerBlock: 0 }));
    await until(bench.manager, id, "completed");
    ids.push(id);
  }
  const stamps = async () => new Map((await bench.ask("list_job_stamps", {})).stamps);
  const before = await stamps();
  expect([...before.keys()]).toEqual(ids);
  expect(await stamps()).toEqual(before);
  await bench.ask("rename_job", { job: ids[1], name: "Other" });
  const after = await stamps();
  expect(ids.filter((id) => after.get(id) !== before.get(id))).toEqual([ids[1]]);
  await bench.ask("remove_job", { job: ids[0] });
  expect([...(await stamps()).keys()]).toEqual(ids.slice(1));
});

test("jobs are got by id, those that are missing are named", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const { id } = await bench.manager.submit(bench.bench.submission());
  const asked = [id, "20200101-000000-000-abcdef", "../x"];
  const { jobs, missing } = await bench.ask("get_jobs", { jobs: asked });
  expect([jobs.map((job) => job.id), missing]).toEqual([[id], asked.slice(1)]);
  const many = Array.from({ length: 501 }, () => id);
  expect(await tagOf(bench.ask("get_jobs", { jobs: many }))).toBe("protocol");
});

test("a job runs once more with its own folder as chosen and no other, into another file or over its own", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const { input, folder } = await granted(bench), other = bench.folder("other");
  const out = path.join(folder, "out.sgy");
  const { job } = await bench.ask("submit", { work: flowWork(input, out, "both") });
  const again = await bench.ask("rerun_job", { job: job.id, output: path.join(folder, "again.sgy") });
  expect(again.job).toMatchObject({
    ...{ name: "Flow", tags: ["line 7"], priority: "low", state: "queued", parent: null },
    outputs: [path.join(folder, "again.sgy"), path.join(folder, "again.noise.sgy")],
    inputs: [input],
  });
  expect(again.job.id).not.toBe(job.id);
  const rerun = (more: object) => tagOf(bench.ask("rerun_job", { job: job.id, ...more }));
  expect(await rerun({ output: path.join(other, "x.sgy") })).toBe("path-not-opened");
  expect(await rerun({ output: "x.sgy" })).toBe("file-unreadable");
  fs.writeFileSync(out, "result");
  expect(await rerun({})).toBe("output-exists");
  expect(await rerun({ overwrite: true })).toBe("no error: undefined");
  fs.writeFileSync(path.join(folder, "b.noise.sgy"), "noise");
  expect(await rerun({ output: path.join(folder, "b.sgy") })).toBe("output-exists");
  fs.rmSync(input);
  expect(await rerun({ overwrite: true })).toBe("file-missing");
  expect(await rerun({ job: "20200101-000000-000-abcdef" })).toBe("job-not-found");
});

test("a group is submitted at once; a work that is refused is named and the others go on", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const { input, folder } = await granted(bench);
  const works = ["a", "b", "c"].map((name) => flowWork(input, path.join(folder, `${name}.sgy`)));
  const bad = flowWork(path.join(folder, "missing.sgy"), path.join(folder, "d.sgy"));
  const { group, jobs, refused } = await bench.ask("submit_group", {
    name: "Line 7",
    works: [works[0], bad, works[1], works[2]],
  });
  expect(refused).toMatchObject([{ work: 1, error: { tag: "file-missing" } }]);
  expect(jobs.map(({ outputs }) => path.basename(outputs[0]))).toEqual(["a.sgy", "b.sgy", "c.sgy"]);
  for (const job of jobs) expect(job).toMatchObject({ parent: group.id, group: "Line 7" });
  expect(group).toMatchObject({ name: "Line 7", jobs: 3, states: { queued: 3 }, fraction: 0, endedAt: null });
  expect((await bench.ask("list_groups", {})).groups).toEqual([group]);
  expect((await bench.ask("list_jobs", { parent: group.id })).total).toBe(3);
  const checked = await bench.ask("preflight_group", {
    works: [bad, flowWork(input, path.join(folder, "e.sgy"))],
  });
  expect(checked.works).toMatchObject([{ error: { tag: "file-missing" } }, { warnings: ["a warning"] }]);
  expect(checked.estimate.seconds).toBe(1);
});

test("a group in which every work is refused has ended", async () => {
  const bench = await serve();
  const { group, refused } = await bench.ask("submit_group", {
    name: "None",
    works: [flowWork("/no", "/nowhere")],
  });
  expect([group.jobs, refused.length]).toEqual([0, 1]);
  expect(group.endedAt).not.toBeNull();
  expect(await tagOf(bench.ask("get_group", { group: group.id }))).toBe("job-not-found");
});

test("a group has one progress that rises to its end, and news of it; failures are counted, not hidden", async () => {
  const bench = await serve(), stream = await bench.events();
  const first = await stream.next();
  expect(first).toMatchObject({ snapshot: { groups: [] } });
  const parent = "20260301-110000-000-0000aa", group = "Drop";
  const submit = (script: object) =>
    bench.manager.submit(bench.bench.submission(script, { parent, group, maxAttempts: 1 }));
  await submit({ blocks: 20, msPerBlock: 10 });
  await submit({ blocks: 20, msPerBlock: 10, failAt: 3 });
  await submit({ blocks: 20, msPerBlock: 10 });
  const events = await stream.until((event) => groupIn(event)?.endedAt != null);
  const seen = events.flatMap((event) => groupIn(event) ?? []);
  expect(seen.every(({ id, name, jobs }) => id === parent && name === group && jobs <= 3)).toBe(true);
  const fractions = seen.filter(({ jobs }) => jobs === 3).map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toMatchObject({ fraction: 1, states: { completed: 2, failed: 1 }, secondsLeft: 0 });
  expect((await bench.ask("get_group", { group: parent })).group).toEqual(seen.at(-1));
  expect((await bench.ask("list_groups", {})).groups).toEqual([]);
});

test("one verb changes all jobs of a group, or all that failed for one reason", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const parent = "20260301-110000-000-0000aa";
  const submit = (script: object, more: object) => bench.manager.submit(bench.bench.submission(script, more));
  const mine = [await submit({}, { parent }), await submit({}, { parent })].map(({ id }) => id);
  const { id: other } = await submit({}, {});
  expect(await bench.ask("change_jobs", { verb: "cancel", filter: { parent } })).toEqual({
    changed: 2,
    refused: [],
  });
  expect([...mine, other].map((id) => bench.manager.get(id).state)).toEqual([
    "cancelled",
    "cancelled",
    "queued",
  ]);
  const answer = await bench.ask("change_jobs", { verb: "retry", jobs: [mine[0], other] });
  expect(answer).toMatchObject({ changed: 1, refused: [{ job: other, error: { tag: "job-transition" } }] });
  await bench.ask("change_jobs", { verb: "cancel", jobs: [mine[0], other] });
  await bench.ask("release_queue", {});
  const { id: failed } = await submit({ failAt: 0 }, { maxAttempts: 1, tags: ["x"] });
  const { error } = await until(bench.manager, failed, "failed");
  const filter = { states: ["failed"], errorTag: error?.tag ?? "", tag: "x" } as const;
  expect((await bench.ask("list_jobs", filter)).jobs.map((job) => job.id)).toEqual([failed]);
  expect((await bench.ask("list_jobs", { ...filter, errorTag: "disk-full" })).total).toBe(0);
  expect((await bench.ask("list_jobs", { endedBefore: 1 })).total).toBe(0);
  expect(await bench.ask("change_jobs", { verb: "remove", filter })).toEqual({ changed: 1, refused: [] });
  expect(await tagOf(bench.ask("get_job", { job: failed }))).toBe("job-not-found");
  await bench.ask("change_jobs", { verb: "remove", filter: {} });
  expect((await bench.ask("list_job_stamps", {})).stamps).toEqual([]);
});

test("jobs or a filter are named, and not both", async () => {
  const bench = await serve();
  const wrong = [{ verb: "remove" }, { verb: "remove", jobs: [], filter: {} }, { verb: "eat", jobs: [] }];
  for (const request of wrong) {
    const { status } = await bench.post({ command: "change_jobs", ...request });
    expect([request, status]).toEqual([request, 400]);
  }
});
