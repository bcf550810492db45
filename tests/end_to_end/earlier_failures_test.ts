/**
 * Where the earlier program failed: one test each, with the number it has in the list of the job system's design.
 *
 * Over 400 lines, since it is one list that is to be read beside the other.
 *
 * Without a test yet, because their part does not exist yet: 11 (QC batches: with `qc_batch`), 15 and 16 (migration:
 * with `migration`), 14 and the dashboard's half of 17 (with the window).
 */
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { JobManager } from "../../sidecar/jobs/manager.ts";
import { openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import { runParallelProcessing, runSegyExport, runSegyImport } from "../../sidecar/jobs/processing_api.ts";
import { JobMonitor } from "../../sidecar/monitor/job_monitor.ts";
import { loadFlow } from "../../sidecar/flow/document/load_flow.ts";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { ControlBlock } from "../../sidecar/runner/control_block.ts";
import { WorkerPool } from "../../sidecar/runner/pool.ts";
import { createSharedMemory } from "../../sidecar/kernels/kernel_memory.ts";
import type { Job } from "../../src/shared/job/job.ts";
import type { Alert } from "../../src/shared/monitor/alert.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import { relativeError } from "../test_steps.ts";
import type { SegyRecipe } from "../segy/make_segy.ts";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const program = new GatedProgram();
const AGC = { process: "agc", parameters: { windowMs: 100 } };
const FK = { process: "fk_filter", parameters: { minVelocityMps: 500, maxVelocityMps: 2000 } };
const DECONVOLUTION = { process: "deconvolution", parameters: { gapMs: 20, operatorMs: 400 } };
/** Some seconds of work on `long.sgy`. */
const SLOW = Array.from({ length: 8 }, () => DECONVOLUTION);

const managers: { manager: JobManager; monitor: JobMonitor }[] = [];

beforeAll(() => {
  place.line("long.sgy", { shots: 120, channels: 60, samplesPerTrace: 1001 });
});
afterEach(async () => {
  for (const { manager, monitor } of managers.splice(0)) {
    monitor.close();
    await manager.shutdown();
  }
});
afterAll(() => {
  place.remove();
  program.remove();
});

/** A desktop's manager with real runners, and its alerts. */
function desktop(launcher = launchRunner): { manager: JobManager; monitor: JobMonitor } {
  const manager = JobManager.open({
    workspace: openWorkspace(place.workspace),
    role: "desktop",
    launcher,
    preflight,
    program: "test",
  });
  const opened = { manager, monitor: new JobMonitor(manager) };
  managers.push(opened);
  return opened;
}

function flowOf(input: string, processes: readonly unknown[], output: string, more: object = {}) {
  const file = place.flow(`${output}.json`, {
    input: { path: input, ...more },
    processes,
    output: { path: output },
  });
  return loadFlow(file);
}

/** Starts a job and resolves once some of its blocks are done. */
async function underWay(manager: JobManager, start: (onSubmitted: (job: Job) => void) => Promise<Job>) {
  const submitted = Promise.withResolvers<Job>();
  const end = start(submitted.resolve);
  const { id } = await Promise.race([submitted.promise, end]);
  await moving(manager, id);
  return { id, end };
}

/** Resolves once the job has done more blocks than it has kept, or rests. */
async function moving(manager: JobManager, id: string): Promise<void> {
  const blocks = Promise.withResolvers<unknown>();
  const stop = manager.news.subscribe((news) => {
    const kept = manager.get(id).plan?.blocksKept ?? 0;
    if (news.news === "progress" && news.job === id && news.progress.blocks.done > kept) blocks.resolve(null);
  });
  await Promise.race([blocks.promise, manager.whenAtRest(id)]);
  stop();
}

async function outputOf(input: string, processes: readonly unknown[], name: string, more: object = {}) {
  const file = place.flow(`${name}.json`, {
    input: { path: input, ...more },
    processes,
    output: { path: name },
  });
  return await place.bytesOf(file, name);
}

function samplesIn(bytes: Uint8Array, samplesPerTrace: number): Float32Array[] {
  return ieeeSamples(bytes, samplesPerTrace);
}

test("failure 1: a failed gather fails the job, or passes through and is listed; never zeros", async () => {
  // The third shot has no spread: its velocity filter has nothing to work on.
  const offset = (trace: number) => Math.floor(trace / 5) === 2 ? 100 : 100 + 25 * (trace % 5);
  place.segy("no spread.sgy", shots({ words: (trace) => [[9, 4, shotOf(trace)], [37, 4, offset(trace)]] }));
  const { manager } = desktop();
  const job = await runParallelProcessing(manager, { flow: flowOf("no spread.sgy", [FK], "fk.sgy") });
  expect(job).toMatchObject({ state: "failed", error: { tag: "header-invalid" } });
  expect(job.error?.message).toMatch(/gather at trace 11 of no spread.sgy/);
  expect(fs.readdirSync(place.folder).filter((name) => name.startsWith("fk.sgy"))).toEqual(["fk.sgy.json"]);
  const flow = flowOf("no spread.sgy", [FK], "fk.sgy");
  const skipping = await runParallelProcessing(manager, { flow, onError: "skip" });
  expect(skipping.state).toBe("completed");
  expect(skipping.result?.skipped).toMatchObject([{ trace: 11, traces: 5 }]);
  const input = samplesIn(fs.readFileSync(place.file("no spread.sgy")), 50);
  const output = samplesIn(fs.readFileSync(place.file("fk.sgy")), 50);
  expect(output.slice(10, 15)).toEqual(input.slice(10, 15));
  expect(output[0]).not.toEqual(input[0]);
});

for (
  const [where, recipe, intervalUs] of [
    ["the binary header alone", { interval: 2000, traceInterval: 0 }, 2000],
    ["the trace headers alone", { interval: 0, traceInterval: 2000 }, 2000],
    [
      "the extended header of revision 2",
      { interval: 0, traceInterval: 0, extendedInterval: 500, major: 2, minor: 1 },
      500,
    ],
    ["an odd number of microseconds", { interval: 13, traceInterval: 13 }, 13],
  ] as const
) {
  test(`failure 2: the sample interval is the file's own, never a silent 1 ms: ${where}`, async () => {
    const nyquist = 5e5 / intervalUs;
    const pass = { process: "bandpass", parameters: { lowHz: nyquist * 0.1, highHz: nyquist * 0.4 } };
    const stop = { process: "bandpass", parameters: { lowHz: nyquist * 0.6, highHz: nyquist * 0.9 } };
    const value = (_: number, sample: number) => Math.sin(Math.PI * 0.2 * sample);
    place.segy("interval.sgy", { samples: 400, constant: true, ...recipe, value });
    const passed = samplesIn(await outputOf("interval.sgy", [pass], "passed.sgy"), 400);
    const stopped = samplesIn(await outputOf("interval.sgy", [stop], "stopped.sgy"), 400);
    const level = (samples: Float32Array) =>
      Math.sqrt(samples.slice(100, 300).reduce((e, x) => e + x * x, 0));
    expect(level(passed[0]) / Math.sqrt(100)).toBeGreaterThan(0.98);
    expect(level(stopped[0])).toBeLessThan(0.02);
    const tooHigh = { process: "bandpass", parameters: { lowHz: 1, highHz: nyquist + 1 } };
    const flow = place.flow("high.json", {
      input: { path: "interval.sgy" },
      processes: [tooHigh],
      output: { path: "high.sgy" },
    });
    const { stderr } = await place.run("run", flow);
    expect(stderr).toContain(`is above Nyquist (${Number(nyquist.toPrecision(6))} Hz) of interval.sgy`);
    const scan = await place.run("scan", "passed.sgy", "--json");
    expect(jsonLines(scan.stdout)[0]).toMatchObject({ intervalUs });
  });
}

test("failure 3: a sort takes headers and samples along together", async () => {
  // Each trace's samples are its own number, which is also in its header.
  const words = (trace: number) =>
    [[1, 4, trace], [9, 4, shotOf(trace)], [37, 4, 500 - 25 * ((trace * 7) % 5)]] as const;
  place.segy("numbered.sgy", shots({ value: (trace) => trace, words }));
  for (const order of [["fldr", "offset"], ["-offset"], ["fldr", "-offset"], ["offset", "-fldr"]]) {
    const bytes = await outputOf("numbered.sgy", [], "sorted.sgy", { order });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const rows = samplesIn(bytes, 50).map((samples, i) => {
      const header = 3600 + i * 440;
      const [tracl, fldr, offset] = [0, 8, 36].map((byte) => view.getInt32(header + byte));
      expect(new Set(samples)).toEqual(new Set([tracl]));
      return { fldr, offset, tracl };
    });
    const keys = order.map((key) => ({ word: key.replace("-", ""), sign: key.startsWith("-") ? -1 : 1 }));
    const expected = rows.toSorted((a, b) => {
      for (const { word, sign } of keys) {
        const difference = word === "fldr" ? a.fldr - b.fldr : a.offset - b.offset;
        if (difference !== 0) return sign * difference;
      }
      return a.tracl - b.tracl;
    });
    expect(rows).toEqual(expected);
  }
});

test("failure 4: a mute of the flow mutes noise after the subtraction, not the signal before it", async () => {
  const bandpass = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
  const mute = {
    process: "mute",
    parameters: { kind: "top", timesMs: [400, 400], offsetsM: [0, 9000], taperMs: 0 },
  };
  place.line("small.sgy", { format: "ieee" });
  const file = place.flow("both.json", {
    input: { path: "small.sgy" },
    processes: [bandpass, mute],
    output: { path: "both.sgy", mode: "both" },
  });
  const processed = samplesIn(await place.bytesOf(file, "both.sgy"), 251);
  const noise = samplesIn(fs.readFileSync(place.file("both.noise.sgy")), 251);
  const input = samplesIn(fs.readFileSync(place.file("small.sgy")), 251);
  for (const [trace, samples] of noise.entries()) {
    expect(samples.subarray(0, 100).every((x) => x === 0)).toBe(true);
    const sum = samples.subarray(101).map((x, i) => x + processed[trace][101 + i]);
    expect(relativeError(sum, input[trace].subarray(101))).toBeLessThan(1e-6);
  }
});

test("failure 5: workers never share a chunk of a stored dataset by reading and writing it back", async () => {
  const [one, many] = ["one.zarr", "many.zarr"].map((name) => place.file(name));
  const flow = place.flow("chunks.json", {
    input: { path: "long.sgy", order: ["cdp", "offset"] },
    processes: [AGC],
    output: { path: "one.zarr" },
  });
  expect((await place.run("run", flow, "--workers", "1")).status).toBe(0);
  expect((await place.run("run", flow, "--workers", "7", "--output", many)).status).toBe(0);
  const chunks = filesIn(one);
  expect(chunks.filter((name) => name.startsWith(path.join("traces", "c.")) && name !== "zarr.json").length)
    .toBeGreaterThan(2);
  expect(filesIn(many)).toEqual(chunks);
  for (const name of chunks.filter((file) => !file.endsWith("zarr.json"))) {
    const same = Buffer.compare(
      fs.readFileSync(path.join(one, name)),
      fs.readFileSync(path.join(many, name)),
    );
    expect([name, same]).toEqual([name, 0]);
  }
});

test("failure 6: a resumed job keeps its id and skips the blocks that were finished", async () => {
  program.openSlowly();
  const { manager } = desktop(program.runners);
  const flow = flowOf("long.sgy", [WAITS, DECONVOLUTION], "resumed.sgy");
  const { id, end } = await underWay(
    manager,
    (onSubmitted) => runParallelProcessing(manager, { flow }, { onSubmitted }),
  );
  await manager.pause(id);
  const paused = await end;
  expect(paused.state).toBe("paused");
  expect(paused.blocksOnDisk).toBeGreaterThan(0);
  program.open();
  await manager.resume(id);
  const resumed = await manager.whenAtRest(id);
  expect(resumed).toMatchObject({ id, state: "completed", plan: { blocksKept: paused.blocksOnDisk } });
  expect(manager.list().filter((job) => job.name === flow.name)).toHaveLength(1);
  const whole = await outputOf("long.sgy", [DECONVOLUTION], "whole.sgy");
  const found = fs.readFileSync(place.file("resumed.sgy"));
  expect(Buffer.compare(found.subarray(3600), whole.subarray(3600))).toBe(0);
});

test("failure 7: a failed job raises an alert that reaches whoever listens, a completed one is news", async () => {
  const { manager, monitor } = desktop();
  const alerts: Alert[] = [], states: string[] = [];
  manager.news.subscribe((news) => {
    if (news.news === "alert") alerts.push(news.alert);
    if (news.news === "job") states.push(news.job.state);
  });
  const value = (trace: number) => trace === 3 ? NaN : 1;
  place.segy("spoilt.sgy", shots({ value }));
  const job = await runParallelProcessing(manager, { flow: flowOf("spoilt.sgy", [AGC], "alert.sgy") });
  expect(job.state).toBe("failed");
  expect(alerts).toMatchObject([{ rule: "job_failed", severity: "error", subject: job.id }]);
  expect(alerts[0].actions).toContain("toast");
  expect(monitor.alerts.list().map((alert) => alert.id)).toEqual(alerts.map((alert) => alert.id));
  const good = await runParallelProcessing(manager, { flow: flowOf("numbered.sgy", [AGC], "good.sgy") });
  expect(good.state).toBe("completed");
  expect(states.at(-1)).toBe("completed");
  expect(alerts).toHaveLength(1);
});

test("failure 8: cancel all ends every job as cancelled, none stays in cancelling", async () => {
  program.shut();
  const { manager } = desktop(program.runners);
  const ends: Promise<Job>[] = [];
  const flow = flowOf("long.sgy", [WAITS], "cancelled.sgy");
  ends.push(runParallelProcessing(manager, { flow }));
  while (manager.runners().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  ends.push(runSegyExport(manager, { input: place.file("long.sgy"), to: place.file("cancelled2.sgy") }));
  ends.push(runParallelProcessing(manager, { flow: flowOf("long.sgy", SLOW, "cancelled3.zarr") }));
  while (manager.queue().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await manager.cancelAll();
  expect((await Promise.all(ends)).map((job) => job.state)).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(manager.runners()).toEqual([]);
  expect(fs.readdirSync(place.folder).filter((name) => /^cancelled.*(sgy|zarr|part)$/.test(name))).toEqual(
    [],
  );
});

test("failure 9: pause and cancel reach the workers of imports and exports too, without waiting for all of it", async () => {
  place.line("large.sgy", { shots: 125, channels: 120, samplesPerTrace: 1501 });
  program.slowBlocks(true);
  const { manager } = desktop(program.runners);
  const input = place.file("large.sgy");
  const jobs = {
    "export.sgy": (onSubmitted: (job: Job) => void) =>
      runSegyExport(manager, { input, to: place.file("export.sgy"), format: "ibm", runner: { workers: 1 } }, {
        onSubmitted,
      }),
    "import.zarr": (onSubmitted: (job: Job) => void) =>
      runSegyImport(manager, { input, to: place.file("import.zarr"), copy: true, runner: { workers: 1 } }, {
        onSubmitted,
      }),
  };
  for (const [name, start] of Object.entries(jobs)) {
    const { id, end } = await underWay(manager, start);
    await manager.pause(id);
    const paused = await end;
    expect([name, paused.state]).toEqual([name, "paused"]);
    expect(manager.runners()).toEqual([]);
    expect(fs.existsSync(place.file(name))).toBe(false);
    expect(paused.blocksOnDisk).toBeLessThan(paused.plan?.blocks ?? 0);
    await manager.resume(id);
    await moving(manager, id);
    await manager.cancel(id);
    const cancelled = await manager.whenAtRest(id);
    expect([name, cancelled.state]).toEqual([name, "cancelled"]);
    // The workers heard it themselves, no signal had to end them, and blocks were left.
    expect([2, 3]).toContain(cancelled.cancelLevel);
    expect(cancelled.progress?.blocks.done).toBeLessThan(cancelled.plan?.blocks ?? 0);
    expect(fs.readdirSync(place.folder).filter((one) => one.startsWith(name))).toEqual([]);
  }
  program.slowBlocks(false);
  fs.rmSync(input);
});

test("failure 10: mapped words of 1 and 8 bytes keep their values through imports, and computed words are kept", async () => {
  const big = (trace: number) => 1e12 + (29 - trace) * 1e9;
  const words = (trace: number) =>
    [[9, 4, shotOf(trace)], [181, 8, big(trace)], [203, 1, trace - 15]] as const;
  place.segy("mapped.sgy", shots({ value: (trace) => trace, words }));
  const map = ["--map", "wide=181:float64", "--map", "narrow=203:int8"];
  for (const more of [[], ["--copy"]]) {
    const to = `mapped${more.length}.zarr`;
    expect((await place.run("import", "mapped.sgy", "--to", to, ...map, ...more)).stderr).toBe("");
    for (
      const [order, expected] of [["wide", [29, 28, 27]], ["narrow", [0, 1, 2]], ["-narrow", [
        29,
        28,
        27,
      ]]] as const
    ) {
      const sorted = samplesIn(await outputOf(to, [], "by word.sgy", { order: [order] }), 50);
      expect(sorted.slice(0, 3).map((samples) => samples[0])).toEqual(expected);
    }
    const computed = { process: "header_math", parameters: { assignments: ["cdp = narrow * 2 + fldr"] } };
    const bytes = await outputOf(to, [computed], "computed.sgy");
    const cdps = samplesIn(bytes, 50).map((_, i) => new DataView(bytes.buffer).getInt32(3600 + i * 440 + 20));
    expect(cdps).toEqual(cdps.map((_, trace) => (trace - 15) * 2 + shotOf(trace)));
    const flow = place.flow("computed.json", {
      input: { path: to },
      processes: [computed],
      output: { path: "computed.zarr" },
    });
    expect((await place.run("run", flow)).stderr).toBe("");
    const sorted = samplesIn(await outputOf("computed.zarr", [], "by cdp.sgy", { order: ["-cdp"] }), 50);
    const byCdp = cdps.map((cdp, trace) => ({ cdp, trace })).sort((a, b) =>
      b.cdp - a.cdp || a.trace - b.trace
    );
    expect(sorted.map((samples) => samples[0])).toEqual(byCdp.map(({ trace }) => trace));
  }
});

test("failure 12: distances count in the survey's unit and through the coordinate scalar", async () => {
  const metres = (trace: number) => 100 + 25 * (trace % 5);
  const value = (trace: number, sample: number) =>
    Math.sin(sample * 0.4 - metres(trace) * 0.01 + trace * trace);
  const line = (name: string, unit: number, offset: (trace: number) => number, more: Words = () => []) => {
    place.segy(
      name,
      shots({ value, words: (trace) => [[9, 4, shotOf(trace)], [37, 4, offset(trace)], ...more(trace)] }),
    );
    const bytes = fs.readFileSync(place.file(name));
    bytes.writeInt16BE(unit, 3254);
    fs.writeFileSync(place.file(name), bytes);
  };
  const scaled: Words = (trace) => [[71, 2, -100], [81, 4, metres(trace) * 100]];
  line("metres.sgy", 1, metres, scaled);
  line("feet.sgy", 2, (trace) => Math.round(metres(trace) / METRES_PER_FOOT));
  const byReceiver = { ...FK, parameters: { ...FK.parameters, distance: "receiver" } };
  const inMetres = await outputOf("metres.sgy", [FK], "fk.sgy");
  const received = await outputOf("metres.sgy", [byReceiver], "fk receiver.sgy");
  expect(Buffer.compare(inMetres.subarray(3600), received.subarray(3600))).toBe(0);
  const inFeet = await outputOf("feet.sgy", [FK], "fk feet.sgy");
  const join = (bytes: Uint8Array) => samplesIn(bytes, 50).flatMap((samples) => [...samples]);
  expect(relativeError(join(inFeet), join(inMetres))).toBeLessThan(0.01);
  line("wrong.sgy", 1, (trace) => Math.round(metres(trace) / METRES_PER_FOOT));
  const taken = await outputOf("wrong.sgy", [FK], "fk wrong.sgy");
  expect(relativeError(join(taken), join(inMetres))).toBeGreaterThan(0.1);
});

test("failure 13: a worker that crashes ends the job instead of hanging the pool", async () => {
  const memory = createSharedMemory(1 << 16);
  const pool = new WorkerPool(2);
  const control = new ControlBlock(memory.buffer, 2, 1);
  const setup = { workers: 2, blocks: 1, memory, modules: new Map(), start: 0, end: 0 };
  // A task of no kind that is known, and a control block larger than its memory.
  const broken = { kind: "flow", plan: undefined } as never;
  const end = await pool.run([
    { ...setup, worker: 0, task: broken },
    { ...setup, worker: 1, task: broken, blocks: 1e9 },
  ], control);
  expect(end.failure?.tag).toBe("internal");
});

test("failure 13: a runner that is killed leaves an interrupted job that resumes to the same bytes", async () => {
  program.openSlowly();
  const { manager } = desktop(program.runners);
  const flow = flowOf("long.sgy", [WAITS, DECONVOLUTION], "killed.sgy");
  const { id, end } = await underWay(
    manager,
    (onSubmitted) => runParallelProcessing(manager, { flow }, { onSubmitted }),
  );
  process.kill(manager.runners()[0].pid, "SIGKILL");
  expect(await end).toMatchObject({ state: "interrupted", error: { tag: "runner-died" } });
  program.open();
  await manager.resume(id);
  expect((await manager.whenAtRest(id)).state).toBe("completed");
  const whole = await outputOf("long.sgy", [DECONVOLUTION], "whole.sgy");
  expect(Buffer.compare(fs.readFileSync(place.file("killed.sgy")).subarray(3600), whole.subarray(3600))).toBe(
    0,
  );
});

test("failure 17: rates, input and output of the workers are in every progress line", async () => {
  const flow = place.flow("rates.json", {
    input: { path: "long.sgy" },
    processes: SLOW.slice(0, 4),
    output: { path: "rates.sgy" },
  });
  const { stdout } = await place.run("run", flow, "--json", "--workers", "2");
  const lines = jsonLines(stdout);
  const news = lines.flatMap((line) => line.news === "progress" ? [line.progress as ProgressLine] : []);
  const last = news.at(-1);
  expect(news.length).toBeGreaterThan(2);
  expect(last?.lanes).toHaveLength(2);
  expect(last?.lanes.reduce((sum, lane) => sum + lane.tracesDone, 0)).toBe(7200);
  expect(last?.bytesRead).toBeGreaterThanOrEqual(7200 * 4244);
  expect(last?.bytesWritten).toBeGreaterThanOrEqual(7200 * 4244);
  expect(news.some((one) => one.tracesPerSecond.smoothed > 0 && one.megabytesPerSecond.smoothed > 0)).toBe(
    true,
  );
  // Each worker has a rate in some line; in one and the same line only where blocks are quicker than lines come.
  for (const worker of [0, 1]) {
    expect([worker, news.some(({ lanes }) => lanes[worker].tracesPerSecond > 0)]).toEqual([worker, true]);
  }
  expect(lines.at(-1)).toMatchObject({ result: { tracesRead: 7200, bytesWritten: last?.bytesWritten } });
});

interface ProgressLine {
  readonly lanes: readonly { readonly tracesDone: number; readonly tracesPerSecond: number }[];
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly tracesPerSecond: { readonly smoothed: number };
  readonly megabytesPerSecond: { readonly smoothed: number };
}

type Words = NonNullable<SegyRecipe["words"]>;

function shotOf(trace: number): number {
  return 100 + Math.floor(trace / 5);
}

/** Six shots of five traces of 50 samples. */
function shots(changes: SegyRecipe): SegyRecipe {
  return { traces: 30, samples: 50, value: (trace, sample) => Math.sin(sample * 0.3 + trace), ...changes };
}

/** All files of a folder, with their paths in it. */
function filesIn(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}
