/** Header words as the window gets them: columns for plots, all words of one trace. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SeisProcError } from "../../src/shared/errors.ts";
import { type Columns, decodeColumns, encodeColumns } from "../../src/shared/protocol/header_columns.ts";
import { openAnswer } from "../../src/shared/protocol/envelope.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

/** Coordinates with a scalar of -10, offsets that fall, one outlier. */
async function survey(bench: ServerBench, traces: number): Promise<string> {
  const file = path.join(bench.folder(), "line.sgy");
  const words = (trace: number) =>
    [
      [9, 4, 1 + Math.floor(trace / 6)],
      [37, 4, trace === 777 ? -99 : 5000 - trace],
      [71, 2, -10],
      [73, 4, 1005 + trace],
      [77, 4, trace === 1234 ? 123456 : 20],
    ] as const;
  fs.writeFileSync(file, segyBytes({ traces, samples: 4, words }));
  await bench.ask("open_path", { path: file });
  return file;
}

async function columns(bench: ServerBench, request: unknown): Promise<Columns> {
  const response = await bench.fetch("/headers", { method: "POST", body: JSON.stringify(request) });
  if (response.status !== 200) openAnswer(await response.json());
  return decodeColumns(await response.arrayBuffer());
}

async function tagOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? error.tag : `no error: ${error}`;
}

test("words of few traces come whole, scaled or as stored", async () => {
  const bench = await serve(), file = await survey(bench, 50);
  const all = await columns(bench, { survey: file, words: ["sx", "offset"] });
  expect(all.header).toEqual({ words: ["sx", "offset"], points: 50, traces: 50 });
  expect([...all.traces]).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect([...all.words[0]]).toEqual(Array.from({ length: 50 }, (_, i) => (1005 + i) / 10));
  expect([...all.words[1]]).toEqual(Array.from({ length: 50 }, (_, i) => 5000 - i));
  const part = await columns(bench, { survey: file, words: ["sx"], firstTrace: 10, traces: 3, stored: true });
  expect([[...part.traces], [...part.words[0]]]).toEqual([[10, 11, 12], [1015, 1016, 1017]]);
});

test("of many traces some are told: every extreme, each trace with all its values", async () => {
  const bench = await serve(), file = await survey(bench, 3000);
  const { header, traces, words: [sx, sy, offset] } = await columns(bench, {
    ...{ survey: file, words: ["sx", "sy", "offset"], points: 120 },
  });
  expect(header.points).toBeLessThanOrEqual(120);
  expect(header).toMatchObject({ traces: 3000, points: traces.length });
  const at = (trace: number) => traces.indexOf(trace);
  expect([sy[at(1234)], offset[at(777)], sx[at(2999)], sx[at(0)]]).toEqual([12345.6, -99, 400.4, 100.5]);
  traces.forEach((trace, i) => expect(sx[i]).toBe((1005 + trace) / 10));
  expect([...traces]).toEqual([...traces].toSorted((a, b) => a - b));
});

test("what is no word, no trace or too much is refused", async () => {
  const bench = await serve(), file = await survey(bench, 10);
  const wrong = [
    [{ words: ["nothing"] }, "header-word-unknown"],
    [{ words: ["sx"], firstTrace: 10 }, "protocol"],
    [{ words: ["sx"], points: 0 }, "protocol"],
    [{ words: Array.from({ length: 17 }, () => "sx") }, "protocol"],
    [{ words: ["sx"], survey: "/etc/passwd" }, "path-not-opened"],
  ] as const;
  for (const [request, tag] of wrong) {
    expect([request, await tagOf(columns(bench, { survey: file, ...request }))]).toEqual([request, tag]);
  }
});

test("all words of a trace are told, in the file, in a gather and in an order", async () => {
  const bench = await serve(), file = await survey(bench, 30);
  const wordOf = async (where: object, name: string) => {
    const { trace, words } = await bench.ask("trace_words", { survey: file, trace: 2, ...where });
    const word = words.find((one) => one.name === name);
    return [trace, word?.stored, word?.value];
  };
  expect(await wordOf({}, "sx")).toEqual([2, 1007, 100.7]);
  expect(await wordOf({ key: "fldr", gather: 3 }, "fldr")).toEqual([20, 4, 4]);
  expect(await wordOf({ order: ["offset"] }, "offset")).toEqual([27, 4973, 4973]);
  expect(await wordOf({ order: ["-fldr", "offset"], gather: 0 }, "offset")).toEqual([27, 4973, 4973]);
  const { words } = await bench.ask("trace_words", { survey: file, trace: 0 });
  expect(words.length).toBeGreaterThan(80);
  expect(words.find(({ name }) => name === "sx")).toMatchObject({ byte: 73, type: "int32" });
  expect(await tagOf(bench.ask("trace_words", { survey: file, trace: 30 }))).toBe("protocol");
  expect(await tagOf(bench.ask("trace_words", { survey: file, key: "fldr", gather: 5, trace: 0 }))).toBe(
    "protocol",
  );
});

test("columns that were cut or are none are refused when they are read", () => {
  const words = [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)];
  const header = { words: ["a", "b"], points: 3, traces: 3 };
  const bytes = encodeColumns({ header, traces: Float64Array.of(0, 1, 2), words });
  expect(decodeColumns(bytes.buffer)).toEqual({ header, traces: Float64Array.of(0, 1, 2), words });
  for (const cut of [0, 4, 9, bytes.length - 8]) {
    expect(() => decodeColumns(bytes.buffer.slice(0, cut))).toThrow("Cannot read the header words");
  }
});
