/** Stored datasets: written and read back, by this program and by another author's reader. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as zarr from "zarrita";
import type { TraceSelection } from "../../sidecar/traces/trace_source.ts";
import { arrayMetadata } from "../../sidecar/dataset/zarr/array_metadata.ts";
import { readRows, writeRows } from "../../sidecar/dataset/zarr/chunk_rows.ts";
import { OpenFiles } from "../../sidecar/dataset/zarr/open_files.ts";
import { openZarrReader } from "../../sidecar/dataset/zarr/zarr_reader.ts";
import { createZarrSink } from "../../sidecar/dataset/zarr/zarr_sink.ts";
import { openZarr } from "../../sidecar/dataset/zarr/zarr_source.ts";
import { growingMemory } from "../test_steps.ts";
import {
  outputOf,
  recordsOf,
  sampleAt,
  surveyOf,
  withoutShape,
  wordOfEachType,
  writeInPortions,
} from "./dataset_samples.ts";

const TRACES = 23, SAMPLES = 101;
const survey = surveyOf(TRACES, SAMPLES, wordOfEachType());
const records = recordsOf(survey);
let folder = "", dataset = "";

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc zärr "));
  dataset = path.join(folder, "line.zarr");
  writeDataset(dataset);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function writeDataset(target: string): void {
  const sink = createZarrSink(outputOf(survey, target));
  sink.create(false);
  writeInPortions(sink.plan, records, 5);
  sink.finish();
}

function readTraces(target: string, selection: TraceSelection, count: number) {
  const source = openZarr(target);
  const memory = growingMemory(["finite"]);
  const reader = openZarrReader(source.plan, memory);
  const staging = memory.allocate(reader.stagingBytes(count));
  const samples = memory.allocate(count * SAMPLES * 4);
  const fetched = reader.fetch(selection, staging);
  const notFinite = fetched.decode(0, count, samples);
  const view = new Float32Array(memory.memory.buffer, samples, count * SAMPLES).slice();
  const bytes = fetched.records.bytes.slice();
  reader.close();
  source.close();
  return { view, bytes, notFinite };
}

async function zarritaArray(name: string) {
  const root = zarr.root(new FileSystemStore(dataset));
  const group = await zarr.open(root, { kind: "group" });
  return zarr.get(await zarr.open(group.resolve(name), { kind: "array" }));
}

test("zarrita reads the same samples", async () => {
  const { data, shape } = await zarritaArray("traces");
  expect(shape).toEqual([TRACES, SAMPLES]);
  const wanted = Float32Array.from(
    { length: TRACES * SAMPLES },
    (_, i) => sampleAt(Math.floor(i / SAMPLES), i % SAMPLES),
  );
  expect(data).toEqual(wanted);
});

test("zarrita reads the same header records", async () => {
  const { data } = await zarritaArray("trace_headers");
  if (!(data instanceof Uint8Array)) throw new Error("not bytes");
  for (let trace = 0; trace < TRACES; trace++) {
    expect(withoutShape(data.slice(trace * 240, (trace + 1) * 240)))
      .toEqual(withoutShape(records.slice(trace, 1).bytes));
  }
});

test("zarrita reads every header word in its own type", async () => {
  for (const word of survey.table.words.filter((one) => one.name !== "ns" && one.name !== "dt")) {
    const { data } = await zarritaArray(`headers/${word.name}`);
    expect(data.constructor.name.toLowerCase().replace("big", "").replace("array", ""))
      .toBe(word.type === "ibm32" ? "float64" : word.type);
    const wanted = Array.from({ length: TRACES }, (_, trace) => records.get(trace, word));
    const found = Array.from(data as ArrayLike<number | bigint>, Number);
    expect(found).toEqual(wanted);
  }
});

test("the attributes tell interval, order, text header and history", async () => {
  const group = await zarr.open(zarr.root(new FileSystemStore(dataset)), { kind: "group" });
  expect(group.attrs).toMatchObject({
    sampleIntervalUs: 2000,
    lengthUnit: "m",
    sortOrder: ["cdp"],
    source: survey.fingerprint,
    history: [{ lines: ["SeisProc 0.1.0: copy"], flow: { name: "Copy" } }],
  });
});

test("a source gives back what the sink was told", () => {
  const { description, close } = openZarr(dataset);
  expect(description).toMatchObject({
    name: "line.zarr",
    traces: TRACES,
    samplesPerTrace: SAMPLES,
    intervalUs: 2000,
    recordBytes: 240,
  });
  expect(description.words.map((word) => word.name)).toEqual(survey.words.map((word) => word.name));
  expect(close).toBeTypeOf("function");
});

test("readWord gives columns in their range", () => {
  const source = openZarr(dataset);
  for (const word of survey.table.words.filter((one) => one.name !== "ns" && one.name !== "dt")) {
    const wanted = Array.from({ length: 9 }, (_, i) => records.get(7 + i, word));
    expect([...source.readWord(word.name, 7, 9)]).toEqual(wanted);
  }
  expect([...source.readWord("ns", 0, 2), ...source.readWord("dt", 0, 2)]).toEqual([101, 101, 2000, 2000]);
  source.close();
});

test("a word mapped on opening is read from the records", () => {
  const source = openZarr(dataset, { map: [{ name: "cdp", byte: 189, type: "int16" }] });
  const word = { name: "cdp", byte: 189, type: "int16", title: "", aliases: [] } as const;
  expect([...source.readWord("cdp", 3, 4)]).toEqual([3, 4, 5, 6].map((trace) => records.get(trace, word)));
  source.close();
  expect(() => openZarr(dataset, { map: [{ name: "x", byte: 238, type: "int32" }] }))
    .toThrow("Cannot map x to byte 238: expected 1 to 237 for int32");
});

test("an unknown word is an error", () => {
  expect(() => openZarr(dataset).readWord("nonsense", 0, 1)).toThrow("Cannot find header word nonsense");
});

test("traces are read in any order with their headers", () => {
  const list = [22, 3, 4, 5, 0, 4];
  const { view, bytes } = readTraces(dataset, { kind: "list", traces: Float64Array.from(list) }, list.length);
  list.forEach((trace, i) => {
    expect(view[i * SAMPLES + 17]).toBe(sampleAt(trace, 17));
    expect(withoutShape(bytes.slice(i * 240, i * 240 + 240)))
      .toEqual(withoutShape(records.slice(trace, 1).bytes));
  });
});

test("NaN and infinity are counted on both ways and kept", () => {
  const target = path.join(folder, "nan.zarr");
  const sink = createZarrSink(outputOf(survey, target));
  sink.create(false);
  const bad = (trace: number, sample: number) =>
    trace === 6 && sample < 3 ? [NaN, Infinity, -Infinity][sample] : 1;
  expect(writeInPortions(sink.plan, records, 7, bad)).toBe(3);
  sink.finish();
  const { view, notFinite } = readTraces(target, { kind: "run", first: 4, count: 4 }, 4);
  expect(notFinite).toBe(3);
  expect([...view.subarray(2 * SAMPLES, 2 * SAMPLES + 4)]).toEqual([NaN, Infinity, -Infinity, 1]);
});

test("rows that span chunks are written and read at their places", () => {
  const metadata = arrayMetadata("float32", [10, 4], 3 * 16);
  expect(metadata.rowsPerChunk).toBe(3);
  const array = { folder: path.join(folder, "chunks"), metadata };
  fs.mkdirSync(array.folder);
  const files = new OpenFiles();
  const wanted = Uint8Array.from({ length: 160 }, (_, i) => i + 1);
  for (const [first, count] of [[7, 3], [0, 2], [2, 5]]) {
    writeRows(array, files, first, count, wanted.subarray(first * 16, (first + count) * 16));
  }
  const found = new Uint8Array(160);
  readRows(array, files, 0, 10, found);
  expect(found).toEqual(wanted);
  readRows(array, files, 2, 5, found);
  expect(found.slice(0, 80)).toEqual(wanted.slice(32, 112));
  files.close();
  const sizes = fs.readdirSync(array.folder).sort().map((name) =>
    fs.statSync(path.join(array.folder, name)).size
  );
  expect(sizes).toEqual([48, 48, 48, 48]);
});

test("nothing stands under the final name before the end, and no part after it", () => {
  const target = path.join(folder, "steps.zarr");
  const sink = createZarrSink(outputOf(survey, target));
  sink.create(false);
  writeInPortions(sink.plan, records, 23);
  sink.sync();
  expect([fs.existsSync(target), fs.existsSync(`${target}.part`)]).toEqual([false, true]);
  sink.finish();
  expect([fs.existsSync(target), fs.existsSync(`${target}.part`)]).toEqual([true, false]);
});

test("resuming keeps what an earlier attempt wrote", () => {
  const target = path.join(folder, "resumed.zarr");
  const first = createZarrSink(outputOf(survey, target));
  first.create(false);
  writeInPortions(first.plan, records, 4);
  const second = createZarrSink(outputOf(survey, target));
  second.create(true);
  second.finish();
  const { view } = readTraces(target, { kind: "run", first: 20, count: 3 }, 3);
  expect(view[0]).toBe(sampleAt(20, 0));
});

test("resuming without the partial dataset is refused, not filled with zeros", () => {
  const sink = createZarrSink(outputOf(survey, path.join(folder, "lost.zarr")));
  expect(() => sink.create(true)).toThrow(
    "of the earlier attempt, found none: run the job again from the start",
  );
});

test("a copy in the order of a sorted dataset says that order", () => {
  const source = openZarr(dataset).description;
  const target = path.join(folder, "copy.zarr");
  const sink = createZarrSink({ ...outputOf(source, target), order: [] });
  sink.create(false);
  writeInPortions(sink.plan, records, 23);
  sink.finish();
  const { sortOrder, history } = openZarr(target).description;
  expect(sortOrder).toEqual(["cdp"]);
  expect(history?.length).toBe(2);
});

test("a discarded dataset leaves nothing", () => {
  const target = path.join(folder, "gone.zarr");
  const sink = createZarrSink(outputOf(survey, target));
  sink.create(false);
  sink.discard();
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("gone"))).toEqual([]);
});

test("a dataset replaces a dataset but nothing else", () => {
  const target = path.join(folder, "again.zarr");
  writeDataset(target);
  writeDataset(target);
  expect(openZarr(target).description.traces).toBe(TRACES);
  const foreign = path.join(folder, "notes.zarr");
  fs.mkdirSync(foreign);
  fs.writeFileSync(path.join(foreign, "notes.txt"), "keep me");
  expect(() => writeDataset(foreign)).toThrow("expected nothing or a dataset there, found something else");
  expect(fs.readdirSync(foreign)).toEqual(["notes.txt"]);
});

test("a missing chunk and a cut chunk are errors, never zeros", () => {
  const target = path.join(folder, "broken.zarr");
  writeDataset(target);
  const chunk = path.join(target, "traces", "c.0.0");
  fs.truncateSync(chunk, 10 * SAMPLES * 4 + 8);
  const run: TraceSelection = { kind: "run", first: 8, count: 5 };
  expect(() => readTraces(target, run, 5)).toThrow(/Cannot read trace 11 of .*c\.0\.0: expected 2020 bytes/);
  fs.rmSync(chunk);
  expect(() => readTraces(target, run, 5)).toThrow("expected the chunk c.0.0, found no such file");
});

test("a compressed array or a newer layout is refused with the reason", () => {
  const target = path.join(folder, "other.zarr");
  writeDataset(target);
  const edit = (file: string, change: (document: Record<string, unknown>) => void) => {
    const document = JSON.parse(fs.readFileSync(path.join(target, file), "utf8"));
    change(document);
    fs.writeFileSync(path.join(target, file), JSON.stringify(document));
  };
  edit("traces/zarr.json", (document) => document.codecs = [{ name: "bytes" }, { name: "gzip" }]);
  expect(() => openZarr(target)).toThrow('found codecs [{"name":"bytes"},{"name":"gzip"}]');
  edit("zarr.json", (document) => document.attributes = { seisproc: 99 });
  expect(() => openZarr(target)).toThrow("found layout version 99 of a newer SeisProc");
});

test("the fingerprint changes when a header or a sample changes", () => {
  const target = path.join(folder, "print.zarr");
  writeDataset(target);
  const before = openZarr(target).description.fingerprint;
  expect(openZarr(target).description.fingerprint).toEqual(before);
  const headers = path.join(target, "trace_headers", "c.0.0");
  const bytes = fs.readFileSync(headers);
  bytes[5] ^= 1;
  fs.writeFileSync(headers, bytes);
  expect(openZarr(target).description.fingerprint.headerHash).not.toBe(before.headerHash);
  fs.utimesSync(path.join(target, "traces", "c.0.0"), 5e9, 5e9);
  expect(openZarr(target).description.fingerprint.modifiedMs).not.toBe(before.modifiedMs);
});

test("text headers keep the source's lines and tell the history", () => {
  const lines = openZarr(dataset).description.textHeaders[0];
  expect(lines.slice(0, 2).map((line) => line.trim())).toEqual(["C 1 SeisProc 0.1.0: copy", "C2"]);
});

test("the binary header is the source's with the shape of the stored traces", () => {
  const { binaryHeader } = openZarr(dataset).description;
  const view = new DataView(binaryHeader.buffer, binaryHeader.byteOffset);
  expect([view.getInt16(16), view.getUint16(20), view.getInt16(24)]).toEqual([2000, SAMPLES, 5]);
  expect(binaryHeader.subarray(26)).toEqual(survey.binaryHeader.subarray(26));
});

test("a dataset is never written over its own input", () => {
  const source = openZarr(dataset).description;
  expect(() => createZarrSink(outputOf(source, dataset)).create(false)).toThrow(
    "found the input itself: choose another output path",
  );
});

test("what is not a dataset is named", () => {
  expect(() => openZarr(path.join(folder, "none.zarr"))).toThrow("expected a dataset, found nothing there");
  const empty = path.join(folder, "empty.zarr");
  fs.mkdirSync(empty);
  expect(() => openZarr(empty)).toThrow("found a folder without zarr.json");
});
