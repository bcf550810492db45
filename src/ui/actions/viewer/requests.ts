/** What is asked of the sidecar for a gather. */
import type { FlowStep } from "../../../shared/flow/flow.ts";
import type { GatherOrder } from "../../../shared/protocol/commands.ts";
import type { GatherRequest, PanelName } from "../../../shared/protocol/gathers.ts";
import { details, panels } from "../../state/viewer/panels.ts";
import { choiceOf } from "../../state/surveys.ts";
import type { Arrangement } from "../../state/viewer/shown_gather.ts";
import type { ViewWindow } from "../../canvas/view/view_window.ts";

/** Words that the read-out tells of the trace under the pointer; every survey has them. */
export const READ_OUT_WORDS = ["fldr", "tracf", "ep", "cdp", "offset", "sx", "sy", "gx", "gy"] as const;

/** A panel of at most so many samples comes as it is, a larger one reduced to about what the screen can show. */
const MOST_SAMPLES = 8 << 20;
const MOST_ACROSS = 16_384;
const REDUCED = { columns: 2048, rows: 1536 } as const;

/** Stacked traces before and after that of the shown gather. */
const NEIGHBOURS = 12;

export interface GatherWish {
  readonly arrangement: Arrangement;
  readonly gather: number;
  /** Of the gather, if known, and of each trace. */
  readonly traces: number | null;
  readonly samples: number;
  /** Words for the curve and the labels above the panels, besides those of the read-out. */
  readonly words: readonly string[];
}

export function inputRequest(wish: GatherWish): GatherRequest {
  return {
    ...orderOf(wish.arrangement),
    gather: wish.gather,
    panels: ["input"],
    words: [...new Set([...READ_OUT_WORDS, ...wish.words])].slice(0, 16),
    ...resolution(wish.traces ?? 1, wish.samples),
  };
}

/** Through the flow; only what the flow makes, since the input is there. */
export function previewRequest(
  wish: GatherWish,
  processes: readonly FlowStep[],
  names: readonly PanelName[],
): GatherRequest {
  return {
    ...orderOf(wish.arrangement),
    ...{ gather: wish.gather, panels: names, processes, neighbours: NEIGHBOURS },
    words: [...new Set([...READ_OUT_WORDS, ...wish.words])].slice(0, 16),
    ...resolution(wish.traces ?? 1, wish.samples),
  };
}

/** The part of the present panels that is on the screen, and as much again on each side. */
export function detailRequest(wish: GatherWish, view: ViewWindow, request: GatherRequest): GatherRequest {
  const { intervalMs = 1, startMs = 0 } = panels.input.value.content?.picture ?? {};
  const traces = wish.traces ?? 1;
  const first = Math.max(0, Math.floor(view.firstTrace - view.traces / 2));
  const end = Math.min(traces, Math.ceil(view.firstTrace + 1.5 * view.traces));
  const sampleAt = (ms: number) => (ms - startMs) / intervalMs;
  const top = Math.max(0, Math.floor(sampleAt(view.startMs - view.lengthMs / 2)));
  const bottom = Math.min(wish.samples, Math.ceil(sampleAt(view.startMs + 1.5 * view.lengthMs)) + 1);
  return {
    ...request,
    ...{ firstTrace: first, traces: end - first, firstSample: top, samples: bottom - top, words: undefined },
    ...resolution(end - first, bottom - top),
  };
}

/** True when what is shown is coarser than the screen and more is to be had. */
export function wantsDetail(view: ViewWindow, width: number, height: number): boolean {
  const picture = panels.input.value.content?.picture;
  if (picture === undefined || picture.extremes === null) return false;
  const cellsAcross = view.traces / picture.tracesPerColumn;
  const cellsDown = view.lengthMs / (picture.intervalMs * picture.samplesPerRow);
  const isCoarse = (picture.tracesPerColumn > 1 && cellsAcross < width) ||
    (picture.samplesPerRow > 1 && cellsDown < height);
  return isCoarse && !isCovered(view);
}

/** The detail that is there reaches over all that is seen. */
function isCovered({ firstTrace, traces, startMs, lengthMs }: ViewWindow): boolean {
  const detail = details.input.value?.picture;
  if (detail === undefined || detail.extremes !== null) return false;
  return detail.firstTrace <= firstTrace && detail.firstTrace + detail.traces >= firstTrace + traces &&
    detail.startMs - detail.intervalMs / 2 <= startMs + 1e-6 &&
    detail.startMs + (detail.samples - 0.5) * detail.intervalMs >= startMs + lengthMs - 1e-6;
}

function orderOf({ survey, order, key }: Arrangement): GatherOrder {
  return { survey, ...choiceOf(survey), ...(order.length > 0 ? { order } : key !== null && { key }) };
}

function resolution(traces: number, samples: number): Pick<GatherRequest, "columns" | "rows"> {
  const fits = traces * samples <= MOST_SAMPLES && traces <= MOST_ACROSS && samples <= MOST_ACROSS;
  return fits ? { columns: MOST_ACROSS, rows: MOST_ACROSS } : REDUCED;
}
