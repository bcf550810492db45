/** Jobs as CSV and as a table for the clipboard. */
import { expect, test } from "vitest";
import { csvOf, tsvOf } from "../../../../src/ui/actions/history/export_jobs.ts";
import { aJob } from "../../jobs_for_tests.ts";

test("CSV has a line of names, ISO times, all digits, and quotes what needs it", () => {
  const text = csvOf([
    aJob({ name: 'Say "so", twice', state: "completed", endedAt: 1234567, ranMs: 1.0625 }),
  ]);
  const [names, row, end] = text.split("\r\n");
  expect(names.split(",").slice(0, 4)).toEqual(["id", "name", "type", "state"]);
  expect(row).toContain('"Say ""so"", twice",processing,completed');
  expect(row).toContain("1970-01-01T00:20:34.567Z");
  expect(row).toContain(",1.0625,");
  expect(end).toBe("");
});

test("a name that a spreadsheet would run as a formula stays a name", () => {
  expect(csvOf([aJob({ name: "=1+1" })])).toContain(",'=1+1,");
});

test("the clipboard gets one line a job, whatever is in its text", () => {
  const error = { tag: "internal", message: "one\ttwo\nthree", fields: {} } as const;
  expect(tsvOf([aJob({ error })]).split("\n").length).toBe(2);
});
