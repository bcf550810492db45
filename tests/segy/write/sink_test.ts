/** SEG-Y outputs: layout, texts, headers, and what is refused. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createSegySink } from "../../../sidecar/segy/write/sink.ts";
import { BinaryHeader } from "../../../sidecar/segy/format/binary_header.ts";
import { outputTexts } from "../../../sidecar/segy/write/output_text.ts";
import type { OutputDescription } from "../../../sidecar/traces/trace_sink.ts";
import { asciiText, makeSegy, type SegyRecipe, testFolder } from "../make_segy.ts";
import { readTraces, writeTraces } from "../read_traces.ts";

const HISTORY = ["SEISPROC 0.1.0", "FLOW Test: dc_removal", "FROM in.sgy"];

function copy(recipe: SegyRecipe, changes: Partial<OutputDescription> = {}) {
  const input = readTraces(makeSegy("sink-in.sgy", recipe));
  const file = path.join(testFolder(), "sink-out.sgy");
  writeTraces(
    { path: file, source: input.description, history: HISTORY, ...changes },
    input.samples,
    input.records,
  );
  const output = readTraces(file);
  return { input, output, file, header: new BinaryHeader(output.description.binaryHeader) };
}

function description(changes: Partial<OutputDescription>): OutputDescription {
  const { description: source } = readTraces(makeSegy("sink-source.sgy", {}));
  return {
    path: path.join(testFolder(), "refused.sgy"),
    traces: source.traces,
    samplesPerTrace: source.samplesPerTrace,
    intervalUs: source.intervalUs,
    source,
    history: [],
    flow: {},
    sampleFormat: "ieee",
    littleEndian: false,
    order: [],
    ...changes,
  };
}

test("history goes into blank lines after the source's text", () => {
  const text = asciiText(["C 1 CLIENT", "C 2 LINE 7", "C 3"]);
  const [lines] = copy({ text }).output.description.textHeaders;
  expect(lines.slice(0, 5).map((line) => line.trimEnd())).toEqual([
    "C 1 CLIENT",
    "C 2 LINE 7",
    "C 3 SEISPROC 0.1.0",
    "C 4 FLOW Test: dc_removal",
    "C 5 FROM in.sgy",
  ]);
  expect(lines.slice(38).map((line) => line.trimEnd())).toEqual(["C39 SEG Y REV1", "C40 END TEXTUAL HEADER"]);
});

test("a full text header stays as it is and history goes into an extended one", () => {
  const text = asciiText(Array.from({ length: 40 }, (_, i) => `C${i + 1} FULL`));
  const { output, input } = copy({ text });
  const [main, extended] = output.description.textHeaders;
  expect(main).toEqual(input.description.textHeaders[0]);
  expect(extended.slice(0, 2).map((line) => line.trimEnd())).toEqual([
    "((SeisProc: History ver 1.0))",
    HISTORY[0],
  ]);
  expect(output.samples).toEqual(input.samples);
});

test("blank lines within the text take the history when none follow it", () => {
  const source = Array.from({ length: 40 }, (_, i) => i % 2 ? "" : `C${i + 1} TEXT`);
  const { main, extended } = outputTexts([source], HISTORY, { major: 1, minor: 0 });
  expect(extended).toEqual([]);
  source.slice(0, 38).forEach((line, i) => line && expect(main[i]).toBe(line));
  expect(main[1]).toBe(`C 2 ${HISTORY[0]}`);
});

test("long history lines are broken, not cut", () => {
  const long = "FLOW " + "bandpass lowHz=8 highHz=60; ".repeat(6).trim();
  const { main } = outputTexts([[]], [long], { major: 1, minor: 0 });
  const told = main.slice(0, 38).map((line) => line.slice(4).trim()).join(" ").trim();
  expect(told).toBe(long);
  expect(main.every((line) => line.length <= 80)).toBe(true);
});

test("every byte of the trace headers but samples and interval survives", () => {
  const words = (trace: number): [number, number, number][] =>
    Array.from({ length: 60 }, (_, i) => [1 + 4 * i, 4, trace * 1000 + i * 77777]);
  const { input, output } = copy({ words }, { samplesPerTrace: 10, intervalUs: 8000 });
  const wanted = input.records.bytes.slice();
  for (let trace = 0; trace < 5; trace++) wanted.set([0, 10, 0x1f, 0x40], trace * 240 + 114);
  expect(output.records.bytes).toEqual(wanted);
});

test("revision 1 is written unless more is needed", () => {
  expect(copy({}).output.description.binaryHeader[300]).toBe(1);
  for (const changes of [{ intervalUs: 31.25 }, { intervalUs: 100_000 }, { littleEndian: true }]) {
    const { header, output } = copy({}, changes);
    expect([header.get("major"), header.get("minor")]).toEqual([2, 1]);
    expect(output.description.intervalUs).toBe(changes.intervalUs ?? 4000);
  }
});

test("more than 32767 samples are written and read", () => {
  const { output, input, header } = copy({
    samples: 70_000,
    saidSamples: 0,
    saidTraceSamples: 0,
    extendedSamples: 70_000,
    major: 2,
    constant: true,
    traces: 2,
    code: 8,
  });
  expect(header.get("exthns")).toBe(70_000);
  expect(output.samples).toEqual(input.samples);
});

test("additional trace headers survive", () => {
  const { output, input } = copy({
    major: 2,
    minor: 1,
    constant: true,
    moreHeaders: 1,
    words: (trace) => [[240 + 97, 8, trace + 0.25]],
  });
  expect(output.records.get(3, output.records.word("extSx"))).toBe(3.25);
  expect(output.samples).toEqual(input.samples);
});

test("samples that do not fit are counted", () => {
  const input = readTraces(makeSegy("fit.sgy", { value: (t, i) => t === 1 && i === 2 ? 200 : 1 }));
  const file = path.join(testFolder(), "fit-out.sgy");
  const bad = writeTraces(
    { path: file, source: input.description, sampleFormat: "int8" },
    input.samples,
    input.records,
  );
  expect(bad).toBe(1);
});

test("nothing is created when the disk has no room, and the error says how much is missing", () => {
  const output = description({ traces: 1e12 });
  expect(() => createSegySink(output).create(false)).toThrow(
    /expected 320000000003600 bytes of room, found \d+ bytes free/,
  );
  expect(fs.existsSync(`${output.path}.part`)).toBe(false);
});

test("a folder that is not there is named", () => {
  const output = description({ path: path.join(testFolder(), "no", "folder.sgy") });
  expect(() => createSegySink(output).create(false)).toThrow(/expected the folder .*, found none: make it/);
});

test("the input is never the output", () => {
  const source = description({}).source;
  const output = description({ path: source.fingerprint.path });
  expect(() => createSegySink(output).create(false)).toThrow(
    "found the input itself: choose another output path",
  );
});

test("discard leaves nothing", () => {
  const output = description({});
  const sink = createSegySink(output);
  sink.create(false);
  expect(fs.statSync(`${output.path}.part`).size).toBe(sink.totalBytes);
  sink.discard();
  expect(fs.existsSync(`${output.path}.part`)).toBe(false);
});

test("resuming keeps what is written", () => {
  const output = description({});
  const sink = createSegySink(output);
  sink.create(false);
  const fd = fs.openSync(`${output.path}.part`, "r+");
  fs.writeSync(fd, new TextEncoder().encode("written"), 0, 7, 4000);
  fs.closeSync(fd);
  sink.create(true);
  expect(fs.readFileSync(`${output.path}.part`).subarray(4000, 4007).toString()).toBe("written");
  sink.discard();
});
