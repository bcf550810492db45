/** What the panels of View hold: the last that came, until something newer has. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { batch } from "@preact/signals";
import { type PanelHeader, type PanelName, QUANTILES } from "../../../shared/protocol/gathers.ts";
import { Levels } from "../../canvas/picture/levels.ts";
import { type Picture, pictureOf } from "../../canvas/picture/picture.ts";
import { CountedMagnitudes, KnownMagnitudes, type Magnitudes } from "../../canvas/picture/quantile.ts";

export interface PanelContent {
  readonly header: PanelHeader;
  readonly picture: Picture;
  readonly levels: Levels;
  /** Counted when first asked for. */
  readonly magnitudes: () => Magnitudes;
  /** First and last sample of each trace that is not zero, counted from the picture's first; NaN for dead traces. */
  readonly firstLive: Float32Array;
  readonly lastLive: Float32Array;
}

/** `stale`: what is shown is older than what was asked for. */
export type PanelState =
  | { readonly state: "absent"; readonly content: null; readonly why: string | null }
  | { readonly state: "loading" | "stale"; readonly content: PanelContent | null }
  | { readonly state: "ready"; readonly content: PanelContent; readonly tookMs: number }
  | { readonly state: "error"; readonly content: PanelContent | null; readonly message: string };

const ABSENT: PanelState = { state: "absent", content: null, why: null };

const states: Readonly<Record<PanelName, Signal<PanelState>>> = {
  input: signal(ABSENT),
  processed: signal(ABSENT),
  noise: signal(ABSENT),
};

export const panels: Readonly<Record<PanelName, ReadonlySignal<PanelState>>> = states;

/** The part of a wide gather that is on the screen, in more detail; null when the whole is detailed enough. */
export const details: Readonly<Record<PanelName, Signal<PanelContent | null>>> = {
  input: signal(null),
  processed: signal(null),
  noise: signal(null),
};

/** Header words of the shown gather's traces, by name. */
export const words = computed(() => panels.input.value.content?.header.words ?? {});

/** True when a panel has traces of its own, such as a stack beside the gather it comes from. */
export function hasOwnTraces(name: PanelName): boolean {
  const own = panels[name].value.content?.picture.traces;
  return name !== "input" && own !== undefined && own !== panels.input.value.content?.picture.traces;
}

/** Header words of the traces that a panel shows. */
export function wordsOf(name: PanelName): PanelHeader["words"] {
  return hasOwnTraces(name) ? panels[name].value.content?.header.words ?? {} : words.value;
}

export function contentOf(header: PanelHeader, floats: Float32Array, firstTrace = 0): PanelContent {
  const picture = pictureOf(header, floats, firstTrace);
  const { quantiles, live = 0, traces } = header, told = header.live === undefined ? 0 : traces;
  let counted: Magnitudes | undefined;
  return {
    ...{ header, picture, levels: new Levels(picture) },
    magnitudes: () =>
      counted ??= quantiles === undefined
        ? new CountedMagnitudes(picture.data)
        : new KnownMagnitudes(QUANTILES, quantiles),
    firstLive: floats.subarray(live, live + told),
    lastLive: floats.subarray(live + told, live + 2 * told),
  };
}

/** What is shown stays until what was asked for comes. */
export function waitForPanels(names: readonly PanelName[], state: "loading" | "stale"): void {
  batch(() => {
    for (const name of names) states[name].value = { state, content: states[name].peek().content };
  });
}

export function putPanels(contents: ReadonlyMap<PanelName, PanelContent>, tookMs: number): void {
  batch(() => {
    for (const [name, content] of contents) {
      states[name].value = { state: "ready", content, tookMs };
      details[name].value = null;
    }
  });
}

export function failPanels(names: readonly PanelName[], message: string): void {
  batch(() => {
    for (const name of names) {
      states[name].value = { state: "error", content: states[name].peek().content, message };
    }
  });
}

/** There is nothing to show, for a reason that stands in its place if there is one. */
export function clearPanels(names: readonly PanelName[], why: string | null = null): void {
  batch(() => {
    for (const name of names) {
      states[name].value = { state: "absent", content: null, why };
      details[name].value = null;
    }
  });
}

export function putDetails(contents: ReadonlyMap<PanelName, PanelContent>): void {
  batch(() => {
    for (const [name, content] of contents) details[name].value = content;
  });
}
