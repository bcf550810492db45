/** What panels tell besides amplitudes: live samples, quantiles, what failed, what cannot be, stacks side by side. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fittingSize, reductionOf } from "../../sidecar/server/view/builders/gather_builder.ts";
import { floatsOf, MOST_FLOATS, type PanelHeader, QUANTILES } from "../../src/shared/protocol/gathers.ts";
import { segyBytes, type SegyRecipe } from "../segy/make_segy.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

async function survey(bench: ServerBench, recipe: SegyRecipe, name = "line.sgy"): Promise<string> {
  const file = path.join(bench.folder(), name);
  fs.writeFileSync(file, segyBytes(recipe));
  await bench.ask("open_path", { path: file });
  return file;
}

type Panels = Awaited<ReturnType<ServerBench["panels"]>>;

function panelOf({ header }: Panels, name: string): PanelHeader {
  const found = header.panels.find(({ panel }) => panel === name);
  if (found === undefined) throw new Error(`no panel ${name}`);
  return found;
}

function traceOf(answer: Panels, name: string, trace: number): number[] {
  const { offset, rows } = panelOf(answer, name);
  return [...answer.data.subarray(offset + trace * rows, offset + (trace + 1) * rows)];
}

function liveOf(answer: Panels, name: string): [number, number][] {
  const { live = NaN, traces } = panelOf(answer, name);
  return Array.from({ length: traces }, (_, i) => [answer.data[live + i], answer.data[live + traces + i]]);
}

test("the first and the last live sample of each trace are told, also of what is reduced or cut", async () => {
  const bench = await serve();
  const live = [[3, 40], [0, 99], [50, 50], null];
  const value = (trace: number, sample: number) => {
    const range = live[trace];
    return range !== null && sample >= range[0] && sample <= range[1] ? 1 + sample % 3 : 0;
  };
  const file = await survey(bench, { traces: 4, samples: 100, value });
  const wanted = [[3, 40], [0, 99], [50, 50], [NaN, NaN]];
  expect(liveOf(await bench.panels("gather", { survey: file }), "input")).toEqual(wanted);
  expect(liveOf(await bench.panels("gather", { survey: file, columns: 2, rows: 10 }), "input")).toEqual(
    wanted,
  );
  const cut = await bench.panels("gather", {
    survey: file,
    firstSample: 20,
    samples: 30,
    firstTrace: 1,
    traces: 2,
  });
  expect(liveOf(cut, "input")).toEqual([[-20, 79], [30, 30]]);
});

test("a reduced panel tells quantiles of all samples, within a hundredth", async () => {
  const bench = await serve();
  const value = (trace: number, sample: number) =>
    Math.fround(((trace * 37 + sample * 101) % 997 - 300) * 1.7);
  const file = await survey(bench, { traces: 20, samples: 200, value });
  const panel = panelOf(await bench.panels("gather", { survey: file, columns: 4 }), "input");
  const sorted = Array.from({ length: 4000 }, (_, i) => Math.abs(value(Math.floor(i / 200), i % 200)))
    .sort((a, b) => a - b);
  QUANTILES.forEach((percent, i) => {
    const wanted = sorted[Math.ceil(sorted.length * percent / 100) - 1];
    expect(Math.abs((panel.quantiles?.[i] ?? NaN) - wanted)).toBeLessThanOrEqual(wanted / 100);
  });
  expect(panelOf(await bench.panels("gather", { survey: file }), "input").quantiles).toBeUndefined();
});

test("a trace with NaN fails alone in a preview, with its reason, and all others are as without it", async () => {
  const bench = await serve();
  const clean = (trace: number, sample: number) => Math.fround(Math.sin(sample * 0.3 + trace) * 10);
  const spoilt = (trace: number, sample: number) => trace === 2 && sample === 7 ? NaN : clean(trace, sample);
  const processes = [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }, {
    process: "agc",
    parameters: {},
  }];
  const ask = { processes, panels: ["input", "processed", "noise"] };
  const whole = await survey(bench, { traces: 5, samples: 80, value: clean });
  const wanted = await bench.panels("gather", { ...ask, survey: whole });
  const file = await survey(bench, { traces: 5, samples: 80, value: spoilt }, "spoilt.sgy");
  const found = await bench.panels("gather", { ...ask, survey: file });
  for (const name of ["processed", "noise"]) {
    for (const trace of [0, 1, 3, 4]) {
      expect(traceOf(found, name, trace)).toEqual(traceOf(wanted, name, trace));
    }
    expect(traceOf(found, name, 2).every(Number.isNaN)).toBe(true);
    expect(panelOf(found, name).failed).toEqual([{
      trace: 2,
      reason: "1 sample is NaN or infinite: a job stops here unless the trace is mended or killed",
    }]);
  }
  expect(panelOf(found, "input").failed).toBeUndefined();
  expect(panelOf(found, "input").notFinite).toBe(1);
});

test("a mute or kill that removes what is no number lets nothing fail, as in a job", async () => {
  const bench = await serve();
  const value = (trace: number, sample: number) => trace === 1 && sample < 3 ? NaN : 1;
  const words = (trace: number) => [[13, 4, trace]] as const;
  const file = await survey(bench, { traces: 3, samples: 40, value, words });
  const processes = [{ process: "kill", parameters: { expression: "tracf == 1" } }, {
    process: "polarity",
    parameters: {},
  }];
  const found = await bench.panels("gather", { survey: file, processes, panels: ["processed"] });
  expect(panelOf(found, "processed").failed).toBeUndefined();
  expect(traceOf(found, "processed", 1).every((sample) => sample === 0)).toBe(true);
  expect(liveOf(found, "processed")).toEqual([[0, 39], [NaN, NaN], [0, 39]]);
});

test("where a flow changes the shape of traces the difference is told to be absent, and the others are there", async () => {
  const bench = await serve();
  const file = await survey(bench, { traces: 4, samples: 100 });
  const reshaping = [
    { process: "resample", parameters: { intervalMs: 8 } },
    { process: "stack", parameters: { key: "fldr" } },
    { process: "time_window", parameters: { startMs: 40, endMs: 200 } },
  ];
  for (const step of reshaping) {
    const panels = ["input", "processed", "noise"];
    const { header } = await bench.panels("gather", {
      survey: file,
      key: "fldr",
      gather: 0,
      processes: [step],
      panels,
    });
    expect(header.panels.map(({ panel }) => panel)).toEqual(["input", "processed"]);
    expect(header.absent).toEqual([{
      panel: "noise",
      reason: `input minus processed needs traces of one shape, and ${step.process} changes it`,
    }]);
  }
});

test("a stack is shown with those of the gathers beside it", async () => {
  const bench = await serve();
  const words = (trace: number) => [[21, 4, 1 + Math.floor(trace / 3)]] as const;
  const value = (trace: number, sample: number) => sample === 0 ? 0 : 1 + Math.floor(trace / 3);
  const file = await survey(bench, { traces: 15, samples: 30, value, words });
  const processes = [{ process: "stack", parameters: { key: "cdp", method: "mean" } }];
  const ask = { survey: file, key: "cdp", processes, panels: ["input", "processed"] };
  const middle = await bench.panels("gather", { ...ask, gather: 2, neighbours: 1 });
  expect(panelOf(middle, "processed")).toMatchObject({ traces: 3, gathers: { first: 1, present: 1 } });
  expect([0, 1, 2].map((trace) => traceOf(middle, "processed", trace)[9])).toEqual([2, 3, 4]);
  expect(panelOf(middle, "input")).toMatchObject({ traces: 3 });
  expect([0, 1, 2].map((trace) => traceOf(middle, "input", trace)[9])).toEqual([3, 3, 3]);
  const end = await bench.panels("gather", { ...ask, gather: 4, neighbours: 3 });
  expect(panelOf(end, "processed")).toMatchObject({ traces: 4, gathers: { first: 1, present: 3 } });
  const alone = await bench.panels("gather", { ...ask, gather: 2 });
  expect(panelOf(alone, "processed")).toMatchObject({ traces: 1 });
  expect(traceOf(alone, "processed", 0)).toEqual(traceOf(middle, "processed", 1));
});

test("panels of one answer together stay within its bound", () => {
  const axis = { startMs: 0, samples: 20_000, intervalUs: 1000 };
  const frame = (panel: "input" | "processed" | "noise", traces: number) => ({
    panel,
    traces,
    shown: axis,
    axis,
  });
  for (const traces of [10, 5000, 1_000_000]) {
    const frames = [frame("input", traces), frame("processed", traces), frame("noise", traces)];
    const size = fittingSize(frames, 16_384, 16_384);
    const floats = frames.reduce((sum, one) => {
      const { isReduced, columns, rows } = reductionOf(one, size.columns, size.rows);
      const kind = isReduced ? "envelope" as const : "traces" as const;
      return sum + floatsOf({ kind, columns, rows, traces, live: 0 });
    }, 0);
    expect(floats).toBeLessThanOrEqual(MOST_FLOATS);
    expect(floats).toBeGreaterThan(Math.min(MOST_FLOATS / 9, traces * 20_000));
  }
});

test("the stamp of a survey changes when it changes on disk", async () => {
  const bench = await serve();
  const file = await survey(bench, { traces: 2, samples: 10 });
  const before = (await bench.panels("gather", { survey: file })).header;
  expect((await bench.panels("gather", { survey: file, traces: 1 })).header.stamp).toBe(before.stamp);
  fs.writeFileSync(file, segyBytes({ traces: 3, samples: 10 }));
  const after = await bench.panels("gather", { survey: file });
  expect(after.header.stamp).not.toBe(before.stamp);
  expect(after.header.panels[0].traces).toBe(3);
});

test("a gather is found by the value that names it, in the order of the file and sorted either way", async () => {
  const bench = await serve();
  const names = [7, 3, 12, -4, 9];
  const words = (trace: number) => [[9, 4, names[Math.floor(trace / 2)]]] as const;
  const file = await survey(bench, { traces: 10, samples: 10, words });
  const find = async (how: { key?: string; order?: string[] }, value: number) => {
    const { page } = await bench.ask("list_gathers", { survey: file, ...how, value, limit: 2 });
    return page.map(({ gather, values }) => [gather, values[0]]);
  };
  expect(await find({ key: "fldr" }, 12)).toEqual([[2, 12], [3, -4]]);
  expect(await find({ key: "fldr" }, 8)).toEqual([]);
  const sorted = names.toSorted((a, b) => a - b);
  for (const [gather, value] of sorted.entries()) {
    expect((await find({ order: ["fldr"] }, value))[0]).toEqual([gather, value]);
    expect((await find({ order: ["-fldr"] }, value))[0]).toEqual([4 - gather, value]);
  }
  expect(await find({ order: ["fldr"] }, 8)).toEqual([]);
  expect(await find({}, 8)).toEqual([]);
});
