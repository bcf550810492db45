/**
 * Grids in textures no larger than the context takes, split both ways. Neighbours overlap, so that each pixel finds all
 * cells that it needs in the one tile that its first cell belongs to.
 */
import type { Level } from "../picture/levels.ts";
import { makeTexture, texelFormats } from "./program.ts";

/** Cells that a tile knows beyond its own: the reach of interpolation, and more than a pixel's cells. */
const OVERLAP = 4;

export interface Tile {
  readonly texture: WebGLTexture;
  /** Its own cells on the grid: columns and rows from the first up to and without the end. */
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
  /** The cell of the grid at the texture's corner. */
  readonly corner: readonly [column: number, row: number];
}

/** Ranges of at most `size` that fill 0 to `count`. */
export function cut(count: number, size: number): [number, number][] {
  const pieces = Math.ceil(count / size);
  return Array.from({ length: pieces }, (_, i) => [i * size, Math.min(count, (i + 1) * size)]);
}

export function makeTiles(gl: WebGL2RenderingContext, level: Level, limit: number): Tile[] {
  const own = limit - 2 * OVERLAP;
  return cut(level.columns, own).flatMap((columns) =>
    cut(level.rows, own).map((rows) => makeTile(gl, level, columns, rows))
  );
}

/** A row of the texture is a column of the grid, as it lies in memory: nothing is copied or turned. */
function makeTile(
  gl: WebGL2RenderingContext,
  level: Level,
  columns: [number, number],
  rows: [number, number],
): Tile {
  const [left, right] = widened(columns, level.columns), [top, bottom] = widened(rows, level.rows);
  const { internal, format, type } = texelFormats(gl).amplitude;
  const texture = makeTexture(gl);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, level.rows);
  gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, top);
  gl.pixelStorei(gl.UNPACK_SKIP_ROWS, left);
  gl.texImage2D(gl.TEXTURE_2D, 0, internal, bottom - top, right - left, 0, format, type, level.data);
  for (const name of [gl.UNPACK_ROW_LENGTH, gl.UNPACK_SKIP_PIXELS, gl.UNPACK_SKIP_ROWS]) {
    gl.pixelStorei(name, 0);
  }
  return { texture, columns, rows, corner: [left, top] };
}

function widened([from, end]: readonly [number, number], count: number): [number, number] {
  return [Math.max(0, from - OVERLAP), Math.min(count, end + OVERLAP)];
}
