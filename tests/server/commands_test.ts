/** Commands against a real server over scripted runners. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Grants } from "../../sidecar/server/grants.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { openAnswer } from "../../src/shared/protocol/envelope.ts";
import type { FlowSubmission, WorkSubmission } from "../../src/shared/protocol/commands.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { until } from "../jobs/scripted_jobs.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

function segyIn(folder: string, name = "line.sgy"): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, segyBytes());
  return file;
}

function flowWork(input: string, output: string, more: Partial<FlowSubmission> = {}): WorkSubmission {
  const flow = {
    seisproc: 1,
    name: "Test flow",
    input: { path: input },
    processes: [],
    output: { path: output },
  };
  return { kind: "flow", flow, ...more };
}

/** The tag of the error that a promise ends with. */
async function tagOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? error.tag : `no error: ${error}`;
}

/** The tag of the error that an answer carries. */
function tagIn(answer: unknown): string {
  try {
    return `no error: ${JSON.stringify(openAnswer(answer))}`;
  } catch (error) {
    return error instanceof SeisProcError ? error.tag : String(error);
  }
}

async function granted(bench: ServerBench): Promise<{ input: string; folder: string }> {
  const folder = bench.folder(), input = segyIn(folder);
  await bench.ask("open_path", { path: input });
  await bench.ask("choose_folder", { path: folder });
  return { input, folder };
}

test("hello tells program, protocol and the run that sequence numbers belong to", async () => {
  const bench = await serve();
  expect(await bench.ask("hello", {})).toMatchObject({
    program: "0.0.0-test",
    protocol: 1,
    stream: bench.manager.id,
  });
});

test("the catalog lists every process with its parameters", async () => {
  const { processes } = await (await serve()).ask("list_processes", {});
  expect(processes.find((one) => one.id === "bandpass")?.parameters.map((one) => one.name)).toContain(
    "lowHz",
  );
});

test("a submitted flow becomes a job that runs and can be looked at", async () => {
  const bench = await serve();
  const { input, folder } = await granted(bench);
  const output = path.join(folder, "out.sgy");
  const { job } = await bench.ask("submit", {
    work: flowWork(input, output, { tags: ["a"], priority: "high" }),
  });
  expect(job).toMatchObject({ name: "Test flow", type: "processing", priority: "high", tags: ["a"] });
  await until(bench.manager, job.id, "completed");
  expect((await bench.ask("get_job", { job: job.id })).job.state).toBe("completed");
  expect((await bench.ask("job_request", { job: job.id })).request.work).toMatchObject({
    flow: { input: { path: input }, output: { path: output } },
  });
  const history = await bench.ask("job_history", { job: job.id });
  expect(history.events[0]).toMatchObject({ event: "created" });
  expect(history.total).toBe(history.events.length);
  const part = await bench.ask("job_history", { job: job.id, after: 1, limit: 2 });
  expect(part.events).toEqual(history.events.slice(1, 3));
  const log = await bench.ask("job_log", { job: job.id });
  expect(log.lines.map((line) => line.text)).toContain("a warning");
  expect((await bench.ask("job_log", { job: job.id, text: "A WARN" })).total).toBe(1);
  expect((await bench.ask("job_log", { job: job.id, text: "not there" })).total).toBe(0);
});

test("flow, import and export get the types of their adapters", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const { input, folder } = await granted(bench);
  const to = (name: string) => path.join(folder, name);
  const works: [WorkSubmission, string][] = [
    [flowWork(input, to("a.sgy")), "processing"],
    [{ kind: "import", input, to: to("b.zarr") }, "segy_import"],
    [{ kind: "import", input, to: to("c.zarr"), copy: true }, "segy_import"],
    [{ kind: "export", input, to: to("d.sgy"), format: "ibm", littleEndian: true }, "segy_export"],
  ];
  for (const [work, type] of works) expect((await bench.ask("submit", { work })).job.type).toBe(type);
  expect((await bench.ask("list_jobs", {})).queue).toHaveLength(4);
});

test("preflight answers without making a job", async () => {
  const bench = await serve();
  const { input, folder } = await granted(bench);
  const answer = await bench.ask("preflight", { work: flowWork(input, path.join(folder, "out.sgy")) });
  expect(answer).toEqual({ estimate: { seconds: 1, memoryBytes: 1, diskBytes: 1 }, warnings: ["a warning"] });
  expect((await bench.ask("list_jobs", {})).total).toBe(0);
});

test("a wrong flow is refused with its place in the document", async () => {
  const bench = await serve();
  const { input, folder } = await granted(bench);
  const flow = { seisproc: 1, input: { path: input }, output: { path: path.join(folder, "o.sgy") } };
  const wrong = { ...flow, processes: [{ process: "bandpass", parameters: { lowHz: "x" } }] };
  const { status, answer } = await bench.post({ command: "submit", work: { kind: "flow", flow: wrong } });
  expect(status).toBe(400);
  expect(answer).toMatchObject({ error: { tag: "parameter-invalid", fields: { parameter: "lowHz" } } });
});

test("inputs must have been opened, outputs lie in chosen folders, links lead nowhere else", async () => {
  const bench = await serve();
  const folder = bench.folder("mine"), other = bench.folder("other");
  const input = segyIn(folder), foreign = segyIn(other, "foreign.sgy");
  const submit = (from: string, to: string) => tagOf(bench.ask("submit", { work: flowWork(from, to) }));
  const out = path.join(folder, "out.sgy");
  expect(await submit(input, out)).toBe("path-not-opened");
  await bench.ask("open_path", { path: input });
  expect(await submit(input, out)).toBe("path-not-opened");
  await bench.ask("choose_folder", { path: folder });
  expect(await submit(foreign, out)).toBe("path-not-opened");
  expect(await submit(input, path.join(other, "out.sgy"))).toBe("path-not-opened");
  expect(await submit(input, path.join(folder, "..", "other", "out.sgy"))).toBe("path-not-opened");
  fs.symlinkSync(other, path.join(folder, "away"));
  expect(await submit(input, path.join(folder, "away", "out.sgy"))).toBe("path-not-opened");
  fs.symlinkSync(path.join(other, "target.sgy"), path.join(folder, "link.sgy"));
  expect(await submit(input, path.join(folder, "link.sgy"))).toBe("path-not-opened");
  fs.symlinkSync(path.join(other, "target.sgy"), path.join(folder, "b.sgy.part"));
  expect(await submit(input, path.join(folder, "b.sgy"))).toBe("path-not-opened");
  expect(await submit("line.sgy", out)).toBe("file-unreadable");
  expect(await submit(input, path.join(folder, "none", "out.sgy"))).toBe("file-missing");
  expect(await submit(input, out)).toBe("no error: undefined");
});

test("a link to an opened file is that file; an opened link opens what it leads to", async () => {
  const bench = await serve();
  const folder = bench.folder(), input = segyIn(folder);
  const link = path.join(folder, "link.sgy");
  fs.symlinkSync(input, link);
  expect((await bench.ask("open_path", { path: link })).path).toBe(input);
  expect((await bench.ask("describe_survey", { survey: input })).survey.traces).toBe(5);
  expect((await bench.ask("describe_survey", { survey: link })).survey.traces).toBe(5);
});

test("nobody writes into the workspace through the server but into its files, and no whole volume is chosen", async () => {
  const bench = await serve();
  const { input } = await granted(bench);
  const { root, jobs, files } = bench.bench.workspace;
  const submit = (to: string) => tagOf(bench.ask("submit", { work: flowWork(input, to) }));
  await bench.ask("choose_folder", { path: bench.bench.root });
  expect(await submit(path.join(jobs, "x.sgy"))).toBe("path-not-opened");
  expect(await submit(path.join(root, "x.sgy"))).toBe("path-not-opened");
  expect(await submit(root)).toBe("path-not-opened");
  for (const folder of ["/", root, jobs]) {
    expect(await tagOf(bench.ask("choose_folder", { path: folder }))).toBe("file-unreadable");
  }
  const link = path.join(bench.folder(), "link");
  fs.symlinkSync(jobs, link);
  expect(await tagOf(bench.ask("choose_folder", { path: link }))).toBe("file-unreadable");
  fs.mkdirSync(files);
  await bench.ask("choose_folder", { path: files });
  expect(await submit(path.join(files, "x.sgy"))).toBe("no error: undefined");
});

test("a workspace that is named by a link is closed all the same", async () => {
  const bench = await serve(), folder = bench.folder();
  const link = path.join(folder, "workspace");
  fs.symlinkSync(bench.bench.workspace.root, link);
  const grants = new Grants(link, path.join(link, "files"));
  expect(() => grants.choose(bench.bench.workspace.jobs)).toThrow("workspace");
});

test("names that no disk can hold, and names with a zero byte, are mistakes of who asks", async () => {
  const bench = await serve();
  const { input, folder } = await granted(bench);
  const names = ["a\0b.sgy", "x".repeat(300), `${"x".repeat(250)}.sgy`, `${"é".repeat(126)}.sgy`];
  for (const name of names) {
    const file = path.join(folder, name), flow = flowWork(input, file);
    const requests: Record<string, unknown>[] = [
      { command: "submit", work: flow },
      { command: "preflight", work: { kind: "import", input, to: `${file}.zarr` } },
      { command: "submit", work: { kind: "export", input, to: file } },
      { command: "submit", work: flowWork(file, path.join(folder, "out.sgy")) },
      { command: "open_path", path: file },
      { command: "choose_folder", path: file },
      { command: "list_folder", path: file },
      { command: "scan_file", path: file },
      { command: "describe_survey", survey: file },
      { command: "list_gathers", survey: file, key: "cdp" },
      { command: "list_gathers", survey: input, key: name },
      { command: "load_flow", path: file },
    ];
    for (const request of requests) {
      const { status, answer } = await bench.post(request);
      const tag = tagIn(answer);
      expect([request.command, name.slice(0, 9), status, tag]).toEqual([
        request.command,
        name.slice(0, 9),
        tag === "file-missing" ? 404 : 400,
        expect.not.stringMatching("internal"),
      ]);
    }
  }
});

test("an output that is there is replaced only when that was said", async () => {
  const bench = await serve();
  const { input, folder } = await granted(bench);
  const out = path.join(folder, "out.sgy");
  fs.writeFileSync(out, "precious");
  expect(await tagOf(bench.ask("submit", { work: flowWork(input, out) }))).toBe("output-exists");
  await bench.ask("submit", { work: flowWork(input, out, { overwrite: true }) });
});

test("velocity files of a flow are read only when they were opened", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const { input, folder } = await granted(bench);
  const file = path.join(folder, "velocities.txt");
  fs.writeFileSync(file, "1 0 1500\n1 1000 2000\n");
  const flow = {
    seisproc: 1,
    input: { path: input },
    processes: [{ process: "nmo", parameters: { velocity: { file } } }],
    output: { path: path.join(folder, "o.sgy") },
  };
  expect(await tagOf(bench.ask("submit", { work: { kind: "flow", flow } }))).toBe("path-not-opened");
  await bench.ask("open_path", { path: file });
  const { job } = await bench.ask("submit", { work: { kind: "flow", flow } });
  const { request } = await bench.ask("job_request", { job: job.id });
  expect(JSON.stringify(request.work)).toContain('"functions"');
});

test("pausing, resuming, cancelling and retrying go through to the job", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission({ blocks: 400, msPerBlock: 10 }));
  await until(bench.manager, id, "running");
  await bench.ask("pause_job", { job: id });
  await until(bench.manager, id, "paused");
  expect(await tagOf(bench.ask("pause_job", { job: id }))).toBe("job-transition");
  await bench.ask("resume_job", { job: id });
  await until(bench.manager, id, "running");
  await bench.ask("finish_job", { job: id });
  await until(bench.manager, id, "paused");
  await bench.ask("cancel_job", { job: id, keepPartial: true });
  const cancelled = await until(bench.manager, id, "cancelled");
  expect(cancelled.partialOutput).toBe("kept");
  await bench.ask("retry_job", { job: id });
  await until(bench.manager, id, "running");
  expect(await tagOf(bench.ask("remove_job", { job: id }))).toBe("job-transition");
  await bench.ask("cancel_all", {});
  await until(bench.manager, id, "cancelled");
  await bench.ask("remove_job", { job: id });
  expect(await tagOf(bench.ask("get_job", { job: id }))).toBe("job-not-found");
});

test("an id that is no job's never becomes a path", async () => {
  const bench = await serve();
  const before = fs.readdirSync(bench.bench.root, { recursive: true });
  for (const job of ["../../data", "..", "/tmp", "x", "20200101-000000-000-abcdef", "a\0b"]) {
    const asks = [
      bench.ask("get_job", { job }),
      bench.ask("job_history", { job }),
      bench.ask("pause_job", { job }),
      bench.ask("cancel_job", { job }),
      bench.ask("retry_job", { job }),
      bench.ask("remove_job", { job }),
      bench.ask("rename_job", { job, name: "n" }),
      bench.ask("tag_job", { job, tags: [] }),
      bench.ask("set_priority", { job, priority: "low" }),
      bench.ask("reorder_job", { job, before: null }),
    ];
    for (const tag of await Promise.all(asks.map(tagOf))) expect(tag).toBe("job-not-found");
  }
  expect(fs.readdirSync(bench.bench.root, { recursive: true })).toEqual(before);
});

test("names, priorities, tags and places in the queue change", async () => {
  const bench = await serve();
  await bench.ask("hold_queue", {});
  const jobs = [];
  for (let i = 0; i < 3; i++) jobs.push((await bench.manager.submit(bench.bench.submission())).id);
  await bench.ask("reorder_job", { job: jobs[2], before: jobs[0] });
  expect((await bench.ask("list_jobs", {})).queue).toEqual([jobs[2], jobs[0], jobs[1]]);
  await bench.ask("set_priority", { job: jobs[1], priority: "critical" });
  expect((await bench.ask("list_jobs", {})).queue).toEqual([jobs[1], jobs[2], jobs[0]]);
  await bench.ask("rename_job", { job: jobs[0], name: "Näme" });
  await bench.ask("tag_job", { job: jobs[0], tags: ["x", "y"] });
  expect((await bench.ask("get_job", { job: jobs[0] })).job).toMatchObject({
    name: "Näme",
    tags: ["x", "y"],
  });
  await bench.ask("set_limits", { heavy: 3, light: 1 });
  await bench.ask("release_queue", {});
  for (const id of jobs) await until(bench.manager, id, "completed");
});

test("pausing all holds the queue until all is resumed", async () => {
  const bench = await serve();
  await bench.ask("pause_all", {});
  const { id } = await bench.manager.submit(bench.bench.submission());
  expect((await bench.ask("get_job", { job: id })).job.state).toBe("queued");
  await bench.ask("resume_all", {});
  await until(bench.manager, id, "completed");
});

test("the list is filtered and paged from the newest to the oldest", async () => {
  const bench = await serve();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const more = { name: `job ${i}`, tags: i % 2 ? ["odd"] : [] };
    const { id } = await bench.manager.submit(bench.bench.submission({ blocks: 1, msPerBlock: 0 }, more));
    await until(bench.manager, id, "completed");
    ids.push(id);
  }
  const list = async (filter: Parameters<typeof bench.ask<"list_jobs">>[1]) => {
    const page = await bench.ask("list_jobs", filter);
    return [page.jobs.map((job) => job.id), page.total];
  };
  expect(await list({})).toEqual([ids.toReversed(), 5]);
  expect(await list({ limit: 2 })).toEqual([[ids[4], ids[3]], 5]);
  expect(await list({ limit: 2, before: ids[3] })).toEqual([[ids[2], ids[1]], 5]);
  expect(await list({ text: "ODD" })).toEqual([[ids[3], ids[1]], 2]);
  expect(await list({ states: ["failed"] })).toEqual([[], 0]);
  expect(await list({ types: ["processing"], text: "job 2" })).toEqual([[ids[2]], 1]);
  const { endedAt } = bench.manager.get(ids[3]);
  expect(await list({ endedSince: endedAt ?? 0 })).toEqual([[ids[4], ids[3]], 2]);
});

test("folders list what the path browser needs and no more", async () => {
  const bench = await serve();
  const folder = bench.folder();
  for (const name of ["b.sgy", "a.SEGY", "flow.json", "secret.txt", ".hidden.sgy"]) {
    fs.writeFileSync(path.join(folder, name), "12345");
  }
  fs.mkdirSync(path.join(folder, "sub"));
  fs.mkdirSync(path.join(folder, "data.zarr"));
  fs.symlinkSync("/nowhere", path.join(folder, "broken.sgy"));
  const listing = await bench.ask("list_folder", { path: folder });
  expect(listing).toEqual({
    path: folder,
    parent: path.dirname(folder),
    entries: [
      { name: "sub", kind: "folder", bytes: null },
      { name: "data.zarr", kind: "dataset", bytes: null },
      { name: "a.SEGY", kind: "segy", bytes: 5 },
      { name: "b.sgy", kind: "segy", bytes: 5 },
      { name: "flow.json", kind: "flow", bytes: 5 },
    ],
    cut: false,
  });
  expect((await bench.ask("list_folder", { path: null })).path).not.toBe("");
  expect(await tagOf(bench.ask("list_folder", { path: path.join(folder, "none") }))).toBe("file-missing");
  expect(await tagOf(bench.ask("list_folder", { path: path.join(folder, "b.sgy") }))).toBe("file-unreadable");
  expect(await tagOf(bench.ask("list_folder", { path: "relative" }))).toBe("file-unreadable");
  expect(await tagOf(bench.ask("list_folder", { path: "/tmp\0" }))).toBe("file-unreadable");
});

test("only files and datasets are opened; what was opened is listed", async () => {
  const bench = await serve();
  const folder = bench.folder(), input = segyIn(folder);
  expect(await tagOf(bench.ask("open_path", { path: folder }))).toBe("file-unreadable");
  expect(await tagOf(bench.ask("open_path", { path: "/dev/null" }))).toBe("file-unreadable");
  expect(await tagOf(bench.ask("open_path", { path: path.join(folder, "none") }))).toBe("file-missing");
  expect(await bench.ask("open_path", { path: input })).toEqual({
    path: input,
    kind: "file",
    bytes: fs.statSync(input).size,
  });
  expect(await bench.ask("list_grants", {})).toEqual({ opened: [input], folders: [] });
});

test("a scan reports on an opened file and is refused on any other", async () => {
  const bench = await serve();
  const folder = bench.folder(), input = segyIn(folder);
  expect(await tagOf(bench.ask("scan_file", { path: input }))).toBe("path-not-opened");
  await bench.ask("open_path", { path: input });
  expect((await bench.ask("scan_file", { path: input })).report).toMatchObject({ traces: 5, samples: 20 });
  const text = path.join(folder, "text.sgy");
  fs.writeFileSync(text, "no SEG-Y");
  await bench.ask("open_path", { path: text });
  expect(await tagOf(bench.ask("scan_file", { path: text }))).toBe("not-segy");
});

test("alerts are listed, acknowledged, silenced and cleared; rules change", async () => {
  const bench = await serve();
  const { id } = await bench.manager.submit(bench.bench.submission({ failAt: 0 }, { maxAttempts: 1 }));
  await until(bench.manager, id, "failed");
  const { alerts } = await bench.ask("list_alerts", {});
  expect(alerts).toMatchObject([{ rule: "job_failed", subject: id, acknowledged: false }]);
  await bench.ask("acknowledge_alert", { alert: alerts[0].id });
  expect((await bench.ask("list_alerts", {})).alerts[0].acknowledged).toBe(true);
  expect(await tagOf(bench.ask("acknowledge_alert", { alert: 999 }))).toBe("alert-not-found");
  await bench.ask("clear_alerts", { what: "acknowledged" });
  expect((await bench.ask("list_alerts", {})).alerts).toEqual([]);
  await bench.ask("snooze_rule", { rule: "job_failed", seconds: 60 });
  const { rule } = await bench.ask("set_rule", { rule: "job_failed", change: { coolDownSeconds: 5 } });
  expect(rule).toMatchObject({ rule: "job_failed", coolDownSeconds: 5, on: true });
  const { rules } = await bench.ask("list_rules", {});
  expect(rules.find((one) => one.rule === "job_failed")?.coolDownSeconds).toBe(5);
  const stranger = { rule: "cpu", change: { limits: { nothing: 1 } } } as const;
  expect(await tagOf(bench.ask("set_rule", stranger))).toBe("protocol");
});

test("resources are told when asked", async () => {
  const { resources } = await (await serve()).ask("get_resources", {});
  expect(resources.memory.totalBytes).toBeGreaterThan(0);
});

test("a request too many is refused as busy and later ones are answered", async () => {
  const bench = await serve();
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => bench.post({ command: "list_processes" })),
  );
  expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
  expect((await bench.post({ command: "hello" })).status).toBe(200);
});
