import fc from "fast-check";
import { expect, test } from "vitest";
import { Levels, reduced } from "../../../src/ui/canvas/picture/levels.ts";
import type { Grid } from "../../../src/ui/canvas/picture/picture.ts";

function grid(columns: number, rows: number, value: (column: number, row: number) => number): Grid {
  const data = Float32Array.from(
    { length: columns * rows },
    (_, i) => value(Math.floor(i / rows), i % rows),
  );
  return { columns, rows, data };
}

/** The value farthest from zero of a block, the positive one of two, NaN before all. */
function peak(
  { columns, rows, data }: Grid,
  across: number,
  down: number,
  column: number,
  row: number,
): number {
  let best = -0;
  for (let c = column * across; c < Math.min(columns, (column + 1) * across); c++) {
    for (let r = row * down; r < Math.min(rows, (row + 1) * down); r++) {
      const value = data[c * rows + r];
      if (Number.isNaN(value)) return NaN;
      if (Math.abs(value) > Math.abs(best) || value === -best && value > 0) best = value;
    }
  }
  return best;
}

test("a lone sample is seen on every level, whatever its sign and place", () => {
  for (const [column, row, value] of [[0, 0, -9], [36, 50, 9], [17, 33, -9]] as const) {
    const levels = new Levels(
      grid(37, 51, (c, r) => c === column && r === row ? value : Math.sin(c * 3 + r) * 2),
    );
    for (let across = 0; across < 6; across++) {
      for (let down = 0; down < 6; down++) {
        const level = levels.at(across, down);
        expect(level.data[(column >> across) * level.rows + (row >> down)]).toBe(value);
      }
    }
  }
});

test("each cell of a level is what is farthest from zero below it", () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity));
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(size, size, fc.nat(3), fc.nat(3), fc.array(value, { minLength: 81, maxLength: 81 }), (
      columns,
      rows,
      across,
      down,
      values,
    ) => {
      const source = grid(columns, rows, (c, r) => values[c * 9 + r]);
      const level = new Levels(source).at(across, down);
      for (let c = 0; c < level.columns; c++) {
        for (let r = 0; r < level.rows; r++) {
          const found = level.data[c * level.rows + r];
          expect(found === 0 ? 0 : found).toBe(peak(source, 2 ** across, 2 ** down, c, r) || found && NaN);
        }
      }
    }),
  );
});

test("a level is the same from whatever finer level it is made", () => {
  const source = grid(23, 19, (c, r) => ((c * 7 + r * 13) % 5) - 2);
  const base = new Levels(source).base;
  const whole = reduced(base, 2, 3);
  for (const between of [reduced(base, 1, 0), reduced(base, 0, 2), reduced(base, 2, 1)]) {
    expect([...reduced(between, 2, 3).data]).toEqual([...whole.data]);
  }
});

test("a sample that is no number wins on every level", () => {
  const levels = new Levels(grid(16, 16, (c, r) => c === 5 && r === 6 ? NaN : c === 12 ? Infinity : 1e30));
  const top = levels.at(4, 4);
  expect([...top.data]).toEqual([NaN]);
  const half = levels.at(3, 3);
  expect([...half.data]).toEqual([NaN, 1e30, Infinity, Infinity].map(Math.fround));
});
