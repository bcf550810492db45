/** A picture with its place on the screen, and the tables that say what lies under each pixel. */
import type { Levels } from "../picture/levels.ts";
import type { Picture } from "../picture/picture.ts";
import type { ViewWindow } from "../view/view_window.ts";
import { type Scale, type Spans, spansOf } from "./placement.ts";
import { type Taps, tapsOf } from "./sinc.ts";

export interface Layer {
  readonly picture: Picture;
  readonly levels: Levels;
  /** Columns and rows of the picture along the screen. */
  readonly across: Scale;
  readonly down: Scale;
}

/** The picture placed on a screen of so many pixels that shows this part of its gather. */
export function layerIn(
  view: ViewWindow,
  picture: Picture,
  levels: Levels,
  width: number,
  height: number,
): Layer {
  const { firstTrace, tracesPerColumn, samplesPerRow, startMs, intervalMs } = picture;
  const rowMs = intervalMs * samplesPerRow;
  const across: Scale = {
    origin: (view.firstTrace - firstTrace) / tracesPerColumn,
    step: view.traces / width / tracesPerColumn,
    pixels: width,
  };
  const down: Scale = {
    origin: (view.startMs - startMs + intervalMs / 2) / rowMs,
    step: view.lengthMs / height / rowMs,
    pixels: height,
  };
  return { picture, levels, across, down };
}

/** Below this many pixels a sample, interpolation in time would show nothing. */
const INTERPOLATED_FROM = 1.5;

export interface DensityTables {
  readonly columns: Spans;
  readonly rows: Spans;
  /** Interpolation in time for each row of pixels, or null where samples are drawn as they are. */
  readonly taps: Taps | null;
}

export function densityTables({ picture, across, down }: Layer): DensityTables {
  const columns = spansOf(across, picture.columns), rows = spansOf(down, picture.rows);
  return { columns, rows, taps: isInterpolated(picture, across, down) ? rowTaps(down) : null };
}

function isInterpolated(picture: Picture, across: Scale, down: Scale): boolean {
  return picture.extremes === null && across.step <= 1 && down.step * INTERPOLATED_FROM <= 1;
}

/** At the middle of each row of pixels. */
function rowTaps({ origin, step, pixels }: Scale): Taps {
  return tapsOf(pixels, (pixel) => origin + (pixel + 0.5) * step - 0.5);
}
