// @vitest-environment happy-dom
/** Jobs by their roles and names, as scripts and screen readers find them. */
import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EventApplier } from "../../../src/ui/connection/apply_event.ts";
import { ALL_ENDED, endedFilter, filterEnded } from "../../../src/ui/state/ended/filter.ts";
import { resetJobs } from "../../../src/ui/state/jobs.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import { JobsView } from "../../../src/ui/views/jobs/jobs_view.tsx";
import { ASidecar } from "../a_sidecar.ts";
import { aJob, aProgress } from "../jobs_for_tests.ts";

beforeEach(() => {
  ASidecar.use({ list_documents: () => ({ documents: [] }) });
  resetJobs([], 0, null);
  filterEnded(ALL_ENDED);
});
afterEach(cleanup);

function show(jobs: readonly Job[]) {
  const snapshot = { jobs, total: jobs.length, held: null, alerts: [], groups: [] };
  const applier = new EventApplier();
  applier.applyNow([{ event: "reset", stream: "s", sequence: 1, why: "start", snapshot }]);
  render(<JobsView rest="" />);
  return applier;
}

test("a job that has not ended is an article with its state, a bar from 0 to 100 and the buttons of its state", () => {
  show([
    aJob({ id: "a", name: "Brute stack", progress: aProgress(0.421) }),
    aJob({ id: "b", name: "Filter", state: "paused" }),
    aJob({ id: "c", name: "Late", state: "queued" }),
  ]);
  const running = within(screen.getByRole("article", { name: "Brute stack" }));
  expect(running.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("42.1");
  running.getByText("running");
  running.getByRole("button", { name: "Pause" });
  running.getByRole("button", { name: "Cancel" });
  expect(running.queryByRole("button", { name: "Resume" })).toBeNull();
  const paused = within(screen.getByRole("article", { name: "Filter" }));
  paused.getByText("paused");
  paused.getByRole("button", { name: "Resume" });
  expect(paused.queryByRole("button", { name: "Pause" })).toBeNull();
  const queued = within(screen.getByRole("article", { name: "Late" }));
  expect(queued.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("0");
  queued.getByRole("button", { name: "Cancel" });
});

test("progress moves the bar of its job", async () => {
  const applier = show([aJob({ id: "a", progress: aProgress(0.1) })]);
  const bar = within(screen.getByRole("article", { name: "Brute stack" })).getByRole("progressbar");
  const news = { news: "progress", job: "a", progress: aProgress(0.7), sequence: 2, at: 1 } as const;
  applier.applyNow([{ event: "news", news }]);
  await Promise.resolve();
  expect(bar.getAttribute("aria-valuenow")).toBe("70");
});

test("jobs that ended are rows of the table of that name, a selected one can be retried and removed", async () => {
  show([
    aJob({ id: "a", name: "Good", state: "completed", endedAt: 5 }),
    aJob({ id: "b", name: "Bad", state: "failed", endedAt: 9 }),
  ]);
  const table = within(screen.getByRole("grid", { name: "Ended jobs" }));
  const rows = table.getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent?.includes("Bad"))).toEqual([true, false]);
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
  rows[0].click();
  expect((await screen.findByRole("button", { name: "Retry" })).hasAttribute("disabled")).toBe(false);
  screen.getByRole("button", { name: "Remove" });
  expect(rows[0].getAttribute("aria-selected")).toBe("true");
});

test("of ten thousand ended jobs only those in sight are in the page, and their number is said", () => {
  const many = Array.from(
    { length: 10_000 },
    (_, i) => aJob({ id: `job ${i}`, name: `Job ${i}`, state: "completed", endedAt: i }),
  );
  show(many);
  const table = screen.getByRole("grid", { name: "Ended jobs" });
  expect(table.getAttribute("aria-rowcount")).toBe("10001");
  expect(within(table).getAllByRole("row").length).toBeLessThan(200);
  within(table).getByText("Job 9999");
});

test("without jobs the page says what belongs there and why it is empty", () => {
  show([]);
  screen.getByText("Jobs that run or wait stand here, each with its progress.");
  screen.getByText("No job has ended yet.");
});

test("a card tells phase, traces and gathers done of how many, rates, warnings and when it will end", () => {
  const progress = aProgress(0.5, {
    phases: ["sorting", "processing"],
    gathers: { done: 5, total: 10 },
    warnings: 2,
  });
  show([aJob({ id: "a", progress })]);
  const card = within(screen.getByRole("article", { name: "Brute stack" }));
  card.getByText("processing (2 of 2)");
  card.getByText("19,200 of 38,400 traces");
  card.getByText("5 of 10 gathers");
  card.getByText("2 warnings");
  card.getByText(/84,000.tr\/s · 500.MB\/s/);
  card.getByText(/^12.s$/);
  card.getByText(/done about/);
  card.getByRole("img", { name: /Traces per second/ });
});

test("failures are grouped by error, each group with a button that retries it", async () => {
  const error = {
    tag: "file-missing",
    message: "Cannot open x: expected a file",
    fields: { file: "x" },
  } as const;
  show([
    aJob({ id: "a", name: "One", state: "failed", endedAt: 5, error }),
    aJob({ id: "b", name: "Two", state: "failed", endedAt: 9, error }),
    aJob({ id: "c", name: "Good", state: "completed", endedAt: 9 }),
  ]);
  screen.getByRole("button", { name: "Group by error" }).click();
  const group = within(
    (await screen.findByRole("button", { name: "Retry group" })).closest("tr") ?? document.body,
  );
  group.getByText("file-missing");
  group.getByText(/2 jobs/);
  expect(screen.queryByText("Good")).toBeNull();
});

test("chips, text and columns steer the table, and what hides something can be taken away at once", async () => {
  show([
    aJob({ id: "a", name: "Alpha", state: "failed", endedAt: 5 }),
    aJob({ id: "b", name: "Beta", state: "completed", endedAt: 9 }),
  ]);
  screen.getByRole("button", { name: "Failed 1" }).click();
  await screen.findByText("1 of 2");
  expect(screen.queryByText("Beta")).toBeNull();
  screen.getByRole("button", { name: "Show all" }).click();
  screen.getByRole("button", { name: "Name" }).click();
  const head = screen.getByRole("button", { name: "Name" }).closest("th");
  await Promise.resolve();
  expect(head?.getAttribute("aria-sort")).toBe("ascending");
});

test("all is cancelled only after asking", async () => {
  show([aJob({ id: "a" })]);
  screen.getByRole("button", { name: "Cancel all" }).click();
  const dialog = within(await screen.findByRole("dialog", { name: "Cancel 1 job?", hidden: true }));
  dialog.getByRole("checkbox", { name: /Keep partial/, hidden: true });
});

test("jobs of a group are one card with one bar, opened to see each; those that failed are retried together", async () => {
  const group = {
    ...{
      id: "g",
      name: "Filter 3 files",
      jobs: 3,
      states: { completed: 1, failed: 1, running: 1 },
      fraction: 0.6,
    },
    ...{ traces: { done: 60, total: 100 }, secondsLeft: 90, createdAt: 1, endedAt: null },
  };
  const sidecar = ASidecar.use({ change_jobs: () => ({ changed: 1, refused: [] }) });
  const applier = show([
    aJob({ id: "a", name: "One", parent: "g", group: "Filter 3 files" }),
    aJob({ id: "b", name: "Two", parent: "g", group: "Filter 3 files", state: "failed", endedAt: 4 }),
    aJob({ id: "c", name: "Alone" }),
  ]);
  applier.applyNow([{ event: "news", news: { news: "group", group, sequence: 2, at: 1 } }]);
  const card = within(await screen.findByRole("article", { name: "Filter 3 files" }));
  expect(card.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("60");
  card.getByText("1 running, 1 completed, 1 failed");
  expect(screen.queryByRole("article", { name: "One" })).toBeNull();
  screen.getByRole("article", { name: "Alone" });
  card.getByRole("button", { name: "Show the jobs of Filter 3 files" }).click();
  await screen.findByRole("article", { name: "One" });
  for (const name of ["Retry 1", "Pause", "Cancel"]) card.getByRole("button", { name }).click();
  const changes = sidecar.asked.filter(({ command }) => command === "change_jobs");
  expect(changes.map(({ request }) => request)).toEqual([
    { verb: "retry", filter: { parent: "g", states: ["failed", "timed_out"] } },
    { verb: "pause", filter: { parent: "g" } },
    { verb: "cancel", filter: { parent: "g" } },
  ]);
});

test("the end of a group is told once, and not that of each of its jobs", () => {
  const told: string[] = [];
  const applier = new EventApplier({ groupEnded: ({ name }) => told.push(name) });
  const group = {
    ...{ id: "h", name: "Two files", jobs: 2, states: { running: 1 }, fraction: 0.5, secondsLeft: null },
    ...{ traces: { done: 0, total: 0 }, createdAt: 1 },
  };
  const news = (endedAt: number | null) => ({
    event: "news" as const,
    news: { news: "group" as const, group: { ...group, endedAt }, sequence: 3, at: 1 },
  });
  applier.applyNow([news(null), news(null), news(5), news(5)]);
  expect(told).toEqual(["Two files"]);
});

test("a filter is saved under a name in the workspace, shown again from there, and removed", async () => {
  const kept = new Map<string, unknown>();
  ASidecar.use({
    list_documents: () => ({ documents: [...kept.keys()].map((name) => ({ name, bytes: 1, changedAt: 1 })) }),
    get_document: ({ name }) => ({ value: kept.get(name) }),
    put_document: ({ name, value }) => (kept.set(name, value), {}),
    remove_document: ({ name }) => (kept.delete(name), {}),
  });
  show([aJob({ id: "a", name: "Alpha", state: "failed", endedAt: 5 })]);
  filterEnded({ groups: ["failed"], text: "alp" });
  const name = screen.getByRole<HTMLInputElement>("textbox", { name: "Name for what is listed" });
  name.value = "My failures";
  screen.getByRole("button", { name: "Save the view" }).click();
  const saved = await screen.findByRole("button", { name: "My failures" });
  filterEnded(ALL_ENDED);
  saved.click();
  expect(endedFilter.value).toMatchObject({ groups: ["failed"], text: "alp" });
  screen.getByRole("button", { name: "Remove the view My failures" }).click();
  await waitFor(() => expect(screen.queryByRole("button", { name: "My failures" })).toBeNull());
});

test("selected jobs are pinned by a tag of that name, which no retention removes", async () => {
  const sidecar = ASidecar.use({ tag_job: () => ({}), list_documents: () => ({ documents: [] }) });
  show([aJob({ id: "a", name: "Alpha", state: "completed", endedAt: 5, tags: ["line 7"] })]);
  screen.getByText("Alpha").click();
  (await screen.findByText(/^Pin/)).click();
  await waitFor(() =>
    expect(sidecar.asked).toContainEqual({
      command: "tag_job",
      request: { job: "a", tags: ["line 7", "pinned"] },
    })
  );
});
