/**
 * Draws a panel as density on plain typed arrays. Each pixel shows the signed value of largest magnitude among the
 * samples under it, so that a lone peak survives any reduction.
 */
import type { PanelHeader } from "../../shared/protocol/gathers.ts";
import { COLORS } from "./color_maps.ts";

export interface DensityPicture {
  /** Pixels, `[y][x]`. */
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

export interface DensityLook {
  /** The amplitude that gets the ends of the colour table. */
  readonly clip: number;
  readonly colors: Uint32Array;
  /** The pixel of a sample that is not finite. */
  readonly notFinite: number;
}

/** Draws the first `columns` columns over the whole picture. */
export function drawDensity(
  panel: PanelHeader,
  data: Float32Array,
  columns: number,
  picture: DensityPicture,
  look: DensityLook,
): void {
  const { pixels, width, height } = picture;
  const scale = look.clip > 0 ? (COLORS - 1) / 2 / look.clip : 0;
  const middle = (COLORS - 1) / 2;
  for (let x = 0; x < width; x++) {
    const fromColumn = Math.floor(x * columns / width);
    const toColumn = Math.max(fromColumn + 1, Math.floor((x + 1) * columns / width));
    for (let y = 0; y < height; y++) {
      const fromRow = Math.floor(y * panel.rows / height);
      const toRow = Math.max(fromRow + 1, Math.floor((y + 1) * panel.rows / height));
      const value = largest(panel, data, fromColumn, toColumn, fromRow, toRow);
      const index = Math.max(0, Math.min(COLORS - 1, Math.round(middle + value * scale)));
      pixels[y * width + x] = Number.isFinite(value) ? look.colors[index] : look.notFinite;
    }
  }
}

/** The signed value of largest magnitude; NaN when there is one. */
function largest(
  { kind, rows }: PanelHeader,
  data: Float32Array,
  fromColumn: number,
  toColumn: number,
  fromRow: number,
  toRow: number,
): number {
  const lines = kind === "envelope" ? 2 : 1;
  let best = 0;
  for (let line = fromColumn * lines; line < toColumn * lines; line++) {
    for (let i = line * rows + fromRow; i < line * rows + toRow; i++) {
      const value = data[i];
      // Also true for NaN, which no comparison is.
      if (!(Math.abs(value) <= Math.abs(best))) best = value;
      if (Number.isNaN(best)) return best;
    }
  }
  return best;
}

/** The magnitude that this share of the values does not exceed: 0.98 shows all but the strongest fiftieth. */
export function clipOf(data: Float32Array, share: number): number {
  const step = Math.max(1, Math.floor(data.length / 50_000));
  const magnitudes = new Float32Array(Math.ceil(data.length / step));
  for (let i = 0; i < magnitudes.length; i++) {
    const value = Math.abs(data[i * step]);
    magnitudes[i] = Number.isFinite(value) ? value : 0;
  }
  magnitudes.sort();
  const clip = magnitudes[Math.min(magnitudes.length - 1, Math.floor(share * magnitudes.length))] ?? 0;
  return clip > 0 ? clip : magnitudes.at(-1) ?? 0;
}
