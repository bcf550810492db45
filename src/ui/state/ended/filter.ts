/** Which ended jobs are listed and how: kept in this browser, so that a filter is there again after a restart. */
import { signal } from "@preact/signals";
import { isRecord } from "../../../shared/is_record.ts";
import { JOB_TYPES, type JobState, type JobType } from "../../../shared/job/job.ts";

export const ENDED_GROUPS = ["failed", "completed", "cancelled"] as const;
export type EndedGroup = typeof ENDED_GROUPS[number];

export const GROUP_STATES: Readonly<Record<EndedGroup, readonly JobState[]>> = {
  failed: ["failed", "timed_out"],
  completed: ["completed"],
  cancelled: ["cancelled"],
};

export const SORT_KEYS = ["name", "type", "traces", "took", "rate", "ended"] as const;
export type SortKey = typeof SORT_KEYS[number];

export const ENDED_DAYS = [1, 7, 30, 90] as const;

export interface EndedFilter {
  readonly text: string;
  /** Empty: all. */
  readonly groups: readonly EndedGroup[];
  readonly type: JobType | null;
  readonly tag: string | null;
  /** Only what ended in the last so many days. */
  readonly days: typeof ENDED_DAYS[number] | null;
  /** Only these, such as those that a plot shows. */
  readonly ids: readonly string[] | null;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Failed jobs only, by their kind of error. */
  readonly byError: boolean;
}

export const ALL_ENDED: EndedFilter = {
  text: "",
  groups: [],
  type: null,
  tag: null,
  days: null,
  ids: null,
  sort: "ended",
  descending: true,
  byError: false,
};

const KEY = "seisproc.ended_jobs";

export const endedFilter = signal<EndedFilter>(parseEndedFilter(stored()));
export const selectedJobs = signal<ReadonlySet<string>>(new Set());

export function filterEnded(some: Partial<EndedFilter>): void {
  change({ ...endedFilter.value, ...some });
}

export function toggleEndedGroup(group: EndedGroup): void {
  const { groups } = endedFilter.value;
  filterEnded({
    groups: groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group],
  });
}

/** By this column; when it is by it already, the other way round. Names rise first, figures and times fall. */
export function sortEnded(key: SortKey): void {
  const { sort, descending } = endedFilter.value;
  const isText = key === "name" || key === "type";
  filterEnded({ sort: key, descending: key === sort ? !descending : !isText });
}

/** Shows these jobs and no others, whatever was filtered before. */
export function listOnly(ids: readonly string[]): void {
  change({ ...ALL_ENDED, ids });
}

/** True when the filter hides something. */
export function isFiltering({ text, groups, type, tag, days, ids, byError }: EndedFilter): boolean {
  return text.trim() !== "" || groups.length > 0 || byError ||
    [type, tag, days, ids].some((one) => one !== null);
}

export function clearEndedFilter(): void {
  const { sort, descending } = endedFilter.value;
  change({ ...ALL_ENDED, sort, descending });
}

export function selectJobs(ids: Iterable<string>): void {
  selectedJobs.value = new Set(ids);
}

export function parseEndedFilter(value: unknown): EndedFilter {
  const kept = isRecord(value) ? value : {};
  const groups: readonly unknown[] = Array.isArray(kept.groups) ? kept.groups : [];
  return {
    text: typeof kept.text === "string" ? kept.text : "",
    groups: ENDED_GROUPS.filter((one) => groups.includes(one)),
    type: JOB_TYPES.find((one) => one === kept.type) ?? null,
    tag: typeof kept.tag === "string" ? kept.tag : null,
    days: ENDED_DAYS.find((one) => one === kept.days) ?? null,
    ids: null,
    sort: SORT_KEYS.find((one) => one === kept.sort) ?? "ended",
    descending: typeof kept.descending === "boolean" ? kept.descending : true,
    byError: kept.byError === true,
  };
}

function change(next: EndedFilter): void {
  endedFilter.value = next;
  const { ids: _, ...kept } = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage the filter holds until the page is closed.
  }
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
