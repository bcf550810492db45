/** Where View looks: one place for all panels, and the pointer on them. */
import { computed, signal } from "@preact/signals";
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import {
  type Extent,
  extentOf,
  fitted,
  isWhole,
  limited,
  panned,
  pointAt,
  type ViewWindow,
  zoomed,
} from "../../canvas/view/view_window.ts";
import { hasOwnTraces, panels } from "./panels.ts";

/** All that the shown gather has, or null before it is there. */
export const extent = computed<Extent | null>(() => {
  const picture = panels.input.value.content?.picture;
  return picture === undefined ? null : extentOf(picture.traces, picture);
});

/** What the user chose; null: all of it. */
const chosen = signal<ViewWindow | null>(null);

export const view = computed<ViewWindow | null>(() => {
  const all = extent.value;
  if (all === null) return null;
  return chosen.value === null ? fitted(all) : limited(chosen.value, all);
});

/** The same place on a panel: one that has traces of its own shows all of them. */
export function viewOn(name: PanelName): ViewWindow | null {
  const now = view.value, traces = panels[name].value.content?.picture.traces;
  return now === null || traces === undefined || !hasOwnTraces(name)
    ? now
    : { ...now, firstTrace: 0, traces };
}

export function fitAll(): void {
  chosen.value = null;
}

/** `place` is from 0 to 1 each way; factors above 1 go closer. */
export function zoomAt(
  place: { readonly x: number; readonly y: number },
  factor: { readonly across: number; readonly down: number },
): void {
  if (view.value === null || extent.value === null) return;
  const next = zoomed(view.value, extent.value, factor, place);
  chosen.value = isWhole(next, extent.value) ? null : next;
}

/** By parts of what is on the screen. */
export function panBy(across: number, down: number): void {
  if (view.value === null || extent.value === null || chosen.value === null) return;
  chosen.value = panned(view.value, extent.value, across, down);
}

export function showWindow(window: ViewWindow): void {
  if (extent.value !== null) chosen.value = limited(window, extent.value);
}

/** Where the pointer is on which panel, from 0 to 1 each way. */
export interface Pointer {
  readonly panel: PanelName;
  readonly x: number;
  readonly y: number;
}

const pointer = signal<Pointer | null>(null);

/** What lies under the pointer: trace i has its middle at i + 0.5. */
export const pointed = computed(() => {
  const at = pointer.value, now = at && viewOn(at.panel);
  return at === null || now === null ? null : { panel: at.panel, ...pointAt(now, at.x, at.y) };
});

export function movePointer(next: Pointer | null): void {
  pointer.value = next;
}
