/** Readings of surveys: none holds up another, those of nobody end, indexes are kept. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { Reading } from "../../sidecar/server/reading/reading.ts";
import { hasTag } from "../../src/shared/errors.ts";
import { decodePanels } from "../../src/shared/protocol/gathers.ts";
import type { ReadingProgress } from "../../src/shared/job/reading_progress.ts";
import { eventually } from "../jobs/scripted_jobs.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { makeLargeSurvey } from "./large_survey.ts";
import { newServerBench } from "./server_bench.ts";

const folder = temporaryFolder("reading");
const serve = newServerBench();
const LARGE = makeLargeSurvey(path.join(folder, "large.sgy"));

function small(name: string, traces = 24): string {
  const words = (trace: number) =>
    [[9, 4, 1 + Math.floor(trace / 6)], [21, 4, 100 + trace % 6], [37, 4, 1000 - trace]] as const;
  const file = path.join(folder, name);
  fs.writeFileSync(file, segyBytes({ traces, samples: 50, words }));
  return file;
}
const SMALL = small("small.sgy");

const open = new Set<Reading>();
afterEach(() => {
  for (const reading of open) reading.close();
  open.clear();
});

interface Opened {
  readonly reading: Reading;
  readonly told: ReadingProgress[];
  readonly views: string;
}

let made = 0;
function openReading(views = path.join(folder, `views${made++}`), wantedMs?: number): Opened {
  const told: ReadingProgress[] = [];
  const reading = new Reading(views, (progress) => told.push(progress), wantedMs);
  open.add(reading);
  return { reading, told, views };
}

async function tagOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return hasTag(error, "given-up") ? "given-up" : `not given up: ${error}`;
}

/** Opening a file of holes alone takes a while. */
function happens(look: () => boolean): Promise<void> {
  return eventually(look, 50_000);
}

/** Settles as `late` when the promise is not settled although everything that can happen at once has happened. */
async function stillOpen(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => setTimeout(() => resolve(true)));
  return await Promise.race([promise.then(() => false), later]);
}

test("looks, lists and scans of a small survey are answered while a large one is read for all of them", async () => {
  const { reading } = openReading(), stop = new AbortController();
  const { signal } = stop;
  const sorted = { survey: LARGE, order: ["cdp", "fldr"] };
  const long = [
    ...Array.from({ length: 3 }, () => reading.scan({ path: LARGE }, signal)),
    ...Array.from({ length: 10 }, () => reading.panels({ ...sorted, gather: 0 }, signal)),
    ...Array.from({ length: 10 }, () => reading.panels({ survey: LARGE, traces: 1_000_000 }, signal)),
    reading.spectrum({ survey: LARGE, traces: 1_000_000 }, signal),
  ];
  const ends = Promise.all(long.map(tagOf));
  const { header } = decodePanels((await reading.panels({ survey: SMALL, key: "fldr", gather: 1 })).buffer);
  expect(header.tracesThere).toBe(6);
  expect(await reading.gathers({ survey: SMALL, order: ["cdp", "offset"] })).toMatchObject({ gathers: 6 });
  expect(await reading.scan({ path: SMALL })).toMatchObject({ traces: 24 });
  expect(await reading.describe({ survey: SMALL })).toMatchObject({ traces: 24 });
  expect((await reading.spectrum({ survey: SMALL })).length).toBeGreaterThan(100);
  for (const one of long) expect(await stillOpen(one)).toBe(true);
  stop.abort();
  expect(new Set(await ends)).toEqual(new Set(["given-up"]));
});

test("the first gather of a survey of any size needs no index", async () => {
  const { reading, views } = openReading();
  const panels = async (key?: string) =>
    decodePanels((await reading.panels({ survey: LARGE, gather: "first", key, words: ["fldr"] })).buffer)
      .header;
  const first = await panels();
  expect(first).toMatchObject({ tracesThere: 20, first: { key: "fldr", value: 1, cut: false } });
  expect(first.panels[0].words.fldr).toEqual(Array.from({ length: 20 }, () => 1));
  expect(await panels("fldr")).toEqual(first);
  expect(await panels("cdp")).toMatchObject({ tracesThere: 60, first: { key: "cdp", value: 7, cut: false } });
  expect(await panels("offset")).toMatchObject({
    tracesThere: 500,
    first: { key: "offset", value: 0, cut: true },
  });
  expect(fs.existsSync(views)).toBe(false);
});

test("a survey in which no usual word tells shows its first traces", async () => {
  const { reading } = openReading();
  const file = path.join(folder, "plain.sgy");
  fs.writeFileSync(file, segyBytes({ traces: 700, samples: 10 }));
  const { header } = decodePanels((await reading.panels({ survey: file, gather: "first" })).buffer);
  expect(header).toMatchObject({ tracesThere: 500, first: { key: null, value: null, cut: true } });
});

test("gathers found so far are listed and shown while the search goes on", async () => {
  const { reading, told } = openReading();
  const find = () => reading.gathers({ survey: LARGE, key: "fldr" });
  let list = await find();
  while (list.gathers < 3) list = await find();
  expect(list).toMatchObject({ gathers: 3, largest: 20, keys: ["fldr"] });
  expect(list.soFar?.total).toBeGreaterThan(1e8);
  expect(list.soFar?.done).toBeLessThan(list.soFar?.total ?? 0);
  expect(list.page.slice(0, 3)).toEqual(
    [1, 2, 3].map((value, gather) => ({ gather, values: [value], traces: 20 })),
  );
  const { header } = decodePanels((await reading.panels({ survey: LARGE, key: "fldr", gather: 2 })).buffer);
  expect(header.tracesThere).toBe(20);
  await happens(() =>
    told.some(({ what, state, gathers }) => what === "gathers" && state === "reading" && gathers > 2)
  );
});

test("a search that nobody asks for any more is given up, one that others wait for is not", async () => {
  const { reading, told, views } = openReading(undefined, 100);
  const [first, second] = [new AbortController(), new AbortController()];
  const request = { survey: LARGE, order: ["fldr"], gather: 5 };
  const [one, other] = [reading.panels(request, first.signal), reading.panels(request, second.signal)];
  await happens(() => told.some(({ traces }) => traces.done > 0));
  first.abort();
  expect(await tagOf(one)).toBe("given-up");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await stillOpen(other)).toBe(true);
  second.abort();
  expect(await tagOf(other)).toBe("given-up");
  await happens(() => told.at(-1)?.state === "given_up");
  // What was written of it is gone, and the worker takes the next question.
  await happens(() =>
    fs.readdirSync(views).every((name) => fs.readdirSync(path.join(views, name)).length === 0)
  );
  expect((await reading.gathers({ survey: LARGE, key: "fldr" })).soFar).toBeDefined();
});

test("a scan whose client hangs up makes room for the next in line at once", async () => {
  const { reading, told } = openReading();
  const other = makeLargeSurvey(path.join(folder, "other.sgy"));
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const scans = [first, second, third].map(({ signal }, i) =>
    reading.scan({ path: i === 1 ? other : LARGE }, signal)
  );
  await happens(() => told.some(({ state, traces }) => state === "reading" && traces.done > 0));
  expect(told.some(({ survey, state }) => survey === other && state === "reading")).toBe(false);
  third.abort();
  expect(await tagOf(scans[2])).toBe("given-up");
  first.abort();
  expect(await tagOf(scans[0])).toBe("given-up");
  await happens(() =>
    told.some(({ survey, state, traces }) => survey === other && state === "reading" && traces.done > 0)
  );
  second.abort();
  expect(await tagOf(scans[1])).toBe("given-up");
});

test("what a scan in hand has found by now can be looked at", async () => {
  const { reading } = openReading(), stop = new AbortController();
  expect(reading.scanSoFar({ path: LARGE })).toBeNull();
  const scan = reading.scan({ path: LARGE }, stop.signal);
  await happens(() => reading.scanSoFar({ path: LARGE }) !== null);
  const report = reading.scanSoFar({ path: LARGE });
  expect(report?.headers.find(({ word }) => word === "fldr")).toMatchObject({ min: 0, max: 3, first: 1 });
  stop.abort();
  expect(await tagOf(scan)).toBe("given-up");
  expect(reading.scanSoFar({ path: LARGE })).toBeNull();
});

test("scans wait in a line of any length, the smallest first", async () => {
  const { reading } = openReading();
  const sizes = [900, 40, 700, 5, 300, 80];
  const files = sizes.map((traces) => small(`line${traces}.sgy`, traces));
  const order: number[] = [];
  const scan = (i: number) => reading.scan({ path: files[i] }).then(() => order.push(sizes[i]));
  await Promise.all(sizes.map((_, i) => scan(i)));
  expect(order).toEqual([900, 5, 40, 80, 300, 700]);
  const reports = await Promise.all(
    Array.from({ length: 100 }, (_, i) => reading.scan({ path: files[i % 6] })),
  );
  expect(reports.map(({ traces }) => traces)).toEqual(reports.map((_, i) => sizes[i % 6]));
});

test("more scans than requests at once are asked over the wire, and all are answered", async () => {
  const bench = await serve(), file = path.join(bench.folder(), "line.sgy");
  fs.copyFileSync(SMALL, file);
  await bench.ask("open_path", { path: file });
  const scans = await Promise.all(Array.from({ length: 150 }, () => bench.ask("scan_file", { path: file })));
  expect(scans.every(({ report }) => report.traces === 24)).toBe(true);
});

test("over the wire a client that hangs up ends its reading, and others are told how far it was", async () => {
  const bench = await serve(), stream = await bench.events();
  await bench.ask("open_path", { path: LARGE });
  const stop = new AbortController();
  const body = JSON.stringify({ command: "scan_file", path: LARGE });
  const scan = bench.fetch("/command", { method: "POST", body, signal: stop.signal }).catch(() => "gone");
  const states = ["reading", "given_up"] as const;
  for (const state of states) {
    await stream.until((event) =>
      event.event === "news" && event.news.news === "reading" && event.news.reading.state === state
    );
    stop.abort();
  }
  expect(await scan).toBe("gone");
});

test("an index is kept and used again, also by the next run, until the survey changes", async () => {
  const { reading, views } = openReading();
  const file = small("kept.sgy"), request = { survey: file, order: ["-cdp", "offset"] };
  const list = await reading.gathers(request);
  expect(list).toMatchObject({ gathers: 6, largest: 4, keys: ["cdp"] });
  const files = () => fs.readdirSync(views, { recursive: true, encoding: "utf8" }).sort();
  const before = files();
  expect(before.filter((name) => name.endsWith("index.json"))).toHaveLength(1);
  expect(await reading.gathers(request)).toEqual(list);
  reading.close();
  const next = openReading(views);
  expect(await next.reading.gathers(request)).toEqual(list);
  expect(files()).toEqual(before);
  fs.writeFileSync(file, segyBytes({ traces: 12, samples: 50, words: (trace) => [[21, 4, trace]] }));
  expect(await next.reading.gathers(request)).toMatchObject({ gathers: 12 });
  expect(files().filter((name) => name.endsWith("index.json"))).toHaveLength(2);
});

test("another mapping is another index", async () => {
  const { reading } = openReading();
  const map = [{ name: "cdp", byte: 9, type: "int32" as const }];
  expect((await reading.gathers({ survey: SMALL, order: ["cdp"] })).gathers).toBe(6);
  expect((await reading.gathers({ survey: SMALL, order: ["cdp"], map })).gathers).toBe(4);
});

test("an index that was cut, spoilt or taken away is made anew", async () => {
  const { reading, views } = openReading(), request = { survey: SMALL, order: ["cdp"] };
  const list = await reading.gathers(request);
  const find = (end: string) =>
    fs.readdirSync(views, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(end))
      .map((name) => path.join(views, name));
  const spoils = [
    () => fs.truncateSync(find("starts")[0], 8),
    () => fs.rmSync(find("order")[0]),
    () => fs.writeFileSync(find("index.json")[0], "{"),
    () => fs.rmSync(views, { recursive: true }),
  ];
  for (const spoil of spoils) {
    spoil();
    const { reading: fresh } = openReading(views);
    expect(await fresh.gathers(request)).toEqual(list);
    fresh.close();
  }
});

test("a survey of more than one run is sorted as one in memory", async () => {
  const { reading } = openReading();
  const file = path.join(folder, "runs.sgy"), traces = 600_000;
  const [head, trace] = [0, 3600].map((at) => Buffer.from(segyBytes({ traces: 1, samples: 1 })).subarray(at));
  const all = Buffer.alloc(trace.length * traces, trace);
  for (let i = 0; i < traces; i++) {
    all.writeInt32BE(i + 1, i * trace.length);
    all.writeInt32BE((i * 7919) % 1000, i * trace.length + 20);
  }
  fs.writeFileSync(file, Buffer.concat([head.subarray(0, 3600), all]));
  const request = { survey: file, order: ["cdp"] };
  for (let list = await reading.gathers(request); list.soFar !== undefined;) {
    list = await reading.gathers(request);
  }
  expect(await reading.gathers({ ...request, first: 998, limit: 5 })).toEqual({
    ...{ gathers: 1000, largest: 600, keys: ["cdp"] },
    page: [998, 999].map((value) => ({ gather: value, values: [value], traces: 600 })),
  });
  const { header } = decodePanels(
    (await reading.panels({ ...request, gather: 3, words: ["cdp", "tracl"] })).buffer,
  );
  const { cdp, tracl } = header.panels[0].words;
  expect(new Set(cdp)).toEqual(new Set([3]));
  expect(tracl.every((value, i) => i === 0 || value > tracl[i - 1])).toBe(true);
});
