/**
 * A picture of what View shows, to keep or print: title, panels with their axes, colour bar, and in words how it was
 * drawn. It is drawn anew by the code of the screen, not copied from it.
 */
import { type AxisStyle, type Pen, prepare } from "../axes/axis_style.ts";
import { drawHeaderPlot, rangeOf } from "../axes/header_plot.ts";
import { drawOverlays, type Overlay } from "../axes/overlays.ts";
import { drawTimeAxis } from "../axes/time_axis.ts";
import { drawTraceAxis, traceLabels } from "../axes/trace_axis.ts";
import { cssColour } from "../colour/colour_table.ts";
import type { Layer } from "../draw/layer.ts";
import type { Style } from "../draw/style.ts";
import { drawLayers } from "../draw/typed_renderer.ts";
import type { ViewWindow } from "../view/view_window.ts";

export interface SheetPanel {
  readonly title: string;
  /** In few words what it holds, and what must be said of how it was drawn. */
  readonly about: string;
  readonly colour: string;
  /** Layers for so many pixels of the screen. */
  readonly layers: (width: number, height: number) => readonly Layer[];
  readonly overlays: readonly Overlay[];
  readonly view: ViewWindow;
  readonly traces: number;
  /** Values of the curve above, and labels of traces if not their numbers. */
  readonly plot: readonly number[];
  readonly labels: readonly number[] | undefined;
}

export interface Sheet {
  readonly title: string;
  readonly subtitle: string;
  /** How it was drawn. */
  readonly settings: string;
  /** Amplitude at the ends of the colours. */
  readonly ends: string;
  readonly panels: readonly SheetPanel[];
  readonly style: Style;
  readonly axis: AxisStyle;
  /** Word of the curve above the panels. */
  readonly plotWord: string;
}

/** In pixels of the page, as on the screen. */
const MARGIN = 16, TITLE = 44, HEAD = 26, PLOT = 44, LABELS = 20, TIMES = 56, FOOT = 34, BAR = 160;

export interface SheetSize {
  /** Of the amplitudes of one panel. */
  readonly width: number;
  readonly height: number;
}

export function sheetSize({ panels }: Sheet, { width, height }: SheetSize): SheetSize {
  return {
    width: 2 * MARGIN + TIMES + panels.length * width,
    height: 2 * MARGIN + TITLE + HEAD + PLOT + LABELS + height + FOOT,
  };
}

/** Draws into a canvas of `sheetSize` times the axis' ratio. */
export function drawSheet(pen: Pen, sheet: Sheet, size: SheetSize): void {
  const { axis, panels } = sheet, whole = sheetSize(sheet, size);
  prepare(pen, axis, whole.width, whole.height);
  drawTitle(pen, sheet);
  drawSides(pen, sheet, size);
  panels.forEach((panel, i) => drawSheetPanel(pen, sheet, panel, MARGIN + TIMES + i * size.width, size));
  drawFoot(pen, sheet, whole.height - MARGIN - FOOT);
}

function drawTitle(pen: Pen, { axis, title, subtitle }: Sheet): void {
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = axis.text;
  pen.font = axis.font.replace(/^[\d.]+px/, "600 15px");
  pen.fillText(title, MARGIN, MARGIN + 14);
  pen.font = axis.font.replace(/^[\d.]+px/, "12px");
  pen.fillText(subtitle, MARGIN, MARGIN + 33);
}

/** Left of all panels: times, and the range of the curve above. */
function drawSides(
  pen: Pen,
  { axis, plotWord, panels: [{ view, plot }] }: Sheet,
  { height }: SheetSize,
): void {
  const top = MARGIN + TITLE + HEAD, range = rangeOf(plot);
  pen.font = axis.font;
  pen.textAlign = "right";
  pen.textBaseline = "top";
  const lines = [
    plotWord,
    ...(range === undefined ? [] : [axis.format(range.most), axis.format(range.least)]),
  ];
  lines.forEach((line, i) => pen.fillText(line, MARGIN + TIMES - 8, top + 2 + 13 * i));
  stamp(
    pen,
    axis,
    MARGIN,
    top + PLOT + LABELS,
    TIMES,
    height,
    (part) => drawTimeAxis(part, view, TIMES, height, axis),
  );
}

function drawSheetPanel(pen: Pen, sheet: Sheet, panel: SheetPanel, left: number, size: SheetSize): void {
  const { axis, style } = sheet, { width, height } = size, { view, traces, plot, labels } = panel;
  let top = MARGIN + TITLE;
  drawHead(pen, axis, panel, left, top, width);
  top += HEAD;
  stamp(
    pen,
    axis,
    left,
    top,
    width,
    PLOT,
    (part) => drawHeaderPlot(part, plot, rangeOf(plot), view, width, PLOT, axis),
  );
  top += PLOT;
  const named = traceLabels(view, traces, width, axis.format, labels);
  stamp(pen, axis, left, top, width, LABELS, (part) => drawTraceAxis(part, named, view, width, LABELS, axis));
  top += LABELS;
  stamp(pen, axis, left, top, width, height, (part) => {
    const across = part.canvas.width, down = part.canvas.height, image = new ImageData(across, down);
    const bitmap = { width: across, height: down, pixels: new Uint32Array(image.data.buffer) };
    drawLayers(bitmap, panel.layers(across, down), style);
    part.putImageData(image, 0, 0);
  });
  stamp(
    pen,
    axis,
    left,
    top,
    width,
    height,
    (part) => drawOverlays(part, panel.overlays, view, width, height, axis),
  );
  pen.strokeStyle = axis.grid;
  pen.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
}

function drawHead(
  pen: Pen,
  axis: AxisStyle,
  { title, about, colour }: SheetPanel,
  left: number,
  top: number,
  width: number,
): void {
  pen.fillStyle = colour;
  pen.fillRect(left + 8, top + 9, 8, 8);
  pen.fillStyle = axis.text;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.font = axis.font.replace(/^[\d.]+px/, "600 13px");
  pen.fillText(title, left + 24, top + HEAD / 2);
  pen.textAlign = "right";
  pen.font = axis.font;
  pen.fillText(about, left + width - 8, top + HEAD / 2);
}

function drawFoot(pen: Pen, { axis, style, settings, ends }: Sheet, top: number): void {
  const { table } = style, left = MARGIN + TIMES, sign = style.scale < 0 ? -1 : 1;
  for (let x = 0; x < BAR; x++) {
    const place = Math.round(x / (BAR - 1) * (table.length - 1));
    pen.fillStyle = cssColour(table[sign > 0 ? place : table.length - 1 - place]);
    pen.fillRect(left + x, top + 12, 1, 10);
  }
  pen.fillStyle = axis.text;
  pen.font = axis.font;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  pen.fillText(`−${ends}`, left - 6, top + 17);
  pen.textAlign = "left";
  pen.fillText(`+${ends}`, left + BAR + 6, top + 17);
  pen.fillText(settings, left + BAR + 24 + pen.measureText(`+${ends}`).width, top + 17);
}

/** What draws at a corner of its own is drawn aside and put in its place. */
function stamp(
  pen: Pen,
  { ratio }: AxisStyle,
  left: number,
  top: number,
  width: number,
  height: number,
  draw: (part: CanvasRenderingContext2D) => void,
): void {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const part = canvas.getContext("2d");
  if (part === null) return;
  draw(part);
  pen.drawImage(canvas, left, top, width, height);
}
