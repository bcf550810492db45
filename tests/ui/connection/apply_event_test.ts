/** What the sidecar tells becomes state: recorded transcripts and what they do not hold. */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { effect } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import type { Job } from "../../../src/shared/job/job.ts";
import { parseServerEvent, type ServerEvent } from "../../../src/shared/protocol/events.ts";
import { EventApplier } from "../../../src/ui/connection/apply_event.ts";
import { alerts } from "../../../src/ui/state/alerts.ts";
import {
  activeJobs,
  endedJobs,
  held,
  jobEntry,
  jobsInWorkspace,
  resetJobs,
} from "../../../src/ui/state/jobs.ts";
import { aJob, aProgress } from "../jobs_for_tests.ts";

beforeEach(() => resetJobs([], 0, null));

function transcript(): ServerEvent[] {
  const file = fileURLToPath(new URL("../../protocol/transcripts/job_events.jsonl", import.meta.url));
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").map((line) => {
    const event = parseServerEvent(JSON.parse(line));
    if (event === undefined) throw new Error(`no event: ${line}`);
    return event;
  });
}

let sequence = 0;
const job = (one: Job): ServerEvent => ({
  event: "news",
  news: { news: "job", job: one, sequence: ++sequence, at: 1 },
});
const progress = (id: string, fraction: number): ServerEvent => ({
  event: "news",
  news: { news: "progress", job: id, progress: aProgress(fraction), sequence: ++sequence, at: 1 },
});
const reset = (why: "start" | "gap", jobs: readonly Job[]): ServerEvent => ({
  event: "reset",
  stream: "s",
  sequence: 1,
  why,
  snapshot: { jobs, total: jobs.length, held: null, alerts: [], groups: [] },
});

test("the recorded life of a job ends in the table of ended jobs, whatever pieces it comes in", () => {
  const events = transcript();
  for (const size of [1, 3, events.length]) {
    resetJobs([], 0, null);
    const ended: string[] = [];
    const applier = new EventApplier({ ended: ({ state }) => ended.push(state) });
    for (let i = 0; i < events.length; i += size) applier.applyNow(events.slice(i, i + size));
    expect(activeJobs.value).toEqual([]);
    expect(endedJobs.value.map(({ name, state }) => [name, state])).toEqual([["Brute stack", "completed"]]);
    expect(ended).toEqual(["completed"]);
    expect(alerts.value.map(({ rule }) => rule)).toEqual(["job_failed"]);
  }
});

test("of many progresses in one frame a bar is told the last, once, and no list is told at all", () => {
  const applier = new EventApplier(), { id } = aJob();
  applier.applyNow([reset("start", [aJob()])]);
  let lists = 0;
  const seen: number[] = [];
  const stop = effect(() => {
    lists += activeJobs.value.length;
  });
  const stopBar = effect(() => {
    seen.push(jobEntry(id)?.progress.value?.fraction ?? 0);
  });
  applier.applyNow(Array.from({ length: 1000 }, (_, i) => progress(id, (i + 1) / 1000)));
  expect(seen).toEqual([0, 1]);
  expect(lists).toBe(1);
  stop();
  stopBar();
});

test("an old progress never follows the end of its job", () => {
  const applier = new EventApplier(), { id } = aJob();
  const end = aJob({ state: "completed", endedAt: 2, progress: aProgress(1) });
  applier.applyNow([reset("start", [aJob()]), progress(id, 0.5), job(end)]);
  expect(jobEntry(id)?.progress.value?.fraction).toBe(1);
});

test("a snapshot ends no job aloud; after a gap one line tells of all that ended meanwhile", () => {
  const ended: string[] = [], away: string[][] = [];
  const applier = new EventApplier({
    ended: ({ id }) => ended.push(id),
    endedAway: (jobs) => away.push(jobs.map(({ id }) => id)),
  });
  const done = (id: string) => aJob({ id, state: "completed", endedAt: 2 });
  applier.applyNow([reset("start", [aJob({ id: "a" }), aJob({ id: "b" }), done("c")])]);
  applier.applyNow([reset("gap", [done("a"), done("b"), done("c"), done("d")])]);
  expect(ended).toEqual([]);
  expect(away).toEqual([["a", "b"]]);
});

test("jobs come in the order in which they run: running, queued by priority and turn, then those at rest", () => {
  const applier = new EventApplier();
  applier.applyNow([reset("start", [
    aJob({ id: "paused", state: "paused" }),
    aJob({ id: "late", state: "queued", order: 9 }),
    aJob({ id: "early", state: "queued", order: 2 }),
    aJob({ id: "urgent", state: "queued", order: 99, priority: "high" }),
    aJob({ id: "running" }),
  ])]);
  expect(activeJobs.value.map(({ id }) => id)).toEqual(["running", "urgent", "early", "late", "paused"]);
});

test("removed jobs, older jobs and a held queue are known", () => {
  const applier = new EventApplier();
  applier.applyNow([reset("start", [aJob({ id: "a", state: "failed", endedAt: 5 })])]);
  applier.applyOlder([aJob({ id: "b", state: "completed", endedAt: 3 })], 7);
  expect(endedJobs.value.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(jobsInWorkspace.value).toBe(7);
  applier.applyNow([
    { event: "news", news: { news: "removed", job: "a", sequence: 8, at: 1 } },
    { event: "news", news: { news: "queue", held: "all paused", sequence: 9, at: 1 } },
  ]);
  expect(endedJobs.value.map(({ id }) => id)).toEqual(["b"]);
  expect([jobsInWorkspace.value, held.value]).toEqual([6, "all paused"]);
});
