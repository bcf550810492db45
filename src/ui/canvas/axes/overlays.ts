/** What lies on the amplitudes: time lines, borders of gathers, curves such as mutes, the place of the pointer. */
import type { ViewWindow } from "../view/view_window.ts";
import { type AxisStyle, crisp, type Pen } from "./axis_style.ts";
import { timeMarks, yOf } from "./time_axis.ts";
import { xOf } from "./trace_axis.ts";

export type Overlay =
  /** Lines at round times. */
  | { readonly kind: "time_lines" }
  /** Lines between traces, before each of these. */
  | { readonly kind: "borders"; readonly traces: readonly number[] }
  /** One time for each trace from the first; NaN where there is none. */
  | {
    readonly kind: "curve";
    readonly times: ArrayLike<number>;
    readonly colour: string;
    readonly dashed?: boolean;
  }
  /** Traces that are marked at the top: such as dead ones. */
  | { readonly kind: "marks"; readonly traces: readonly number[]; readonly colour: string }
  /** Traces from the first up to and without the end, set off from the others. */
  | { readonly kind: "range"; readonly first: number; readonly end: number; readonly colour: string }
  | { readonly kind: "line"; readonly from: Point; readonly to: Point; readonly colour: string }
  | { readonly kind: "box"; readonly from: Point; readonly to: Point; readonly colour: string }
  | { readonly kind: "cross"; readonly at: Point; readonly colour: string };

/** A place of the gather: `trace` is a place between traces, trace i has its middle at i + 0.5. */
export interface Point {
  readonly trace: number;
  readonly ms: number;
}

interface Sheet {
  readonly pen: Pen;
  readonly view: ViewWindow;
  readonly width: number;
  readonly height: number;
  readonly style: AxisStyle;
}

export function drawOverlays(
  pen: Pen,
  overlays: readonly Overlay[],
  view: ViewWindow,
  width: number,
  height: number,
  style: AxisStyle,
): void {
  pen.setTransform(style.ratio, 0, 0, style.ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.lineWidth = 1;
  for (const overlay of overlays) drawOverlay({ pen, view, width, height, style }, overlay);
  pen.setLineDash([]);
}

function drawOverlay(sheet: Sheet, overlay: Overlay): void {
  const { pen, view, width, height, style } = sheet;
  pen.setLineDash([]);
  switch (overlay.kind) {
    case "time_lines":
      return drawTimeLines(sheet);
    case "borders":
      pen.strokeStyle = style.text;
      pen.setLineDash([3, 3]);
      return vertical(sheet, overlay.traces.map((trace) => xOf(trace - 0.5, view, width)));
    case "curve":
      pen.strokeStyle = overlay.colour;
      pen.lineWidth = 1.5;
      if (overlay.dashed) pen.setLineDash([5, 4]);
      return drawCurve(sheet, overlay.times);
    case "marks":
      return drawMarks(sheet, overlay.traces, overlay.colour);
    case "range": {
      const left = xOf(overlay.first - 0.5, view, width), right = xOf(overlay.end - 0.5, view, width);
      pen.strokeStyle = overlay.colour;
      pen.lineWidth = 2;
      return pen.strokeRect(left, 1, right - left, height - 2);
    }
    case "line":
      pen.strokeStyle = overlay.colour;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(...placeOf(sheet, overlay.from));
      pen.lineTo(...placeOf(sheet, overlay.to));
      return pen.stroke();
    case "box": {
      const [left, top] = placeOf(sheet, overlay.from), [right, bottom] = placeOf(sheet, overlay.to);
      pen.strokeStyle = overlay.colour;
      return pen.strokeRect(left, top, right - left, bottom - top);
    }
    case "cross": {
      const [x, y] = placeOf(sheet, overlay.at);
      pen.strokeStyle = overlay.colour;
      vertical(sheet, [x]);
      return horizontal(sheet, [y]);
    }
  }
}

/** Weak between labels, a little stronger at them, on light and dark amplitudes alike. */
function drawTimeLines(sheet: Sheet): void {
  const { pen, view, height } = sheet, { labelled, between } = timeMarks(view, height);
  const y = (ms: number) => yOf(ms, view, height);
  pen.strokeStyle = "rgb(128 128 128 / 0.18)";
  horizontal(sheet, between.map(y));
  pen.strokeStyle = "rgb(128 128 128 / 0.4)";
  horizontal(sheet, labelled.map(y));
}

function placeOf({ view, width, height }: Sheet, { trace, ms }: Point): [number, number] {
  return [xOf(trace - 0.5, view, width), yOf(ms, view, height)];
}

function horizontal({ pen, width, style }: Sheet, places: readonly number[]): void {
  pen.beginPath();
  for (const place of places) {
    pen.moveTo(0, crisp(place, style.ratio));
    pen.lineTo(width, crisp(place, style.ratio));
  }
  pen.stroke();
}

function vertical({ pen, height, style }: Sheet, places: readonly number[]): void {
  pen.beginPath();
  for (const place of places) {
    pen.moveTo(crisp(place, style.ratio), 0);
    pen.lineTo(crisp(place, style.ratio), height);
  }
  pen.stroke();
}

function drawCurve({ pen, view, width, height }: Sheet, times: ArrayLike<number>): void {
  const first = Math.max(0, Math.floor(view.firstTrace) - 1);
  const end = Math.min(times.length, Math.ceil(view.firstTrace + view.traces) + 1);
  let isDrawing = false;
  pen.beginPath();
  for (let trace = first; trace < end; trace++) {
    const x = xOf(trace, view, width), y = yOf(times[trace], view, height);
    if (!Number.isFinite(y)) isDrawing = false;
    else if (isDrawing) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    isDrawing = Number.isFinite(y);
  }
  pen.stroke();
}

/** A small triangle above each trace, one for neighbours that share pixels. */
function drawMarks({ pen, view, width }: Sheet, traces: readonly number[], colour: string): void {
  pen.fillStyle = colour;
  let last = -Infinity;
  for (const trace of traces) {
    const x = xOf(trace, view, width);
    if (x < 0 || x > width || x - last < 3) continue;
    last = x;
    pen.beginPath();
    pen.moveTo(x - 4, 0);
    pen.lineTo(x + 4, 0);
    pen.lineTo(x, 7);
    pen.fill();
  }
}
