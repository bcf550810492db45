/**
 * The jobs as the window knows them. A job's signal changes with its state, its progress has a signal of its own, so
 * that a thousand news of progress a second redraw bars and never lists. Only `connection/apply_event.ts` calls the
 * transitions, within one batch a frame.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { isEnded, type Job, PRIORITIES } from "../../shared/job/job.ts";
import type { JobProgress } from "../../shared/job/progress.ts";
import { NO_PACE, type Pace, paceAfter } from "./pace.ts";

export interface JobEntry {
  readonly id: string;
  readonly job: ReadonlySignal<Job>;
  readonly progress: ReadonlySignal<JobProgress | null>;
  /** Of this run: a job that was paused begins anew. */
  readonly pace: ReadonlySignal<Pace>;
}

interface WritableEntry {
  readonly id: string;
  readonly job: Signal<Job>;
  readonly progress: Signal<JobProgress | null>;
  readonly pace: Signal<Pace>;
}

const entries = new Map<string, WritableEntry>();
/** Rises when a job comes, goes or changes its state: what lists depend on. */
const revision = signal(0);

/** Jobs of the workspace, those included that the window does not hold. */
export const jobsInWorkspace = signal(0);

/** Why no job starts, or null. */
export const held = signal<string | null>(null);

/** Jobs that have not ended: what runs first, then what waits in the order in which it will start. */
export const activeJobs: ReadonlySignal<readonly JobEntry[]> = computed(() => {
  void revision.value;
  return [...entries.values()].filter(({ job }) => !isEnded(job.peek().state)).sort(byTurn);
});

/** Jobs that wait to start, in the order in which they will. */
export const queuedJobs: ReadonlySignal<readonly Job[]> = computed(() =>
  activeJobs.value.map(({ job }) => job.value).filter(({ state }) => state === "queued")
);

/** Jobs that ended, the newest end first. */
export const endedJobs: ReadonlySignal<readonly Job[]> = computed(() => {
  void revision.value;
  return [...entries.values()].map(({ job }) => job.peek()).filter(({ state }) => isEnded(state))
    .sort((a, b) => (b.endedAt ?? b.createdAt) - (a.endedAt ?? a.createdAt));
});

export function jobEntry(id: string): JobEntry | undefined {
  void revision.value;
  return entries.get(id);
}

/** The same without being told of changes. */
export function peekJob(id: string): Job | undefined {
  return entries.get(id)?.job.peek();
}

/** Forgets all and begins with these. */
export function resetJobs(jobs: readonly Job[], total: number, why: string | null): void {
  const there = new Set(jobs.map(({ id }) => id));
  for (const id of entries.keys()) if (!there.has(id)) entries.delete(id);
  for (const job of jobs) putJob(job);
  jobsInWorkspace.value = total;
  held.value = why;
  revision.value++;
}

/** A job that is new or changed in anything but its progress. */
export function putJob(job: Job): void {
  const entry = entries.get(job.id);
  if (entry === undefined) {
    entries.set(job.id, newEntry(job));
    jobsInWorkspace.value++;
  } else {
    entry.job.value = job;
    entry.progress.value = job.progress;
    if (job.state !== "running") entry.pace.value = NO_PACE;
  }
  revision.value++;
}

/** Older jobs that were asked for; what is known already is newer. */
export function addOlderJobs(jobs: readonly Job[], total: number): void {
  for (const job of jobs) {
    if (entries.has(job.id)) continue;
    entries.set(job.id, newEntry(job));
  }
  jobsInWorkspace.value = total;
  revision.value++;
}

export function putProgress(id: string, progress: JobProgress, now = performance.now()): void {
  const entry = entries.get(id);
  if (entry === undefined) return;
  entry.progress.value = progress;
  entry.pace.value = paceAfter(entry.pace.peek(), progress, now);
}

export function forgetJob(id: string): void {
  if (!entries.delete(id)) return;
  jobsInWorkspace.value--;
  revision.value++;
}

export function setHeld(why: string | null): void {
  held.value = why;
}

function newEntry(job: Job): WritableEntry {
  return { id: job.id, job: signal(job), progress: signal(job.progress), pace: signal(NO_PACE) };
}

const TURNS = ["running", "pausing", "cancelling", "queued", "created", "paused", "interrupted"];

function byTurn(a: WritableEntry, b: WritableEntry): number {
  const one = a.job.peek(), other = b.job.peek();
  return TURNS.indexOf(one.state) - TURNS.indexOf(other.state) ||
    PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority) || one.order - other.order;
}
