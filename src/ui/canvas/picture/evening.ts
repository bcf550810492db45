/**
 * Traces evened out for the eye: by their own strength, or by the strength within a window that moves down each trace
 * (AGC). The factors come from one picture and serve all panels beside it, so that a difference stays one.
 */
import type { Picture } from "./picture.ts";

/** One factor for each cell: `[column][row]`. */
export interface Evening {
  readonly columns: number;
  readonly rows: number;
  readonly factors: Float32Array;
}

/** One over the root of the mean square of each trace; dead traces stay as they are. */
export function evenedByTrace(picture: Picture): Evening {
  return evened(picture, (squares, row, rows) => row === 0 ? sumOf(squares, 0, rows) : undefined);
}

/** One over the root of the mean square within `windowMs` about each sample, which is shorter at the ends. */
export function evenedByWindow(picture: Picture, windowMs: number): Evening {
  const half = Math.max(0, Math.round(windowMs / (picture.intervalMs * picture.samplesPerRow) / 2));
  return evened(
    picture,
    (squares, row, rows) => sumOf(squares, Math.max(0, row - half), Math.min(rows, row + half + 1)),
  );
}

/** The mean square that a row's factor comes from; undefined: that of the row before. */
type MeanSquare = (squares: Running, row: number, rows: number) => number | undefined;

/** Sums and counts of the finite samples before each row. */
interface Running {
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

function evened({ columns, rows, data }: Picture, meanSquare: MeanSquare): Evening {
  const factors = new Float32Array(columns * rows);
  const running: Running = { sums: new Float64Array(rows + 1), counts: new Uint32Array(rows + 1) };
  for (let column = 0; column < columns; column++) {
    addUp(data, column * rows, rows, running);
    let factor = 1;
    for (let row = 0; row < rows; row++) {
      const mean = meanSquare(running, row, rows);
      if (mean !== undefined) factor = mean > 0 ? 1 / Math.sqrt(mean) : 1;
      factors[column * rows + row] = factor;
    }
  }
  return { columns, rows, factors };
}

function addUp(data: Float32Array, start: number, rows: number, { sums, counts }: Running): void {
  for (let row = 0; row < rows; row++) {
    const value = data[start + row], isFinite = Number.isFinite(value);
    sums[row + 1] = sums[row] + (isFinite ? value * value : 0);
    counts[row + 1] = counts[row] + (isFinite ? 1 : 0);
  }
}

function sumOf({ sums, counts }: Running, from: number, to: number): number {
  const count = counts[to] - counts[from];
  return count === 0 ? 0 : (sums[to] - sums[from]) / count;
}

/** The picture with each cell times its factor; undefined when the factors are of another shape. */
export function applied(picture: Picture, { columns, rows, factors }: Evening): Picture | undefined {
  if (picture.columns !== columns || picture.rows !== rows) return undefined;
  const data = picture.data.map((value, i) => value * factors[i]);
  const extremes = picture.extremes?.map((value, i) => {
    const column = Math.floor(i / (2 * rows)), row = i % rows;
    return value * factors[column * rows + row];
  });
  return { ...picture, data, extremes: extremes ?? null };
}
