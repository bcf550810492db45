/** What builders of panels share: the frame, the part of a trace within it, and how panels are joined to one answer. */
import { floatsOf, type PanelHeader, type PanelName } from "../../../../src/shared/protocol/gathers.ts";
import type { TraceBlock } from "../../../traces/trace_block.ts";
import type { TimeAxis } from "../time_window.ts";

/** What a panel shows: a window on the time axis of its traces. */
export interface PanelFrame {
  readonly panel: PanelName;
  readonly traces: number;
  readonly shown: TimeAxis;
  /** All that could be shown of these traces. */
  readonly axis: TimeAxis;
}

export interface PanelBuilder {
  /** Takes traces of the panel from number `first` on. */
  add(block: TraceBlock, first: number): void;
  /** The panel with its floats, which will lie at `offset`. */
  finish(offset: number): { header: PanelHeader; data: Float32Array };
}

/** Samples of a trace that are shown: the first of them is sample `first` of what is shown. */
export interface Part {
  readonly samples: Float32Array;
  readonly first: number;
}

/** Samples by which a trace that begins at this time is later than what is shown, to the nearest. */
export function samplesLate({ startMs, intervalUs }: TimeAxis, traceStartMs: number): number {
  return Math.round(((traceStartMs - startMs) * 1000) / intervalUs);
}

/** The part of a trace that begins at `traceStartMs` within the times shown. */
export function partWithin(shown: TimeAxis, row: Float32Array, traceStartMs: number): Part {
  const late = samplesLate(shown, traceStartMs), first = Math.max(0, Math.min(late, shown.samples));
  return { samples: row.subarray(Math.max(0, -late), Math.max(0, shown.samples - late)), first };
}

export function frameFields({ panel, traces, shown, axis }: PanelFrame) {
  const { samples, startMs, intervalUs } = shown;
  return {
    panel,
    traces,
    samples,
    startMs,
    intervalUs,
    axis: { startMs: axis.startMs, samples: axis.samples },
  };
}

export function joinPanels(builders: readonly PanelBuilder[]): { panels: PanelHeader[]; data: Float32Array } {
  const panels: PanelHeader[] = [], parts: Float32Array[] = [];
  let offset = 0;
  for (const builder of builders) {
    const { header, data } = builder.finish(offset);
    panels.push(header);
    parts.push(data);
    offset += floatsOf(header);
  }
  const joined = new Float32Array(offset);
  panels.forEach((panel, i) => joined.set(parts[i], panel.offset));
  return { panels, data: joined };
}
