/** What the window is told of a file that is read as the user says, and of Seismic Unix files: the same everywhere. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { segyBytes, testValue } from "../segy/make_segy.ts";
import { suBytes } from "../segy/make_su.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();
const READ = { format: 1, endian: "little", samples: 20, intervalUs: 2500 } as const;
const MAP = [{ name: "num", byte: 193, type: "int32" as const }];

async function put(bench: ServerBench, name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(bench.folder(), name);
  fs.writeFileSync(file, bytes);
  await bench.ask("open_path", { path: file });
  return file;
}

/** Little-endian IBM floats that claim to be big IEEE ones of another length, without an interval. */
function lies(bench: ServerBench): Promise<string> {
  const bytes = segyBytes({
    order: "little",
    code: 1,
    saidCode: 5,
    saidSamples: 10,
    saidTraceSamples: 30,
    interval: 0,
    words: (trace) => [[193, 4, trace % 2]],
  });
  return put(bench, "lies.sgy", bytes);
}

async function refusal(promise: Promise<unknown>): Promise<[string, string]> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? [error.tag, error.message] : ["none", String(error)];
}

function firstSamples({ header, data }: Awaited<ReturnType<ServerBench["panels"]>>): number[] {
  const [{ offset, columns, rows }] = header.panels;
  return Array.from({ length: columns }, (_, i) => data[offset + i * rows]);
}

test("describe, gathers, traces and spectra read the file as it is said to be", async () => {
  const bench = await serve();
  const survey = await lies(bench), how = { survey, read: READ, map: MAP };
  const { survey: view } = await bench.ask("describe_survey", how);
  expect(view).toMatchObject({ traces: 5, samplesPerTrace: 20, intervalUs: 2500, sampleFormat: 1 });
  expect(view.warnings.join("\n")).toContain("The number of samples is forced to 20");
  const page = await bench.ask("list_gathers", { ...how, order: ["num"] });
  expect(page.page.map(({ values, traces }) => [values[0], traces])).toEqual([[0, 3], [1, 2]]);
  const panels = await bench.panels("gather", { ...how, order: ["num"], gather: 1 });
  expect(firstSamples(panels)).toEqual([1, 3].map((trace) => testValue(trace, 0)));
  expect((await bench.panels("spectrum", how)).header.panels).toHaveLength(1);
});

test("another reading of the same file is another survey", async () => {
  const bench = await serve();
  const survey = await lies(bench);
  for (const samples of [20, 5]) {
    const read = { ...READ, samples };
    const asked = samples === 20 ? bench.ask("describe_survey", { survey, read }) : undefined;
    if (asked) expect((await asked).survey.samplesPerTrace).toBe(20);
    else {expect((await refusal(bench.ask("describe_survey", { survey, read })))[0]).toBe(
        "reading-impossible",
      );}
  }
  const slower = await bench.ask("describe_survey", { survey, read: { ...READ, intervalUs: 500 } });
  expect(slower.survey.intervalUs).toBe(500);
});

test("a scan says what was forced, and refuses what cannot be", async () => {
  const bench = await serve();
  const file = await lies(bench);
  const { report } = await bench.ask("scan_file", { path: file, read: READ, map: MAP });
  expect(report).toMatchObject({ traces: 5, samples: 20, byteOrder: "little", intervalUs: 2500 });
  expect(report.findings.map(({ what }) => what).join("\n")).toContain(
    "the number of samples is forced to 20",
  );
  expect(report.headers.find(({ word }) => word === "num")).toMatchObject({ byte: 193, min: 0, max: 1 });
  const [tag, message] = await refusal(
    bench.ask("scan_file", { path: file, read: { ...READ, samples: 21 } }),
  );
  expect([tag, message]).toEqual(["reading-impossible", expect.stringContaining("240 + 21 x 4 = 324 bytes")]);
});

test.each([
  [{ format: "float" }, "read.format: expected for format one of"],
  [{ sample: 3 }, "read.sample: expected only format"],
  ["format=ibm", "read: expected an object"],
])("%j is no reading", async (read, message) => {
  const bench = await serve();
  const survey = await lies(bench);
  const { status, answer } = await bench.post({ command: "describe_survey", survey, read });
  expect([status, JSON.stringify(answer)]).toEqual([400, expect.stringContaining(message)]);
});

test("flows, imports and exports are submitted with it, and give the true samples", async () => {
  const bench = await serve({ manager: { launcher: launchRunner, preflight } });
  const input = await lies(bench), folder = bench.folder("out");
  await bench.ask("choose_folder", { path: folder });
  const to = (name: string) => path.join(folder, name);
  const flow = { seisproc: 1, input: { path: input }, output: { path: to("flow.sgy") } };
  const works = [
    { kind: "flow", flow, read: READ, map: MAP },
    { kind: "flow", flow: { ...flow, input: { path: input, read: { ...READ, map: MAP } } }, overwrite: true },
    { kind: "export", input, to: to("export.sgy"), read: READ },
    { kind: "import", input, to: to("copy.zarr"), copy: true, read: READ, map: MAP },
    { kind: "import", input, to: to("in place.zarr"), read: READ, map: MAP },
  ] as const;
  for (const work of works) {
    const { job } = await bench.ask("submit", { work });
    expect((await bench.manager.whenAtRest(job.id)).state).toBe("completed");
  }
  const samples = (name: string) => fs.readFileSync(to(name)).readFloatBE(3600 + 320 + 240 + 8);
  expect([samples("flow.sgy"), samples("export.sgy")]).toEqual([testValue(1, 2), testValue(1, 2)]);
  for (const name of ["copy.zarr", "in place.zarr"]) {
    await bench.ask("open_path", { path: to(name) });
    const panels = await bench.panels("gather", { survey: to(name), order: ["-num"], gather: 0 });
    expect(firstSamples(panels)).toEqual([1, 3].map((trace) => testValue(trace, 0)));
  }
});

test("a part of a file is exported and imported as it is asked", async () => {
  const bench = await serve({ manager: { launcher: launchRunner, preflight } });
  const input = await put(bench, "line.sgy", segyBytes()), folder = bench.folder("out");
  await bench.ask("choose_folder", { path: folder });
  const to = path.join(folder, "part.sgy");
  const work = { kind: "export", input, to, select: "fldr > 101", traces: [1, 4] } as const;
  const { job } = await bench.ask("submit", { work });
  expect(job.estimate).toMatchObject({ traces: 2 });
  expect((await bench.manager.whenAtRest(job.id)).result?.tracesRead).toBe(2);
  const wrong = await bench.post({ command: "submit", work: { ...work, traces: [4, 1] } });
  expect([wrong.status, JSON.stringify(wrong.answer)]).toEqual([400, expect.stringContaining("work.traces")]);
});

test.each([true, false])("a Seismic Unix file shows like any other, little-endian %s", async (little) => {
  const bench = await serve();
  const survey = await put(bench, "line.su", suBytes({ little, d1: 0.5 }));
  const { survey: view } = await bench.ask("describe_survey", { survey });
  expect(view).toMatchObject({ traces: 5, samplesPerTrace: 20, intervalUs: 4000, textHeaders: [] });
  expect(view.words.map(({ name }) => name)).toEqual(expect.arrayContaining(["cdp", "d1"]));
  expect(view.words.map(({ name }) => name)).not.toContain("cdpx");
  const panels = await bench.panels("gather", { survey, words: ["cdp", "d1"] });
  expect(panels.header.panels[0].words).toEqual({ cdp: [7, 8, 9, 10, 11], d1: Array(5).fill(0.5) });
  expect(firstSamples(panels)).toEqual([0, 1, 2, 3, 4].map((trace) => testValue(trace, 0)));
  const { report } = await bench.ask("scan_file", { path: survey });
  expect(report).toMatchObject({ kind: "su", byteOrder: little ? "little" : "big" });
});
