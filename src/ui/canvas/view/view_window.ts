/**
 * The part of a gather that a panel shows, in traces and milliseconds, so that panels whose traces differ in length or
 * interval show the same place. Traces count from 0, trace i lies between i and i + 1; a sample lies in the middle of its
 * interval.
 */
export interface ViewWindow {
  readonly firstTrace: number;
  readonly traces: number;
  readonly startMs: number;
  readonly lengthMs: number;
}

/** All that there is to see. */
export interface Extent extends ViewWindow {
  readonly intervalMs: number;
}

/** The closest that one can go: traces and samples on the screen. */
const FEWEST_TRACES = 2;
const FEWEST_SAMPLES = 8;

/** From half an interval before the first sample to half an interval after the last. */
export function extentOf(
  traces: number,
  { samples, startMs, intervalMs }: { samples: number; startMs: number; intervalMs: number },
): Extent {
  return {
    ...{ firstTrace: 0, traces, intervalMs },
    startMs: startMs - intervalMs / 2,
    lengthMs: samples * intervalMs,
  };
}

export function fitted({ firstTrace, traces, startMs, lengthMs }: Extent): ViewWindow {
  return { firstTrace, traces, startMs, lengthMs };
}

/** Zoomed by factors (above 1: closer) so that what is at the place, from 0 to 1 each way, stays there. */
export function zoomed(
  view: ViewWindow,
  extent: Extent,
  factor: { readonly across: number; readonly down: number },
  place: { readonly x: number; readonly y: number },
): ViewWindow {
  const traces = between(view.traces / factor.across, Math.min(FEWEST_TRACES, extent.traces), extent.traces);
  const shortest = Math.min(FEWEST_SAMPLES * extent.intervalMs, extent.lengthMs);
  const lengthMs = between(view.lengthMs / factor.down, shortest, extent.lengthMs);
  return limited({
    firstTrace: view.firstTrace + (view.traces - traces) * place.x,
    startMs: view.startMs + (view.lengthMs - lengthMs) * place.y,
    traces,
    lengthMs,
  }, extent);
}

/** Moved by parts of what is shown: 1 is a whole screen to the right or down. */
export function panned(view: ViewWindow, extent: Extent, across: number, down: number): ViewWindow {
  return limited({
    ...view,
    firstTrace: view.firstTrace + across * view.traces,
    startMs: view.startMs + down * view.lengthMs,
  }, extent);
}

/** Within what there is. */
export function limited(view: ViewWindow, extent: Extent): ViewWindow {
  const traces = Math.min(view.traces, extent.traces), lengthMs = Math.min(view.lengthMs, extent.lengthMs);
  const lastTrace = extent.firstTrace + extent.traces - traces;
  const lastMs = extent.startMs + extent.lengthMs - lengthMs;
  return {
    firstTrace: between(view.firstTrace, extent.firstTrace, lastTrace),
    startMs: between(view.startMs, extent.startMs, lastMs),
    traces,
    lengthMs,
  };
}

export function isWhole(view: ViewWindow, extent: Extent): boolean {
  return view.traces >= extent.traces && view.lengthMs >= extent.lengthMs;
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** The trace and the time under a place from 0 to 1 each way. */
export function pointAt(view: ViewWindow, x: number, y: number): { trace: number; ms: number } {
  return { trace: view.firstTrace + x * view.traces, ms: view.startMs + y * view.lengthMs };
}
