/** Which ended jobs are listed, and which of them are selected. */
import { computed, signal } from "@preact/signals";
import type { Job, JobState } from "../../shared/job/job.ts";
import { endedJobs } from "./jobs.ts";

export type EndedGroup = "failed" | "completed" | "cancelled";

const GROUPS: Readonly<Record<EndedGroup, readonly JobState[]>> = {
  failed: ["failed", "timed_out"],
  completed: ["completed"],
  cancelled: ["cancelled"],
};

export const endedText = signal("");
export const endedGroups = signal<ReadonlySet<EndedGroup>>(new Set());
export const selectedJobs = signal<ReadonlySet<string>>(new Set());

export const endedCounts = computed(() => {
  const count = (group: EndedGroup) =>
    endedJobs.value.filter(({ state }) => GROUPS[group].includes(state)).length;
  return { failed: count("failed"), completed: count("completed"), cancelled: count("cancelled") };
});

export const listedJobs = computed<readonly Job[]>(() => {
  const text = endedText.value.trim().toLowerCase();
  const states = [...endedGroups.value].flatMap((group) => GROUPS[group]);
  return endedJobs.value.filter((job) =>
    (states.length === 0 || states.includes(job.state)) && (text === "" || textOf(job).includes(text))
  );
});

export function filterEndedText(text: string): void {
  endedText.value = text;
}

export function toggleEndedGroup(group: EndedGroup): void {
  const next = new Set(endedGroups.value);
  if (!next.delete(group)) next.add(group);
  endedGroups.value = next;
}

export function selectJobs(ids: Iterable<string>): void {
  selectedJobs.value = new Set(ids);
}

function textOf({ id, name, tags, error }: Job): string {
  return [id, name, ...tags, error?.tag ?? "", error?.message ?? ""].join("\n").toLowerCase();
}
