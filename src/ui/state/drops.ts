/** What lies over the window or was dropped on it. */
import { signal } from "@preact/signals";

export const isDragging = signal(false);

/** What is asked of the user after a drop whose path is not known. */
export const dropHint = signal<string | null>(null);

export function setDragging(on: boolean): void {
  isDragging.value = on;
}

export function setDropHint(hint: string | null): void {
  dropHint.value = hint;
}
