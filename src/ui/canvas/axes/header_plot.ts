/** A header word as a curve above the panel. */
import type { ViewWindow } from "../view/view_window.ts";
import { type AxisStyle, type Pen, prepare } from "./axis_style.ts";
import { xOf } from "./trace_axis.ts";

const MARGIN = 4;

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Over all traces, so that the curve keeps its height while one moves along it; undefined without a finite value. */
export function rangeOf(values: readonly number[]): Range | undefined {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least > most ? undefined : { least, most };
}

/** Points by pixel: where several traces share one, their least and greatest value. */
export function curveOf(
  values: readonly number[],
  view: ViewWindow,
  width: number,
): { x: number; low: number; high: number }[] {
  const first = Math.max(0, Math.floor(view.firstTrace) - 1);
  const end = Math.min(values.length, Math.ceil(view.firstTrace + view.traces) + 1);
  const points: { x: number; low: number; high: number }[] = [];
  for (let trace = first; trace < end; trace++) {
    const x = xOf(trace, view, width), value = values[trace], last = points.at(-1);
    if (!Number.isFinite(value)) continue;
    if (last !== undefined && x - last.x < 1) {
      last.low = Math.min(last.low, value);
      last.high = Math.max(last.high, value);
    } else points.push({ x, low: value, high: value });
  }
  return points;
}

export function drawHeaderPlot(
  pen: Pen,
  values: readonly number[],
  range: Range | undefined,
  view: ViewWindow,
  width: number,
  height: number,
  style: AxisStyle,
): void {
  prepare(pen, style, width, height);
  if (range === undefined) return;
  const { least, most } = range, tall = height - 2 * MARGIN;
  const y = (value: number) => most === least ? height / 2 : MARGIN + (most - value) / (most - least) * tall;
  pen.strokeStyle = style.text;
  pen.lineJoin = "round";
  pen.beginPath();
  for (const { x, low, high } of curveOf(values, view, width)) {
    pen.lineTo(x, y(high));
    if (low !== high) pen.lineTo(x, y(low));
  }
  pen.stroke();
}
