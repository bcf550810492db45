/** Which traces a request means: those shown, those that must be read for it, and whose stacks lie beside them. */
import type { GatherRequest, PanelName, TraceWindow } from "../../../src/shared/protocol/gathers.ts";
import type { Pipeline } from "../../flow/pipeline.ts";
import type { Arrangement } from "./arrangement.ts";
import { outside } from "./outside.ts";

/** The traces that are shown, and those that must be processed for it: whole gathers where a process needs them. */
export interface Extent {
  readonly first: number;
  readonly count: number;
  readonly there: number;
  readonly readFirst: number;
  readonly readCount: number;
}

export function extentOf(request: TraceWindow, arrangement: Arrangement, pipeline: Pipeline): Extent {
  const { firstTrace = 0 } = request, { gathers, traces } = arrangement;
  const gather = request.gather === "first" ? 0 : request.gather;
  if (gather !== undefined && gather >= gathers) throw outside("gather", gathers - 1, gather);
  const { start, end } = gather === undefined ? { start: 0, end: traces } : arrangement.gather(gather);
  const there = end - start;
  if (firstTrace >= there) throw outside("firstTrace", there - 1, firstTrace);
  const count = Math.min(request.traces ?? there, there - firstTrace);
  const first = start + firstTrace;
  const whole = pipeline.wholeGathers && gather !== undefined;
  return { first, count, there, readFirst: whole ? start : first, readCount: whole ? there : count };
}

/** The gathers whose stacked traces are shown beside that of the gather asked for; null: only that. */
export interface StackedGathers {
  readonly first: number;
  readonly end: number;
  readonly present: number;
}

export function stackedGathers(
  { gather, neighbours = 0 }: Pick<GatherRequest, "gather" | "neighbours">,
  { gathers }: Arrangement,
  { oneTracePerGather }: Pipeline,
  panels: readonly PanelName[],
): StackedGathers | null {
  if (!oneTracePerGather || neighbours === 0 || typeof gather !== "number") return null;
  if (!panels.includes("processed")) return null;
  const first = Math.max(0, gather - neighbours), end = Math.min(gathers, gather + neighbours + 1);
  return { first, end, present: gather - first };
}

export function placesOf({ gather }: Arrangement, { first, end }: StackedGathers): number {
  return gather(end - 1).end - gather(first).start;
}
