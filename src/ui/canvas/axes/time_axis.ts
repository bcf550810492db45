/** Times down the left side: labels at round milliseconds, with ticks between them. */
import type { ViewWindow } from "../view/view_window.ts";
import { type AxisStyle, crisp, type Pen, prepare } from "./axis_style.ts";
import { finerStep, ticksOf } from "./ticks.ts";

const LABEL_SPACING = 60;
const TICK_SPACING = 11;
const LABEL_HEIGHT = 11;

export interface TimeMarks {
  readonly labelled: readonly number[];
  readonly between: readonly number[];
}

/** The times that are marked on so many pixels down. */
export function timeMarks({ startMs, lengthMs }: ViewWindow, height: number): TimeMarks {
  const end = startMs + lengthMs;
  const labelled = ticksOf(startMs, end, height, LABEL_SPACING);
  const finer = finerStep(labelled.step, height / lengthMs, TICK_SPACING);
  const between = ticksOf(startMs, end, height, 0, finer).values;
  return { labelled: labelled.values, between: between.filter((ms) => !labelled.values.includes(ms)) };
}

/** Pixels from the top of the panel to a time. */
export function yOf(ms: number, { startMs, lengthMs }: ViewWindow, height: number): number {
  return (ms - startMs) / lengthMs * height;
}

/** Draws into the rectangle of the axis, whose right side is the panel's left. */
export function drawTimeAxis(
  pen: Pen,
  view: ViewWindow,
  width: number,
  height: number,
  style: AxisStyle,
): void {
  prepare(pen, style, width, height);
  const { labelled, between } = timeMarks(view, height);
  pen.strokeStyle = style.grid;
  strokeTicks(pen, between, view, width, height, 3, style.ratio);
  pen.strokeStyle = style.text;
  strokeTicks(pen, labelled, view, width, height, 5, style.ratio);
  pen.fillStyle = style.text;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const ms of labelled) {
    const y = yOf(ms, view, height), half = LABEL_HEIGHT / 2;
    pen.fillText(style.format(ms), width - 8, Math.max(half, Math.min(height - half, y)));
  }
}

function strokeTicks(
  pen: Pen,
  times: readonly number[],
  view: ViewWindow,
  width: number,
  height: number,
  length: number,
  ratio: number,
): void {
  pen.beginPath();
  for (const ms of times) {
    const y = crisp(yOf(ms, view, height), ratio);
    pen.moveTo(width - length, y);
    pen.lineTo(width, y);
  }
  pen.stroke();
}
