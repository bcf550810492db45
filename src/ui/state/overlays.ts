/** What lies over the views: one at a time. */
import { signal } from "@preact/signals";

export type Overlay =
  | { readonly what: "palette" }
  | { readonly what: "shortcuts" }
  /** "Process survey", with the flow file to begin with. */
  | { readonly what: "process"; readonly flowFile: string | null }
  /** "Process with": these files through one flow. */
  | { readonly what: "group"; readonly flowFile: string | null; readonly files: readonly string[] };

export const overlay = signal<Overlay | null>(null);

export function openPalette(): void {
  overlay.value = { what: "palette" };
}

export function openShortcuts(): void {
  overlay.value = { what: "shortcuts" };
}

export function openProcess(flowFile: string | null = null): void {
  overlay.value = { what: "process", flowFile };
}

export function openGroup(files: readonly string[], flowFile: string | null = null): void {
  overlay.value = { what: "group", flowFile, files };
}

export function closeOverlay(): void {
  overlay.value = null;
}
