/** Density on plain memory: one colour for each pixel. */
import { COLOURS, MIDDLE } from "../colour/colour_table.ts";
import { MAGNITUDE } from "../picture/magnitude.ts";
import type { Level } from "../picture/levels.ts";
import { densityTables, type Layer } from "./layer.ts";
import type { Spans } from "./placement.ts";
import { interpolate, nearest, type Taps } from "./sinc.ts";
import type { Style } from "./style.ts";

/** Pixels row by row, a colour each as in `colour_table.ts`. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** Draws the layer where it has cells and leaves all other pixels. */
export function drawDensity(bitmap: Bitmap, layer: Layer, style: Style): void {
  const { columns, rows, taps } = densityTables(layer);
  const level = layer.levels.at(columns.level, rows.level);
  if (taps !== null) drawInterpolated(bitmap, level, columns, rows, taps, style);
  else if (isEnlarged(columns) && isEnlarged(rows)) drawNearest(bitmap, level, columns, rows, style);
  else drawReduced(bitmap, level, columns, rows, style);
}

function isEnlarged({ from, to }: Spans): boolean {
  return from.every((first, i) => to[i] - first <= 1);
}

/** The sample itself, under each pixel one. */
function drawNearest(bitmap: Bitmap, level: Level, columns: Spans, rows: Spans, style: Style): void {
  const { width, height, pixels } = bitmap, { data, rows: stride } = level;
  const across = columns.from, colours = coloursOf(style), steps = style.scale * MIDDLE;
  for (let y = 0; y < height; y++) {
    const row = rows.from[y], to = y * width;
    if (row < 0) continue;
    for (let x = 0, last = -1, shade = 0; x < width; x++) {
      const column = across[x];
      if (column < 0) continue;
      if (column !== last) shade = colours[entryOf(data[column * stride + row], steps)];
      last = column;
      pixels[to + x] = shade;
    }
  }
}

/**
 * What is farthest from zero among the cells under each pixel. They are at most two by two but at the border, and are
 * compared one by one here: a loop over them takes twice the time.
 */
function drawReduced(bitmap: Bitmap, level: Level, columns: Spans, rows: Spans, style: Style): void {
  const { width, height, pixels } = bitmap,
    { data, rows: stride } = level,
    colours = coloursOf(style),
    steps = style.scale * MIDDLE;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  for (let y = 0; y < height; y++) {
    const top = rows.from[y], bottom = rows.to[y], out = y * width, two = bottom - top === 2;
    if (top < 0) continue;
    for (let x = 0; x < width; x++) {
      const left = columns.from[x], across = columns.to[x] - left;
      if (left < 0) continue;
      let best = left * stride + top;
      if (across > 2 || bottom - top > 2) best = placeOfPeak(bits, stride, left, columns.to[x], top, bottom);
      else {
        if (two && isLarger(bits[best + 1], bits[best])) best++;
        const beside = left * stride + stride + top;
        if (across === 2 && isLarger(bits[beside], bits[best])) best = beside;
        if (across === 2 && two && isLarger(bits[beside + 1], bits[best])) best = beside + 1;
      }
      pixels[out + x] = colours[entryOf(data[best], steps)];
    }
  }
}

function isLarger(one: number, other: number): boolean {
  const a = one & MAGNITUDE, b = other & MAGNITUDE;
  return a > b || (a === b && one > other);
}

function placeOfPeak(
  bits: Int32Array,
  stride: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  let best = left * stride + top;
  for (let column = left; column < right; column++) {
    for (let at = column * stride + top, end = column * stride + bottom; at < end; at++) {
      if (isLarger(bits[at], bits[best])) best = at;
    }
  }
  return best;
}

/** Between the samples of a trace; across traces as they are. */
function drawInterpolated(
  bitmap: Bitmap,
  level: Level,
  columns: Spans,
  rows: Spans,
  taps: Taps,
  style: Style,
): void {
  const { width, height, pixels } = bitmap, { data, rows: samples } = level;
  const across = columns.from, colours = coloursOf(style), steps = style.scale * MIDDLE;
  for (let y = 0; y < height; y++) {
    if (rows.from[y] < 0) continue;
    const middle = nearest(taps, y, samples), to = y * width;
    for (let x = 0, last = -1, shade = 0; x < width; x++) {
      const column = across[x];
      if (column < 0) continue;
      if (column !== last) {
        const start = column * samples, here = data[start + middle];
        const value = isNumber(here) ? interpolate(data, start, samples, taps, y) : here;
        shade = colours[entryOf(value, steps)];
      }
      last = column;
      pixels[to + x] = shade;
    }
  }
}

/** The colours of a style with one more, that of samples which are no finite numbers. */
function coloursOf({ table, notFinite }: Style): Uint32Array {
  const colours = new Uint32Array(COLOURS + 1);
  colours.set(table);
  colours[COLOURS] = notFinite;
  return colours;
}

/** The entry of an amplitude among them. */
export function entryOf(amplitude: number, steps: number): number {
  if (!isNumber(amplitude)) return COLOURS;
  const place = amplitude * steps;
  return place >= MIDDLE ? 2 * MIDDLE : place <= -MIDDLE ? 0 : (place + MIDDLE + 0.5) | 0;
}

/** Neither NaN nor infinite: the same as `Number.isFinite`, faster here. */
function isNumber(amplitude: number): boolean {
  return amplitude - amplitude === 0;
}
