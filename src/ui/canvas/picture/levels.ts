/**
 * The levels of a picture: its grid halved again and again, across and down apart, each cell keeping what is farthest
 * from zero below it. A lone peak stays visible however far one is from it. Levels are made when first drawn and a few
 * are kept: zooming both ways together needs few of them.
 */
import type { Grid } from "./picture.ts";
import { largerInMagnitude, MAGNITUDE } from "./magnitude.ts";

const KEPT = 6;

export interface Level extends Grid {
  /** Cells of the picture in one of the level, as powers of two. */
  readonly across: number;
  readonly down: number;
}

export class Levels {
  readonly base: Level;
  readonly #made = new Map<string, Level>();

  constructor(picture: Grid) {
    const { columns, rows, data } = picture;
    this.base = { columns, rows, data, across: 0, down: 0 };
  }

  at(across: number, down: number): Level {
    if (across === 0 && down === 0) return this.base;
    const name = `${across} ${down}`;
    const level = this.#made.get(name) ?? reduced(this.#nearest(across, down), across, down);
    this.#made.delete(name);
    this.#made.set(name, level);
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= KEPT) break;
      this.#made.delete(oldest);
    }
    return level;
  }

  /** The smallest level that is there and fine enough to make the one asked for. */
  #nearest(across: number, down: number): Level {
    let best = this.base;
    for (const level of this.#made.values()) {
      if (level.across > across || level.down > down) continue;
      if (level.data.length < best.data.length) best = level;
    }
    return best;
  }
}

/** The level whose cells join `2^across` by `2^down` cells of the picture, made from a finer one. */
export function reduced(from: Level, across: number, down: number): Level {
  const acrossHere = across - from.across, downHere = down - from.down;
  const columns = Math.ceil(from.columns / 2 ** acrossHere), rows = Math.ceil(from.rows / 2 ** downHere);
  const data = new Float32Array(columns * rows);
  const source = new Int32Array(from.data.buffer, from.data.byteOffset, from.data.length);
  const target = new Int32Array(data.buffer);
  const smallest = -0x80000000;
  target.fill(smallest);
  for (let column = 0; column < from.columns; column++) {
    joinColumn(source, column * from.rows, from.rows, target, (column >> acrossHere) * rows, downHere);
  }
  return { columns, rows, data, across, down };
}

function joinColumn(
  source: Int32Array,
  start: number,
  count: number,
  target: Int32Array,
  to: number,
  down: number,
): void {
  for (let row = 0; row < count; row++) {
    const bits = source[start + row], there = to + (row >> down), found = target[there];
    if ((bits & MAGNITUDE) >= (found & MAGNITUDE)) target[there] = largerInMagnitude(bits, found);
  }
}
