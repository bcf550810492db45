/**
 * Which cells lie under which pixel. Both renderers take these tables, so they agree on every pixel.
 *
 * Enlarged, a pixel shows the cell under its middle. Reduced, the cells of a level are shared out: a pixel takes those
 * whose first edge lies in it, so each cell belongs to exactly one pixel and a lone peak is neither lost nor widened.
 */

/** How one direction of a grid lies on the screen. */
export interface Scale {
  /** Place on the grid, in cells, of the first edge of pixel 0. */
  readonly origin: number;
  /** Cells in a pixel. */
  readonly step: number;
  readonly pixels: number;
}

export interface Spans {
  /** Cells of the picture in one of the level, as a power of two. */
  readonly level: number;
  /** For each pixel the cells of the level from `from` up to and without `to`; both -1 outside of the grid. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export function levelOf(step: number): number {
  let level = 0;
  while (2 ** (level + 1) <= step) level++;
  return level;
}

/** At most two cells a pixel. */
export function spansOf(scale: Scale, cells: number): Spans {
  return scale.step <= 1 ? enlarged(scale, cells) : shared(scale, cells);
}

function enlarged({ origin, step, pixels }: Scale, cells: number): Spans {
  const from = new Int32Array(pixels).fill(-1), to = new Int32Array(pixels).fill(-1);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const cell = Math.floor(origin + (pixel + 0.5) * step);
    if (cell < 0 || cell >= cells) continue;
    from[pixel] = cell;
    to[pixel] = cell + 1;
  }
  return { level: 0, from, to };
}

function shared({ origin, step, pixels }: Scale, cells: number): Spans {
  const level = levelOf(step), size = 2 ** level, last = Math.ceil(cells / size);
  const edge = (pixel: number) => (origin + pixel * step) / size;
  const from = new Int32Array(pixels).fill(-1), to = new Int32Array(pixels).fill(-1);
  for (let pixel = 0; pixel < pixels; pixel++) {
    // What is cut by the left border of the screen is shown there, not lost.
    const low = pixel === 0 ? Math.floor(edge(0)) : Math.ceil(edge(pixel)), high = Math.ceil(edge(pixel + 1));
    if (high <= Math.max(0, low) || low >= last) continue;
    from[pixel] = Math.max(0, low);
    to[pixel] = Math.min(last, high);
  }
  return { level, from, to };
}
