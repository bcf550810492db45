/** What a panel draws: amplitudes on a grid of cells, and where the grid lies in its gather. */
import type { PanelHeader } from "../../../shared/protocol/gathers.ts";
import { largerInMagnitude } from "./magnitude.ts";

/** Values by `[column][row]`; columns are traces, rows are samples, or several of each in a cell. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly data: Float32Array;
}

export interface Picture extends Grid {
  /** Minima and maxima as `[column][2][row]` where a cell stands for several samples; else null. */
  readonly extremes: Float32Array | null;
  readonly tracesPerColumn: number;
  readonly samplesPerRow: number;
  /** The trace of the gather, from 0, that the first column begins with. */
  readonly firstTrace: number;
  /** Traces and samples that the cells stand for. */
  readonly traces: number;
  readonly samples: number;
  /** Time of the first sample of the grid, and from one sample to the next. */
  readonly startMs: number;
  readonly intervalMs: number;
}

/** The picture of a panel as the sidecar sent it; a gather that fits is drawn from the bytes of the answer. */
export function pictureOf(panel: PanelHeader, floats: Float32Array, firstTrace = 0): Picture {
  const { kind, offset, columns, rows, tracesPerColumn, samplesPerRow, traces, samples, startMs } = panel;
  const reduced = kind === "envelope";
  const data = floats.subarray(offset, offset + columns * rows * (reduced ? 2 : 1));
  return {
    ...{ columns, rows, tracesPerColumn, samplesPerRow, firstTrace, traces, samples, startMs },
    intervalMs: panel.intervalUs / 1000,
    data: reduced ? peaksOfEnvelope(data, columns, rows) : data,
    extremes: reduced ? data : null,
  };
}

/** Of each cell the extreme that is farther from zero. */
function peaksOfEnvelope(envelope: Float32Array, columns: number, rows: number): Float32Array {
  const peaks = new Float32Array(columns * rows);
  const bits = new Int32Array(envelope.buffer, envelope.byteOffset, envelope.length);
  const out = new Int32Array(peaks.buffer);
  for (let column = 0; column < columns; column++) {
    const minima = column * 2 * rows, maxima = minima + rows, to = column * rows;
    for (let row = 0; row < rows; row++) {
      out[to + row] = largerInMagnitude(bits[minima + row], bits[maxima + row]);
    }
  }
  return peaks;
}

/** The amplitude that a cell has where the pointer is; undefined outside of the picture. */
export function amplitudeAt(picture: Picture, trace: number, ms: number): number | undefined {
  const { columns, rows, data, firstTrace, tracesPerColumn, samplesPerRow, startMs, intervalMs } = picture;
  const column = Math.floor((trace - firstTrace) / tracesPerColumn);
  const row = Math.floor(((ms - startMs) / intervalMs + 0.5) / samplesPerRow);
  if (column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
  return data[column * rows + row];
}
