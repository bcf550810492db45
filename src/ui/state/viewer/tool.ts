/** What a drag on a panel does, and what the last ones have left. */
import { computed, signal } from "@preact/signals";
import { words } from "./panels.ts";

export const TOOLS = ["pan", "measure"] as const;
export type Tool = typeof TOOLS[number];

/** A place of the gather: trace i has its middle at i + 0.5. */
export interface Place {
  readonly trace: number;
  readonly ms: number;
}

export interface Stretch {
  readonly from: Place;
  readonly to: Place;
}

export const tool = signal<Tool>("pan");
export const measured = signal<Stretch | null>(null);

export function takeTool(next: Tool): void {
  tool.value = next;
  if (next !== "measure") measured.value = null;
}

export function measure(stretch: Stretch): void {
  measured.value = stretch;
}

export interface Slope {
  readonly ms: number;
  readonly traces: number;
  readonly msPerTrace: number | null;
  /** Length a second between the offsets of both ends, in the survey's unit; null where they do not differ. */
  readonly perSecond: number | null;
}

/** What was measured: the difference in time, and the slope by traces and by offset. */
export const slope = computed<Slope | null>(() => {
  if (measured.value === null) return null;
  const { from, to } = measured.value, ms = to.ms - from.ms;
  const first = Math.floor(from.trace), last = Math.floor(to.trace), traces = last - first;
  const offsets = words.value.offset ?? [],
    distance = Math.abs((offsets[last] ?? NaN) - (offsets[first] ?? NaN));
  return {
    ms,
    traces,
    msPerTrace: traces === 0 ? null : ms / traces,
    perSecond: distance > 0 && ms !== 0 ? Math.abs(distance / (ms / 1000)) : null,
  };
});
