/**
 * Pointer and wheel on a panel: the wheel zooms at the pointer (Ctrl only traces, Shift only time), a drag pans or
 * measures, a double click fits.
 */
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { pointAt } from "../../canvas/view/view_window.ts";
import { fitAll, movePointer, panBy, view, zoomAt } from "../../state/viewer/position.ts";
import { measure, tool } from "../../state/viewer/tool.ts";

/** A notch of a wheel goes closer by about a fifth. */
const ZOOM_A_PIXEL = 1.0016;
const LINE_PIXELS = 16;

/** Listens to the element; returns how to stop. */
export function listenToPanel(element: HTMLElement, name: PanelName): () => void {
  const stop = new AbortController(), { signal } = stop;
  element.addEventListener("wheel", (event) => zoomByWheel(event, element), { passive: false, signal });
  element.addEventListener("pointerdown", (event) => startDrag(event, element), { signal });
  element.addEventListener(
    "pointermove",
    (event) => movePointer({ panel: name, ...placeOf(event, element) }),
    { signal },
  );
  element.addEventListener("pointerleave", () => movePointer(null), { signal });
  element.addEventListener("dblclick", fitAll, { signal });
  return () => stop.abort();
}

function zoomByWheel(event: WheelEvent, element: HTMLElement): void {
  event.preventDefault();
  // With Shift some systems turn the wheel sideways.
  const pixels = (event.deltaY || event.deltaX) *
    (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
  const factor = ZOOM_A_PIXEL ** -pixels;
  const across = event.shiftKey ? 1 : factor, down = event.ctrlKey ? 1 : factor;
  zoomAt(placeOf(event, element), { across, down });
}

function startDrag(event: PointerEvent, element: HTMLElement): void {
  if (event.button !== 0) return;
  element.setPointerCapture(event.pointerId);
  const end = new AbortController(), { signal } = end;
  const drag = tool.peek() === "measure"
    ? measuring(placeOf(event, element))
    : panning(placeOf(event, element));
  element.addEventListener("pointermove", (move) => drag(placeOf(move, element)), { signal });
  for (const name of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(name, () => end.abort(), { signal });
  }
}

type Drag = (place: OnPanel) => void;

function panning(start: OnPanel): Drag {
  let last = start;
  return (next) => {
    panBy(last.x - next.x, last.y - next.y);
    last = next;
  };
}

function measuring(start: OnPanel): Drag {
  const now = view.peek();
  if (now === null) return () => {};
  const from = pointAt(now, start.x, start.y);
  return ({ x, y }) => measure({ from, to: pointAt(now, x, y) });
}

/** From 0 to 1 each way. */
interface OnPanel {
  readonly x: number;
  readonly y: number;
}

function placeOf(event: MouseEvent, element: HTMLElement): OnPanel {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}
