/** Paints the ink of wiggles on plain memory, with smooth edges across. */
import type { Bitmap } from "./density.ts";
import type { Ink } from "./wiggle.ts";
import type { Style } from "./style.ts";

export function paintInk(bitmap: Bitmap, ink: Ink, { ink: colour, notFinite }: Style): void {
  const { traces, rows, edges } = ink;
  for (let row = 0; row < rows; row++) {
    for (let trace = 0; trace < traces; trace++) {
      const at = trace * rows + row;
      const left = edges[2 * at], right = edges[2 * at + 1];
      if (right > left) paint(bitmap, row, left, right, ink.notFinite[at] === 1 ? notFinite : colour);
    }
  }
}

/** Whole pixels are covered, those at the ends by the part that lies within. */
function paint({ width, pixels }: Bitmap, row: number, left: number, right: number, colour: number): void {
  const first = Math.max(0, Math.floor(left)), end = Math.min(width, Math.ceil(right));
  for (let x = first; x < end; x++) {
    const covered = Math.min(right, x + 1) - Math.max(left, x);
    const at = row * width + x;
    pixels[at] = covered >= 1 ? colour : mixed(pixels[at], colour, covered);
  }
}

function mixed(under: number, over: number, share: number): number {
  let colour = 0;
  for (let shift = 0; shift < 24; shift += 8) {
    const a = under >>> shift & 255, b = over >>> shift & 255;
    colour |= (a + (b - a) * share + 0.5) << shift;
  }
  return (colour | 0xff000000) >>> 0;
}
