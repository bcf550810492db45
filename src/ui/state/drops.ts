/** What lies over the window. */
import { signal } from "@preact/signals";

/** Files are dragged over the window. */
export const isDragging = signal(false);

export function setDragging(on: boolean): void {
  isDragging.value = on;
}
