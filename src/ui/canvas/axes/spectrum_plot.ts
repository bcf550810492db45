/** Amplitudes over frequency as lines, in decibels below the strongest of all or as they are. */
import { type AxisStyle, crisp, type Pen, prepare } from "./axis_style.ts";
import { ticksOf } from "./ticks.ts";

export interface SpectrumLine {
  readonly stepHz: number;
  readonly values: ArrayLike<number>;
  readonly colour: string;
}

/** Decibels from the top to the bottom of the plot. */
const RANGE_DB = 60;
const LEFT = 36, BOTTOM = 20, TOP = 8, RIGHT = 10;

/** From 0 at the bottom to 1 at the strongest amplitude. */
export function heightOf(value: number, strongest: number, inDecibels: boolean): number {
  if (!(strongest > 0)) return 0;
  if (!inDecibels) return value / strongest;
  return Math.max(0, 1 + 20 * Math.log10(Math.max(value, 1e-30) / strongest) / RANGE_DB);
}

export function drawSpectra(
  pen: Pen,
  lines: readonly SpectrumLine[],
  inDecibels: boolean,
  width: number,
  height: number,
  style: AxisStyle,
): void {
  prepare(pen, style, width, height);
  const nyquist = Math.max(1, ...lines.map(({ stepHz, values }) => stepHz * (values.length - 1)));
  const strongest = lines.reduce(
    (most, { values }) => Array.from(values).reduce((a, b) => Math.max(a, b), most),
    0,
  );
  const x = (hz: number) => LEFT + hz / nyquist * (width - LEFT - RIGHT);
  const y = (part: number) => height - BOTTOM - part * (height - BOTTOM - TOP);
  drawGrid(pen, nyquist, inDecibels, x, y, width, style);
  for (const { stepHz, values, colour } of lines) {
    pen.strokeStyle = colour;
    pen.beginPath();
    for (let i = 0; i < values.length; i++) {
      pen.lineTo(x(i * stepHz), y(heightOf(values[i], strongest, inDecibels)));
    }
    pen.stroke();
  }
}

function drawGrid(
  pen: Pen,
  nyquist: number,
  inDecibels: boolean,
  x: (hz: number) => number,
  y: (part: number) => number,
  width: number,
  { ratio, grid, text, format }: AxisStyle,
): void {
  pen.strokeStyle = grid;
  pen.fillStyle = text;
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.beginPath();
  for (const hz of ticksOf(0, nyquist, width - LEFT - RIGHT, 48).values) {
    pen.moveTo(crisp(x(hz), ratio), y(0));
    pen.lineTo(crisp(x(hz), ratio), y(1));
    pen.fillText(format(hz), x(hz), y(0) + 11);
  }
  pen.textAlign = "right";
  for (const part of [0, 1 / 3, 2 / 3, 1]) {
    pen.moveTo(x(0), crisp(y(part), ratio));
    pen.lineTo(x(nyquist), crisp(y(part), ratio));
    if (inDecibels) {
      pen.fillText(`−${Math.round((1 - part) * RANGE_DB)}`.replace("−0", "0"), LEFT - 5, y(part));
    }
  }
  pen.stroke();
}
