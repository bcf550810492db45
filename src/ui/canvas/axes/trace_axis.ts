/** Labels of traces above a panel: their numbers from 1, or the values of a header word. */
import type { ViewWindow } from "../view/view_window.ts";
import { type AxisStyle, crisp, type Pen, prepare } from "./axis_style.ts";
import { roundStep } from "./ticks.ts";

const SPACING = 44;

export interface TraceLabel {
  /** From 0. */
  readonly trace: number;
  readonly text: string;
}

/** The first trace and then each number that is round, as far apart as the labels need. */
export function traceLabels(
  view: ViewWindow,
  traces: number,
  width: number,
  format: (value: number) => string,
  values?: readonly number[],
): TraceLabel[] {
  const step = Math.max(1, roundStep(view.traces / width * SPACING));
  const first = Math.max(0, Math.floor(view.firstTrace)),
    end = Math.min(traces, view.firstTrace + view.traces);
  const labels: TraceLabel[] = [];
  for (let number = Math.ceil((first + 1) / step) * step; number - 1 < end; number += step) {
    labels.push({ trace: number - 1, text: format(values?.[number - 1] ?? number) });
  }
  const room = labels.length === 0 ? Infinity : labels[0].trace - first;
  if (first < end && room / view.traces * width >= SPACING) {
    labels.unshift({ trace: first, text: format(values?.[first] ?? first + 1) });
  }
  return labels;
}

/** Pixels from the left of the panel to the middle of a trace. */
export function xOf(trace: number, { firstTrace, traces }: ViewWindow, width: number): number {
  return (trace + 0.5 - firstTrace) / traces * width;
}

export function drawTraceAxis(
  pen: Pen,
  labels: readonly TraceLabel[],
  view: ViewWindow,
  width: number,
  height: number,
  style: AxisStyle,
): void {
  prepare(pen, style, width, height);
  pen.fillStyle = style.text;
  pen.strokeStyle = style.text;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.beginPath();
  for (const { trace, text } of labels) {
    const x = xOf(trace, view, width), half = pen.measureText(text).width / 2;
    pen.fillText(text, Math.max(half + 2, Math.min(width - half - 2, x)), height / 2 - 1);
    pen.moveTo(crisp(x, style.ratio), height - 4);
    pen.lineTo(crisp(x, style.ratio), height);
  }
  pen.stroke();
}
