/** Pages of a log from either end, with searches, over pieces of the journal. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { EVENTS_FILE } from "../../../sidecar/jobs/folder/journal.ts";
import { type LogWish, readLogPage } from "../../../sidecar/jobs/folder/log_pages.ts";
import { sealed } from "../../../sidecar/jobs/folder/sealed_line.ts";
import type { LogPage } from "../../../src/shared/protocol/log_page.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const folder = temporaryFolder("log-pages");
const COUNT = 5000;
const queued = (why: string) => sealed({ event: "state", to: "queued", manager: "m", order: 1, why, at: 1 });
const line = (i: number) =>
  sealed({ event: "log", level: "info", text: `line ${i} é ${"x".repeat(i % 300)}`, at: i });

/** 5,000 lines over several pieces, two attempts, a line that is spoilt and one that is torn. */
function journal(): void {
  const half = COUNT / 2;
  const part = (from: number) => Array.from({ length: half }, (_, i) => line(from + i)).join("");
  const text = queued("submitted") + part(0) + "not json\n" + queued("retried") + part(half) +
    '{"event":"log","te';
  fs.writeFileSync(path.join(folder, EVENTS_FILE), text);
}
journal();

const page = (wish: Partial<LogWish>, check = () => {}): Promise<LogPage> =>
  readLogPage(folder, { back: false, limit: 700, context: 0, ...wish }, check);

const numbers = ({ lines }: LogPage) =>
  lines.map(({ kind, text }) => kind === "attempt" ? text : Number(text.split(" ")[1]));
const ALL = ["submitted", ...range(0, COUNT / 2), "retried", ...range(COUNT / 2, COUNT)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

test("pages from the beginning are all lines in order, with a break where an attempt begins", async () => {
  const found: (string | number)[] = [];
  let from: number | null = 0, pages = 0;
  for (; from !== null && pages < 20; pages++) {
    const one: LogPage = await page({ from });
    found.push(...numbers(one));
    from = one.lines.length === 0 ? null : one.after;
  }
  expect(found).toEqual(ALL);
});

test("pages from the end are the same lines, each page in order", async () => {
  let found: (string | number)[] = [], from: number | null | undefined;
  for (let pages = 0; from !== null && pages < 20; pages++) {
    const one: LogPage = await page({ from, back: true });
    expect(one.lines.length).toBeLessThanOrEqual(700);
    found = [...numbers(one), ...found];
    from = one.before;
  }
  expect(found).toEqual(ALL);
});

test("a page knows its neighbours on both sides", async () => {
  const last = await page({ back: true, limit: 10 });
  expect(numbers(last)).toEqual(range(COUNT - 10, COUNT));
  const before = await page({ from: last.before ?? 0, back: true, limit: 10 });
  expect(numbers(before)).toEqual(range(COUNT - 20, COUNT - 10));
  expect(numbers(await page({ from: before.after ?? 0, limit: 10 }))).toEqual(range(COUNT - 10, COUNT));
  expect((await page({ limit: 5 })).before).toBeNull();
});

test("a search finds what is anywhere, from both ends, with the lines around it", async () => {
  const one = await page({ text: "LINE 4321 ", context: 2 });
  expect(numbers(one)).toEqual([4319, 4320, 4321, 4322, 4323]);
  expect(one.lines.filter(({ match }) => match).map(({ text }) => text.slice(0, 9))).toEqual(["line 4321"]);
  expect(numbers(await page({ text: "line 7 ", back: true, context: 1 }))).toEqual([6, 7, 8]);
  expect(numbers(await page({ text: "line 12", limit: 3, back: true }))).toEqual([1297, 1298, 1299]);
  expect((await page({ text: "nowhere" })).lines).toEqual([]);
});

test("a search can be abandoned", async () => {
  let pieces = 0;
  const check = () => {
    if (++pieces === 2) throw new Error("gone");
  };
  await expect(page({ text: "nowhere" }, check)).rejects.toThrow("gone");
});

test("a place in the middle of a line, or behind the end, harms nothing", async () => {
  expect(numbers(await page({ from: 1e12 }))).toEqual([]);
  expect(numbers(await page({ from: 1e12, back: true, limit: 1 }))).toEqual([COUNT - 1]);
  expect(numbers(await page({ from: 3, limit: 2 }))).toEqual([0, 1]);
  expect(numbers(await page({ from: queued("submitted").length + 10, back: true }))).toEqual(["submitted"]);
});
