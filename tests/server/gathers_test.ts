/** Traces and spectra as the window gets them, against real files. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { PanelHeader } from "../../src/shared/protocol/gathers.ts";
import { segyBytes, type SegyRecipe, testValue } from "../segy/make_segy.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

async function survey(bench: ServerBench, recipe: SegyRecipe, name = "line.sgy"): Promise<string> {
  const file = path.join(bench.folder(), name);
  fs.writeFileSync(file, segyBytes(recipe));
  await bench.ask("open_path", { path: file });
  return file;
}

/** Four shots of six traces, cdps across them, in an order that only sorting brings together. */
const SHOTS: SegyRecipe = {
  traces: 24,
  samples: 50,
  words: (trace) => [
    [9, 4, 1 + Math.floor(trace / 6)],
    [21, 4, 100 + trace % 6],
    [37, 4, 1000 - 10 * trace],
  ],
};

function wave(trace: number, sample: number): number {
  return Math.sin(0.3 * sample + trace) * 50 * Math.exp(-0.01 * sample);
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? error.tag : `no error: ${error}`;
}

function floats(
  { header, data }: { header: { panels: readonly PanelHeader[] }; data: Float32Array },
  panel = 0,
) {
  const { offset, columns, rows, kind } = header.panels[panel];
  return data.subarray(offset, offset + columns * rows * (kind === "envelope" ? 2 : 1));
}

test("a survey describes itself at once", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const { survey: view } = await bench.ask("describe_survey", { survey: file });
  expect(view).toMatchObject({
    path: file,
    name: "line.sgy",
    traces: 24,
    samplesPerTrace: 50,
    intervalUs: 4000,
  });
  expect(view.binaryHeader).toMatchObject({ hdt: 4000, hns: 50 });
  expect(view.textHeaders[0][0]).toContain("C 1 TEST");
  expect(view.words.map((word) => word.name)).toContain("cdp");
});

test("gathers are counted and named in the order of the file and sorted", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  expect(await bench.ask("list_gathers", { survey: file, key: "fldr" })).toEqual({
    gathers: 4,
    largest: 6,
    keys: ["fldr"],
    page: [1, 2, 3, 4].map((value, gather) => ({ gather, values: [value], traces: 6 })),
  });
  expect(await bench.ask("list_gathers", { survey: file, order: ["-cdp", "offset"], first: 4, limit: 9 }))
    .toEqual({
      gathers: 6,
      largest: 4,
      keys: ["cdp"],
      page: [{ gather: 4, values: [101], traces: 4 }, { gather: 5, values: [100], traces: 4 }],
    });
  expect(await failure(bench.ask("list_gathers", { survey: file, key: "nothing" }))).toBe(
    "header-word-unknown",
  );
});

test("a mapping moves a header word", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const map = [{ name: "cdp", byte: 9, type: "int32" as const }];
  expect((await bench.ask("list_gathers", { survey: file, map, key: "cdp" })).gathers).toBe(4);
});

test("a gather that fits the screen comes as it lies in the file, with the words asked for", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const answer = await bench.panels("gather", {
    survey: file,
    order: ["cdp", "offset"],
    gather: 2,
    words: ["fldr", "offset"],
  });
  const [panel] = answer.header.panels;
  expect(panel).toMatchObject({
    kind: "traces",
    columns: 4,
    rows: 50,
    traces: 4,
    intervalUs: 4000,
    notFinite: 0,
  });
  const traces = [20, 14, 8, 2];
  expect(panel.words).toEqual({ fldr: [4, 3, 2, 1], offset: traces.map((trace) => 1000 - 10 * trace) });
  expect([...floats(answer)]).toEqual(
    traces.flatMap((trace) => Array.from({ length: 50 }, (_, sample) => testValue(trace, sample))),
  );
});

test("a window takes part of the traces and samples", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const answer = await bench.panels("gather", {
    survey: file,
    firstTrace: 7,
    traces: 2,
    firstSample: 10,
    samples: 3,
  });
  expect(answer.header).toMatchObject({ tracesThere: 24, panels: [{ startMs: 40, columns: 2, rows: 3 }] });
  expect([...floats(answer)]).toEqual([7, 7, 7, 8, 8, 8].map((trace, i) => testValue(trace, 10 + i % 3)));
});

test("a gather wider than the screen is reduced so that a lone peak survives", async () => {
  const bench = await serve();
  const spike = (trace: number, sample: number) => trace === 777 && sample === 333 ? -9 : trace % 2 ? 1 : -1;
  const file = await survey(bench, { traces: 1000, samples: 501, value: spike });
  const answer = await bench.panels("gather", { survey: file, columns: 100, rows: 50 });
  const [panel] = answer.header.panels;
  expect(panel).toMatchObject({
    kind: "envelope",
    columns: 100,
    rows: 46,
    tracesPerColumn: 10,
    samplesPerRow: 11,
  });
  expect(panel.peak).toBe(9);
  const data = floats(answer);
  const at = (column: number, half: number, row: number) => data[(column * 2 + half) * panel.rows + row];
  for (let column = 0; column < panel.columns; column++) {
    for (let row = 0; row < panel.rows; row++) {
      const peak = column === 77 && row === 30;
      expect([at(column, 0, row), at(column, 1, row)]).toEqual([peak ? -9 : -1, 1]);
    }
  }
});

test("samples that are no numbers are shown as they are and counted", async () => {
  const bench = await serve();
  const file = await survey(bench, { traces: 3, samples: 10, value: (t, s) => t === 1 && s === 4 ? NaN : 2 });
  const whole = await bench.panels("gather", { survey: file });
  expect(whole.header.panels[0]).toMatchObject({ notFinite: 1, peak: 2, rms: 2 });
  expect(floats(whole)[14]).toBeNaN();
  const reduced = await bench.panels("gather", { survey: file, columns: 1 });
  expect([...floats(reduced)]).toEqual(Array.from({ length: 20 }, (_, i) => i % 10 === 4 ? NaN : 2));
});

test("the preview of a flow equals what the job writes, to the bit", async () => {
  const bench = await serve({ manager: { launcher: launchRunner }, preflight });
  const recipe = { ...SHOTS, samples: 200, value: wave };
  const file = await survey(bench, recipe), folder = bench.folder();
  await bench.ask("choose_folder", { path: folder });
  const processes = [
    { process: "bandpass", parameters: { lowHz: 8, highHz: 60, order: 4 } },
    { process: "agc", parameters: { windowMs: 100 } },
    { process: "deconvolution", parameters: { gapMs: 8, operatorMs: 80 } },
  ];
  const output = { path: path.join(folder, "out.sgy"), mode: "both" };
  const flow = { seisproc: 1, name: "F", input: { path: file }, processes, output };
  const { job } = await bench.ask("submit", { work: { kind: "flow", flow } });
  const ended = await bench.manager.whenAtRest(job.id);
  expect([ended.state, ended.error]).toEqual(["completed", null]);
  const panels = ["processed", "noise", "input"];
  const preview = await bench.panels("gather", { survey: file, key: "fldr", gather: 1, processes, panels });
  expect(preview.header.panels.map((panel) => panel.panel)).toEqual(panels);
  for (const [index, name] of ["out.sgy", "out.noise.sgy", "line.sgy"].entries()) {
    const written = path.join(folder, name);
    await bench.ask("open_path", { path: written });
    const answer = await bench.panels("gather", { survey: written, firstTrace: 6, traces: 6 });
    expect(floats(preview, index)).toEqual(floats(answer));
  }
});

test("the preview of a stack is one trace of the whole gather; its noise is refused", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const processes = [{ process: "stack", parameters: { key: "cdp", method: "mean" } }];
  const ask = { survey: file, order: ["cdp"], gather: 0, processes };
  const answer = await bench.panels("gather", { ...ask, panels: ["processed"], firstTrace: 1, traces: 2 });
  expect(answer.header.panels[0]).toMatchObject({ columns: 1, rows: 50 });
  const live = (sample: number) => [0, 6, 12, 18].map((trace) => testValue(trace, sample));
  for (const sample of [10, 20, 30]) {
    const values = live(sample), mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(values.every((value) => value !== 0)).toBe(true);
    expect(floats(answer)[sample]).toBeCloseTo(mean, 4);
  }
  expect(await failure(bench.panels("gather", { ...ask, panels: ["noise"] }))).toBe("flow-invalid");
});

test("parameters that do not fit the data are refused by name", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const processes = [{ process: "bandpass", parameters: { lowHz: 10, highHz: 300 } }];
  expect(await failure(bench.panels("gather", { survey: file, processes, panels: ["processed"] }))).toBe(
    "parameter-invalid",
  );
  const stranger = bench.panels("gather", {
    survey: file,
    processes: [{ process: "x" }],
    panels: ["processed"],
  });
  expect(await failure(stranger)).toBe("process-unknown");
});

test("the spectrum of a sine shows its amplitude at its frequency", async () => {
  const bench = await serve();
  const cycles = 32 / 256;
  const file = await survey(bench, {
    traces: 4,
    samples: 256,
    value: (trace, sample) => 3 * Math.sin(2 * Math.PI * cycles * sample + trace),
  });
  const answer = await bench.panels("spectrum", { survey: file });
  const [panel] = answer.header.panels;
  expect(panel).toMatchObject({ kind: "spectrum", rows: 129, stepHz: 1e6 / (4000 * 256) });
  const data = floats(answer);
  expect(data.indexOf(Math.max(...data))).toBe(32);
  expect(data[32]).toBeCloseTo(3, 2);
  expect(data[64]).toBeLessThan(0.01);
});

test("a file that changes is read anew", async () => {
  const bench = await serve();
  const file = await survey(bench, { traces: 3, samples: 10 });
  expect((await bench.panels("gather", { survey: file })).header.tracesThere).toBe(3);
  fs.writeFileSync(file, segyBytes({ traces: 7, samples: 10 }));
  expect((await bench.panels("gather", { survey: file })).header.tracesThere).toBe(7);
});

test("only what was opened is read; places outside are refused", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const closed = path.join(bench.folder(), "closed.sgy");
  fs.writeFileSync(closed, segyBytes());
  expect(await failure(bench.panels("gather", { survey: closed }))).toBe("path-not-opened");
  expect(await failure(bench.panels("spectrum", { survey: closed }))).toBe("path-not-opened");
  const outside = [{ gather: 4, key: "fldr" }, { firstTrace: 24 }, { firstSample: 50 }, { gather: -1 }, {
    columns: 0,
  }];
  for (const one of outside) {
    expect(await failure(bench.panels("gather", { survey: file, ...one }))).toBe("protocol");
  }
  fs.rmSync(file);
  expect(await failure(bench.panels("gather", { survey: file }))).toBe("file-missing");
});

test("a request may stand in the address as JSON", async () => {
  const bench = await serve();
  const file = await survey(bench, SHOTS);
  const request = encodeURIComponent(JSON.stringify({ survey: file }));
  expect((await bench.fetch(`/gather?request=${request}`)).status).toBe(200);
  expect((await bench.fetch(`/spectrum?request=${request}`)).status).toBe(200);
  expect((await bench.fetch("/gather?request=x")).status).toBe(400);
  expect((await bench.fetch("/gather")).status).toBe(400);
});

/** Traces that begin at 0, 8, 16 ... and one at 40.4 ms, the second of them earlier than the first. */
const STARTS = [40, 8, 16, 40.4, 60, 8];
const LATE: SegyRecipe = {
  traces: 6,
  samples: 20,
  value: (trace, sample) => 100 * (trace + 1) + sample,
  words: (trace) => [[9, 4, 1], [21, 4, 6 - trace], [109, 2, STARTS[trace] * 10], [215, 2, -10]],
};

/** What lies at a time axis from `startMs` on where the trace is placed to the nearest sample of 4 ms. */
function placed(trace: number, startMs: number, samples: number): number[] {
  const late = Math.round((STARTS[trace] - startMs) / 4);
  return Array.from(
    { length: samples },
    (_, i) => i < late || i - late > 19 ? 0 : 100 * (trace + 1) + i - late,
  );
}

test("traces lie at their own times, on an axis from the earliest start to the latest end", async () => {
  const bench = await serve();
  const file = await survey(bench, LATE);
  expect((await bench.ask("describe_survey", { survey: file })).survey.startMs).toBe(40);
  const answer = await bench.panels("gather", { survey: file });
  const axis = { startMs: 8, samples: 33 };
  expect(answer.header.panels[0]).toMatchObject({
    rows: 33,
    startMs: 8,
    axis,
    startsMs: STARTS,
    notFinite: 0,
  });
  expect([...floats(answer)]).toEqual(STARTS.flatMap((_, trace) => placed(trace, 8, 33)));
});

test("sorted traces lie at their own times too", async () => {
  const bench = await serve();
  const file = await survey(bench, LATE);
  const answer = await bench.panels("gather", {
    survey: file,
    order: ["fldr", "cdp"],
    gather: 0,
    firstTrace: 1,
    traces: 2,
  });
  expect(answer.header.panels[0]).toMatchObject({
    startMs: 40.4,
    startsMs: [60, 40.4],
    axis: { samples: 25 },
  });
  expect([...floats(answer)]).toEqual([4, 3].flatMap((trace) => placed(trace, 40.4, 25)));
});

test("a window of samples counts from the start of the survey's first trace, and may begin before it", async () => {
  const bench = await serve();
  const file = await survey(bench, LATE);
  const ask = (firstSample: number, samples: number) =>
    bench.panels("gather", { survey: file, firstSample, samples });
  const early = await ask(-6, 4);
  expect(early.header.panels[0]).toMatchObject({ startMs: 16, rows: 4, axis: { startMs: 8, samples: 33 } });
  expect([...floats(early)]).toEqual(STARTS.flatMap((_, trace) => placed(trace, 16, 4)));
  expect((await ask(-20, 15)).header.panels[0]).toMatchObject({ startMs: 8, rows: 3 });
  expect((await ask(20, 100)).header.panels[0]).toMatchObject({ startMs: 120, rows: 5 });
  for (const [first, samples] of [[-20, 12], [25, 5], [1000, 1]]) {
    const error = await ask(first, samples).then(() => undefined, (error: unknown) => error);
    expect(String(error)).toContain(`firstSample: expected -8 to 24, found ${first}`);
  }
});

test("where traces are reduced, extremes of one time come together, and gaps are zero", async () => {
  const bench = await serve();
  const file = await survey(bench, LATE);
  const answer = await bench.panels("gather", { survey: file, columns: 2, rows: 11 });
  expect(answer.header.panels[0]).toMatchObject({ kind: "envelope", columns: 2, rows: 11, samplesPerRow: 3 });
  const rows = (traces: readonly number[], pick: (values: number[]) => number) =>
    Array.from({ length: 11 }, (_, row) => {
      const values = traces.flatMap((trace) => {
        const late = Math.round((STARTS[trace] - 8) / 4);
        return placed(trace, 8, 33).slice(row * 3, row * 3 + 3).filter((_, i) => {
          const at = row * 3 + i - late;
          return at >= 0 && at < 20;
        });
      });
      return values.length === 0 ? 0 : pick(values);
    });
  const least = (values: number[]) => Math.min(...values), most = (values: number[]) => Math.max(...values);
  expect([...floats(answer)]).toEqual(
    [[0, 1, 2], [3, 4, 5]].flatMap((traces) => [...rows(traces, least), ...rows(traces, most)]),
  );
});

test("a preview counts times from each trace's own start, and a stack begins at the earliest", async () => {
  const bench = await serve();
  const file = await survey(bench, { ...LATE, value: () => 1 });
  const mute = { process: "mute", parameters: { timesMs: [60], taperMs: 0 } };
  const muted = await bench.panels("gather", { survey: file, processes: [mute], panels: ["processed"] });
  const zeros = STARTS.map((start) => Math.ceil((60 - start) / 4));
  STARTS.forEach((start, trace) => {
    const late = Math.round((start - 8) / 4);
    const row = [...floats(muted)].slice(trace * 33, (trace + 1) * 33);
    expect(row.map((x) => x !== 0)).toEqual(row.map((_, i) => i >= late + zeros[trace] && i < late + 20));
  });
  const stack = { process: "stack", parameters: { key: "fldr" } };
  const ask = { survey: file, key: "fldr", gather: 0, processes: [stack], panels: ["processed"] };
  const stacked = await bench.panels("gather", { ...ask, firstTrace: 3, traces: 1 });
  expect(stacked.header.panels[0]).toMatchObject({ columns: 1, startMs: 8, rows: 33 });
  expect([...floats(stacked)].map((x) => Math.round(x))).toEqual(Array(33).fill(1));
});

test("a preview of a cut shows the window that was cut, each trace at its own times", async () => {
  const bench = await serve();
  const cut = { process: "time_window", parameters: { startMs: 61, endMs: 100 } };
  const even = await survey(bench, { ...LATE, words: () => [[109, 2, 40]] }, "even.sgy");
  const cutEven = await bench.panels("gather", {
    survey: even,
    processes: [cut],
    panels: ["input", "processed"],
  });
  expect(cutEven.header.panels[1]).toMatchObject({ startMs: 64, rows: 10 });
  expect([...floats(cutEven, 1)]).toEqual(STARTS.flatMap((_, trace) => placedFrom(trace, 64, 10, 40)));
  const late = await survey(bench, LATE, "late.sgy");
  const cutLate = await bench.panels("gather", { survey: late, processes: [cut], panels: ["processed"] });
  const [panel] = cutLate.header.panels, at100 = Math.round((100 - panel.startMs) / 4);
  STARTS.forEach((start, trace) => {
    const sample = Math.round((100 - start) / 4), shown = floats(cutLate)[trace * panel.rows + at100];
    expect([trace, shown]).toEqual([trace, sample < 20 ? 100 * (trace + 1) + sample : 0]);
  });
});

/** As `placed`, for a trace that begins at `traceStartMs`. */
function placedFrom(trace: number, startMs: number, samples: number, traceStartMs: number): number[] {
  const late = Math.round((traceStartMs - startMs) / 4);
  return Array.from(
    { length: samples },
    (_, i) => i < late || i - late > 19 ? 0 : 100 * (trace + 1) + i - late,
  );
}
