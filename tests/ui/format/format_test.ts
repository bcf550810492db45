/** How figures and times are written; tests run in an English locale. */
import { expect, test } from "vitest";
import { bytes, count, full, memory, percent, shortRate } from "../../../src/ui/format/numbers.ts";
import { fileName, folderOf, joinPath } from "../../../src/ui/format/paths.ts";
import { duration, durationRange, logTime, moment } from "../../../src/ui/format/times.ts";

/** Thin and hard spaces as plain ones. */
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

test("durations have two units at most and never sixty seconds", () => {
  const written = [120, 9900, 22_000, 59_400, 59_600, 252_000, 3_600_000, 3_960_000, 272_000_000].map(
    duration,
  );
  expect(written.map(plain)).toEqual([
    "0.1 s",
    "9.9 s",
    "22 s",
    "59 s",
    "1 min",
    "4 min 12 s",
    "1 h",
    "1 h 6 min",
    "3 d 3 h",
  ]);
  expect(plain(durationRange(4_200_000, 5_100_000))).toBe("1 h 10 min – 1 h 25 min");
  expect(plain(durationRange(22_000, 22_100))).toBe("22 s");
});

test("a moment of today is its clock, of this week its day, else its date", () => {
  const noon = new Date(2026, 10, 25, 12).getTime(), day = 86_400_000;
  expect(moment(noon, noon)).toBe("12:00");
  expect(moment(noon - day, noon)).toBe("Tue 12:00");
  expect(moment(noon - 30 * day, noon)).toContain("2026");
  expect(logTime(new Date(2026, 10, 25, 4, 5, 6, 7).getTime())).toBe("04:05:06.007");
});

test("figures keep what they stand for", () => {
  expect([count(38_400), plain(percent(0.421)), plain(bytes(231_000_000))]).toEqual([
    "38,400",
    "42.1 %",
    "231 MB",
  ]);
  expect(plain(memory(3.1 * 2 ** 30))).toBe("3.1 GiB");
  expect([999, 84_000, 1_700_000].map((rate) => plain(shortRate(rate)))).toEqual([
    "999 /s",
    "84.0 k/s",
    "1.7 M/s",
  ]);
  expect(full(0.000123456789)).toBe("0.000123456789");
  expect([0, 999, 1000, 999_600].map((size) => plain(bytes(size)))).toEqual(["0 B", "999 B", "1 kB", "1 MB"]);
});

test("paths of either kind of system are taken apart and joined", () => {
  expect([fileName("/data/line 7.sgy"), fileName("C:\\data\\a.sgy")]).toEqual(["line 7.sgy", "a.sgy"]);
  expect([folderOf("/data/line.sgy"), folderOf("/line.sgy"), folderOf("C:\\d\\a.sgy")]).toEqual([
    "/data",
    "/",
    "C:\\d",
  ]);
  expect([joinPath("/", "a"), joinPath("/data", "a"), joinPath("C:\\d", "a")]).toEqual([
    "/a",
    "/data/a",
    "C:\\d\\a",
  ]);
});
