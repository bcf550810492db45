/** Jobs that belong together: one name, one progress. Those that have not ended, and those that end while we look. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { GroupSummary } from "../../shared/job/group.ts";
import { activeJobs, type JobEntry } from "./jobs.ts";

const groups = signal<ReadonlyMap<string, GroupSummary>>(new Map());

/** A card of the jobs that have not ended: one job, or a group with those of its jobs. */
export type ActiveCard =
  | { readonly kind: "job"; readonly entry: JobEntry }
  | { readonly kind: "group"; readonly group: GroupSummary; readonly entries: readonly JobEntry[] };

/** A group stands where the first of its jobs would. */
export const activeCards: ReadonlySignal<readonly ActiveCard[]> = computed(() => {
  const cards: ActiveCard[] = [], placed = new Set<string>();
  for (const entry of activeJobs.value) {
    const { parent } = entry.job.value, group = parent === null ? undefined : groups.value.get(parent);
    if (group === undefined) cards.push({ kind: "job", entry });
    else if (!placed.has(group.id)) {
      placed.add(group.id);
      const entries = activeJobs.value.filter(({ job }) => job.value.parent === group.id);
      cards.push({ kind: "group", group, entries });
    }
  }
  return cards;
});

export function peekGroup(id: string): GroupSummary | undefined {
  return groups.peek().get(id);
}

export function resetGroups(all: readonly GroupSummary[]): void {
  groups.value = new Map(all.map((group) => [group.id, group]));
}

export function putGroup(group: GroupSummary): void {
  groups.value = new Map(groups.value).set(group.id, group);
}
