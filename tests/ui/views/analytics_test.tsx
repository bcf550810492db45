// @vitest-environment happy-dom
/** Analytics: figures against counting by hand, and what the view offers. */
import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Job } from "../../../src/shared/job/job.ts";
import { EventApplier } from "../../../src/ui/connection/apply_event.ts";
import { endedFilter } from "../../../src/ui/state/ended/filter.ts";
import { AnalyticsView } from "../../../src/ui/views/analytics/analytics_view.tsx";
import { daysOf, perDay, rateTrend } from "../../../src/ui/state/ended/by_day.ts";
import { byProcess, quantile, totalsOf } from "../../../src/ui/state/ended/figures.ts";
import { aJob } from "../jobs_for_tests.ts";

const DAY = 86_400_000, NOW = new Date(2026, 10, 25, 15).getTime();
const result = (tracesRead: number, seconds: number): Job["result"] => ({
  ...{ outputs: [], tracesRead, gathers: 1, bytesRead: 100, bytesWritten: 50, seconds },
  ...{ processingSeconds: seconds, peakMemoryBytes: 1, skipped: [], warnings: [] },
});
const missing = {
  tag: "file-missing",
  message: "Cannot open x: expected a file",
  fields: { file: "x" },
} as const;
const JOBS: readonly Job[] = [
  aJob({
    ...{ id: "a", state: "completed", endedAt: NOW - 1000, ranMs: 2000, result: result(1000, 2) },
    processes: ["bandpass", "bandpass", "stack"],
  }),
  aJob({
    ...{
      id: "b",
      state: "completed",
      endedAt: NOW - DAY,
      ranMs: 4000,
      waitedMs: 500,
      result: result(1000, 4),
    },
    processes: ["bandpass"],
  }),
  aJob({ id: "c", state: "failed", endedAt: NOW - DAY, error: missing, processes: ["stack"] }),
  aJob({ id: "d", state: "cancelled", endedAt: NOW - 20 * DAY, processes: [] }),
];

function put(jobs: readonly Job[]) {
  const snapshot = { jobs, total: jobs.length, held: null, alerts: [], groups: [] };
  new EventApplier().applyNow([{ event: "reset", stream: "s", sequence: 1, why: "start", snapshot }]);
}

beforeEach(() => put([]));
afterEach(cleanup);

test("totals, rates and quantiles are those of counting by hand", () => {
  const totals = totalsOf(JOBS);
  expect([totals.ended, totals.completed, totals.failed, totals.cancelled]).toEqual([4, 2, 1, 1]);
  expect(totals.times).toEqual([2000, 4000]);
  expect(totals.tracesPerSecond).toBeCloseTo(2000 / 6, 9);
  expect(totals.bytesMoved).toBe(300);
  const rising = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0.5, 0.95, 1].map((share) => quantile(rising, share))).toEqual([50, 95, 100]);
});

test("days follow each other without a gap, each with what ended on it", () => {
  const days = daysOf(JOBS, NOW - 6 * DAY, NOW);
  expect(days.starts.length).toBe(7);
  expect(perDay(days, () => 1)).toEqual([0, 0, 0, 0, 0, 2, 1]);
  expect(daysOf(JOBS, -Infinity, NOW).starts.length).toBe(21);
});

test("the trend of rates has completed jobs only, in the order of their ends", () => {
  const { x, rates, jobs } = rateTrend(JOBS);
  expect(jobs.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(rates).toEqual([250, 500]);
  expect(x[0]).toBeLessThan(x[1]);
});

test("a job counts once for each process in its flow", () => {
  const counted = byProcess(JOBS).map(([process, totals]) => [process, totals.ended, totals.failed]);
  expect(counted).toEqual([["bandpass", 2, 0], ["stack", 2, 1]]);
});

test("the view shows figures, plots with their jobs, tables and errors, and leads to the jobs", async () => {
  const moved = JOBS.map((job) => ({ ...job, endedAt: Date.now() - 1000 }));
  put(moved);
  render(<AnalyticsView rest="" />);
  screen.getByText(/^50.0.%$/, { selector: ".analytics-figure *" });
  const plot = within(screen.getByRole("region", { name: "Jobs per day" }));
  plot.getByRole("img", { name: /Completed 2, Failed 1, Cancelled 1/ });
  plot.getByRole("button", { name: "Save the plot's values as CSV" });
  within(screen.getByRole("table", { name: "By process" })).getByText("stack");
  within(screen.getByRole("table", { name: "Top errors" })).getByText("file-missing");
  within(screen.getByRole("region", { name: "Traces per second" })).getByRole("button", {
    name: "Show these jobs",
  })
    .click();
  await Promise.resolve();
  expect(endedFilter.value.ids).toEqual(["a", "b"]);
});

test("without jobs the view says what belongs there", () => {
  render(<AnalyticsView rest="" />);
  screen.getByText("No job ended in this period.");
});
