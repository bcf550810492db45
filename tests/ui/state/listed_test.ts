/** Which ended jobs are listed, in which order, and how failures are gathered. */
import { expect, test } from "vitest";
import type { Job } from "../../../src/shared/job/job.ts";
import { ALL_ENDED, type EndedFilter, parseEndedFilter } from "../../../src/ui/state/ended/filter.ts";
import { errorGroups, listJobs } from "../../../src/ui/state/ended/listed.ts";
import { aJob } from "../jobs_for_tests.ts";

const DAY = 86_400_000, NOW = 100 * DAY;
const missing = {
  tag: "file-missing",
  message: "Cannot open x: expected a file",
  fields: { file: "x" },
} as const;
const full = { tag: "disk-full", message: "Cannot write y", fields: { file: "y" } } as const;
const JOBS: readonly Job[] = [
  aJob({ id: "d", name: "Stack 10", state: "failed", endedAt: NOW - 1000, error: missing, ranMs: 10 }),
  aJob({
    id: "c",
    name: "Stack 9",
    state: "completed",
    endedAt: NOW - 2 * DAY,
    tags: ["line 7"],
    ranMs: 300,
  }),
  aJob({
    id: "b",
    name: "Import",
    type: "segy_import",
    state: "timed_out",
    endedAt: NOW - 8 * DAY,
    error: full,
  }),
  aJob({ id: "a", name: "Export", state: "cancelled", endedAt: NOW - 40 * DAY }),
];
const ids = (filter: Partial<EndedFilter>) =>
  listJobs(JOBS, { ...ALL_ENDED, ...filter }, NOW).map(({ id }) => id);

test("jobs are found by state, type, tag, time and text, and by all of them together", () => {
  expect(ids({})).toEqual(["d", "c", "b", "a"]);
  expect(ids({ groups: ["failed"] })).toEqual(["d", "b"]);
  expect(ids({ groups: ["failed", "cancelled"] })).toEqual(["d", "b", "a"]);
  expect(ids({ type: "segy_import" })).toEqual(["b"]);
  expect(ids({ tag: "line 7" })).toEqual(["c"]);
  expect(ids({ days: 7 })).toEqual(["d", "c"]);
  expect(ids({ text: "FILE-missing" })).toEqual(["d"]);
  expect(ids({ text: "line 7" })).toEqual(["c"]);
  expect(ids({ ids: ["a", "c"] })).toEqual(["c", "a"]);
  expect(ids({ groups: ["failed"], days: 7 })).toEqual(["d"]);
});

test("a column sorts both ways, names as people count", () => {
  expect(ids({ sort: "ended", descending: false })).toEqual(["a", "b", "c", "d"]);
  expect(ids({ sort: "name", descending: false })).toEqual(["a", "b", "c", "d"]);
  expect(ids({ sort: "took", descending: true })[0]).toBe("b");
});

test("failures are gathered by their kind of error, the most frequent first", () => {
  const again = aJob({ id: "e", state: "failed", endedAt: NOW, error: full });
  const groups = errorGroups([again, ...JOBS]);
  expect(groups.map(({ tag, jobs, first, last }) => [tag, jobs.length, first, last])).toEqual([
    ["disk-full", 2, NOW - 8 * DAY, NOW],
    ["file-missing", 1, NOW - 1000, NOW - 1000],
  ]);
});

test("ten thousand jobs are filtered by text and sorted well within a blink", () => {
  const many = Array.from(
    { length: 10_000 },
    (_, i) => aJob({ id: `job ${i}`, name: `Job ${i % 100}`, endedAt: i }),
  );
  const found = listJobs(many, { ...ALL_ENDED, text: "job 7", sort: "name" }, NOW);
  expect(found.length).toBeGreaterThan(1000);
});

test("a kept filter of another version is read as far as it is understood", () => {
  expect(parseEndedFilter({ text: 5, groups: ["failed", "x"], days: 8, sort: "colour", type: "processing" }))
    .toEqual({ ...ALL_ENDED, groups: ["failed"], type: "processing" });
  expect(parseEndedFilter("nonsense")).toEqual(ALL_ENDED);
});
