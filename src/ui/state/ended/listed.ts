/** The ended jobs as they are listed: filtered, sorted, and failed ones gathered by their kind of error. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Job } from "../../../shared/job/job.ts";
import { endedJobs } from "../jobs.ts";
import { type EndedFilter, endedFilter, type EndedGroup, GROUP_STATES, type SortKey } from "./filter.ts";

/** A row of the table: a job, or the head of those that failed for one reason. */
export type EndedRow =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "error"; readonly error: ErrorGroup };

export interface ErrorGroup {
  readonly tag: string;
  /** Why, as the newest of them says it. */
  readonly message: string;
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly first: number;
  readonly last: number;
}

const DAY_MS = 86_400_000;

export const endedCounts = computed(() => {
  const counts: Record<EndedGroup, number> = { failed: 0, completed: 0, cancelled: 0 };
  for (const { state } of endedJobs.value) {
    if (state === "completed" || state === "cancelled") counts[state]++;
    else counts.failed++;
  }
  return counts;
});

/** All tags of ended jobs, by name. */
export const endedTags = computed(() => [...new Set(endedJobs.value.flatMap(({ tags }) => tags))].sort());

export const listedJobs: ReadonlySignal<readonly Job[]> = computed(() =>
  listJobs(endedJobs.value, endedFilter.value, Date.now())
);

export const listedRows: ReadonlySignal<readonly EndedRow[]> = computed(() => {
  const jobs = listedJobs.value;
  if (!endedFilter.value.byError) return jobs.map((job) => ({ kind: "job", job }));
  return errorGroups(jobs).flatMap((error): EndedRow[] => [
    { kind: "error", error },
    ...error.jobs.map((job): EndedRow => ({ kind: "job", job })),
  ]);
});

/** `ended`: the newest end first. */
export function listJobs(ended: readonly Job[], filter: EndedFilter, now: number): readonly Job[] {
  const text = filter.text.trim().toLowerCase();
  const groups: readonly EndedGroup[] = filter.byError ? ["failed"] : filter.groups;
  const states = groups.flatMap((group) => GROUP_STATES[group]);
  const ids = filter.ids && new Set(filter.ids);
  const since = filter.days === null ? -Infinity : now - filter.days * DAY_MS;
  const found = ended.filter((job) =>
    (states.length === 0 || states.includes(job.state)) &&
    (filter.type === null || job.type === filter.type) &&
    (filter.tag === null || job.tags.includes(filter.tag)) &&
    (job.endedAt ?? 0) >= since &&
    (ids === null || ids.has(job.id)) &&
    (text === "" || textOf(job).includes(text))
  );
  return sorted(found, filter);
}

/** The kind of error that most failed of first. */
export function errorGroups(jobs: readonly Job[]): readonly ErrorGroup[] {
  const failed = jobs.filter(({ error }) => error !== null);
  const groups = [...Map.groupBy(failed, ({ error }) => error?.tag ?? "")].map(([tag, jobs]): ErrorGroup => {
    const ends = jobs.map(({ endedAt }) => endedAt ?? 0);
    const newest = jobs[ends.indexOf(Math.max(...ends))];
    return {
      tag,
      message: newest.error?.message ?? "",
      jobs,
      first: Math.min(...ends),
      last: Math.max(...ends),
    };
  });
  return groups.sort((a, b) => b.jobs.length - a.jobs.length || b.last - a.last);
}

/** Traces that the job read, or reached before it failed. */
export function tracesOf({ result, progress }: Job): number | null {
  return result?.tracesRead ?? progress?.traces.done ?? null;
}

/** Traces a second over the whole run; null when it did not complete. */
export function rateOf({ result }: Job): number | null {
  return result !== null && result.seconds > 0 && result.tracesRead > 0
    ? result.tracesRead / result.seconds
    : null;
}

const VALUES: Readonly<Record<SortKey, (job: Job) => string | number>> = {
  name: ({ name }) => name,
  type: ({ type }) => type,
  traces: (job) => tracesOf(job) ?? -1,
  took: ({ ranMs }) => ranMs,
  rate: (job) => rateOf(job) ?? -1,
  ended: ({ endedAt }) => endedAt ?? 0,
};
const collator = new Intl.Collator(undefined, { numeric: true });

function sorted(jobs: readonly Job[], { sort, descending }: EndedFilter): readonly Job[] {
  if (sort === "ended") return descending ? jobs : jobs.toReversed();
  const turn = descending ? -1 : 1;
  const keyed = jobs.map((job) => ({ job, value: VALUES[sort](job) }));
  keyed.sort((a, b) => turn * compared(a.value, b.value));
  return keyed.map(({ job }) => job);
}

function compared(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
}

/** A job never changes, so its letters are put together once. */
const texts = new WeakMap<Job, string>();

function textOf(job: Job): string {
  const known = texts.get(job);
  if (known !== undefined) return known;
  const { id, name, tags, error, plan } = job;
  const outputs = plan?.outputs.map(({ path }) => path) ?? [];
  const text = [id, name, ...tags, ...outputs, error?.tag, error?.message].join("\n").toLowerCase();
  texts.set(job, text);
  return text;
}
