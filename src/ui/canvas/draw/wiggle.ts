/**
 * Wiggles with their positive side filled, as one interval of ink for each trace and row of pixels: from the least to
 * the greatest value of the curve within the row, widened by half the line, and to the trace's zero where it is
 * positive. Both renderers paint these intervals.
 */
import type { Picture } from "../picture/picture.ts";
import type { Layer } from "./layer.ts";
import type { Scale } from "./placement.ts";
import { interpolate, type Taps, tapsOf } from "./sinc.ts";
import { EXCURSION, LARGEST_EXCURSION, type Style } from "./style.ts";

/** Edges in pixels by `[trace][row]`, first left and then right; equal where there is nothing. */
export interface Ink {
  readonly traces: number;
  readonly rows: number;
  readonly edges: Float32Array;
  /** By `[trace][row]`: 1 where the samples are no finite numbers, and the interval marks the place. */
  readonly notFinite: Uint8Array;
}

export function inkOf(layer: Layer, style: Style): Ink {
  const { picture, across, down } = layer;
  const [first, end] = columnsWithin(across, picture.columns);
  const traces = Math.max(0, end - first), rows = down.pixels;
  const ink: Ink = {
    ...{ traces, rows },
    edges: new Float32Array(traces * rows * 2),
    notFinite: new Uint8Array(traces * rows),
  };
  const curve = curveOf(picture, down);
  for (let trace = 0; trace < traces; trace++) inkTrace(ink, trace, first + trace, curve, across, style);
  return ink;
}

/** Traces that lie on the screen or may swing into it. */
function columnsWithin({ origin, step, pixels }: Scale, columns: number): [number, number] {
  const first = Math.floor(origin - LARGEST_EXCURSION - 0.5),
    end = origin + pixels * step + LARGEST_EXCURSION;
  return [Math.max(0, first), Math.min(columns, Math.ceil(end + 0.5))];
}

/** Tells the least and greatest value of a column within a row of pixels; false where there are no samples. */
type Curve = (column: number, row: number, extent: { low: number; high: number }) => boolean;

function curveOf(picture: Picture, down: Scale): Curve {
  return picture.extremes === null && down.step < 1
    ? smoothCurve(picture, down)
    : sampledCurve(picture, down);
}

/** Enlarged: the curve between its places at the upper and the lower edge of the row. */
function smoothCurve({ data, rows: samples }: Picture, { origin, step, pixels }: Scale): Curve {
  const taps: Taps = tapsOf(pixels + 1, (edge) => origin + edge * step - 0.5);
  return (column, row, extent) => {
    const middle = origin + (row + 0.5) * step;
    if (middle < 0 || middle >= samples) return false;
    const start = column * samples, here = data[start + Math.floor(middle)];
    const top = interpolate(data, start, samples, taps, row);
    const bottom = interpolate(data, start, samples, taps, row + 1);
    const finite = Number.isFinite(here);
    extent.low = finite ? least(top, bottom, here) : here;
    extent.high = finite ? greatest(top, bottom, here) : here;
    return true;
  };
}

/** Without a place that is no number: `here` is finite then. */
function least(top: number, bottom: number, here: number): number {
  const low = Math.min(top, bottom);
  return Number.isFinite(low) ? low : here;
}

function greatest(top: number, bottom: number, here: number): number {
  const high = Math.max(top, bottom);
  return Number.isFinite(high) ? high : here;
}

/** Reduced: all samples of the row and the first of the next, so that the line does not break. */
function sampledCurve(picture: Picture, { origin, step }: Scale): Curve {
  const { rows: cells, extremes, data } = picture;
  return (column, row, extent) => {
    const from = Math.max(0, Math.floor(origin + row * step));
    const to = Math.min(cells - 1, Math.floor(origin + (row + 1) * step));
    if (to < from || origin + row * step >= cells) return false;
    const minima = extremes === null ? column * cells : column * 2 * cells;
    const maxima = extremes === null ? minima : minima + cells;
    const source = extremes ?? data;
    let low = Infinity, high = -Infinity;
    for (let cell = from; cell <= to; cell++) {
      const below = source[minima + cell], above = source[maxima + cell];
      if (!(Number.isFinite(below) && Number.isFinite(above))) {
        extent.low = extent.high = NaN;
        return true;
      }
      if (below < low) low = below;
      if (above > high) high = above;
    }
    extent.low = low;
    extent.high = high;
    return true;
  };
}

function inkTrace(ink: Ink, trace: number, column: number, curve: Curve, across: Scale, style: Style): void {
  const width = 1 / across.step, zero = (column + 0.5 - across.origin) * width;
  const swing = EXCURSION * width * style.scale, most = LARGEST_EXCURSION * width, half = style.lineWidth / 2;
  const extent = { low: 0, high: 0 };
  for (let row = 0; row < ink.rows; row++) {
    if (!curve(column, row, extent)) continue;
    const at = trace * ink.rows + row;
    if (!Number.isFinite(extent.low)) {
      ink.notFinite[at] = 1;
      ink.edges[2 * at] = zero - width / 2;
      ink.edges[2 * at + 1] = zero + width / 2;
      continue;
    }
    const a = clamp(extent.low * swing, most), b = clamp(extent.high * swing, most);
    const low = Math.min(a, b), high = Math.max(a, b);
    ink.edges[2 * at] = zero + (high > 0 ? Math.min(low - half, 0) : low - half);
    ink.edges[2 * at + 1] = zero + high + half;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
