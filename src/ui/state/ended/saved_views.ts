/** Filters of the ended jobs that the user gave a name. They lie in the workspace and are the same in all windows. */
import { signal } from "@preact/signals";
import type { EndedFilter } from "./filter.ts";

export interface SavedView {
  readonly name: string;
  readonly filter: EndedFilter;
}

/** By name. */
export const savedViews = signal<readonly SavedView[]>([]);

/** Rises when a window changed one of them. */
export const viewsChanged = signal(0);

export function setViews(all: readonly SavedView[]): void {
  savedViews.value = all.toSorted((a, b) => a.name.localeCompare(b.name));
}

export function tellViewsChanged(): void {
  viewsChanged.value++;
}
