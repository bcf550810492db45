/** What lies over the views: one at a time. */
import { signal } from "@preact/signals";

export type Overlay = "palette" | "shortcuts" | "process";

export const overlay = signal<Overlay | null>(null);

export function showOverlay(which: Overlay): void {
  overlay.value = which;
}

export function closeOverlay(): void {
  overlay.value = null;
}
