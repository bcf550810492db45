/** The shown survey changed on disk after it was opened: its path, until it is read anew. */
import { signal } from "@preact/signals";

export const changedSurvey = signal<string | null>(null);

export function setChangedSurvey(path: string | null): void {
  changedSurvey.value = path;
}
