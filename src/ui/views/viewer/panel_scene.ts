/** What one panel draws, read from the signals of View; canvases draw anew when these change. */
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import type { Overlay } from "../../canvas/axes/overlays.ts";
import { type Layer, layerIn } from "../../canvas/draw/layer.ts";
import type { Style } from "../../canvas/draw/style.ts";
import type { CanvasSize } from "../../canvas/panel/canvas.tsx";
import { axisStyle, panelColours, themeColour } from "../../canvas/panel/theme_colours.ts";
import type { ViewWindow } from "../../canvas/view/view_window.ts";
import { count } from "../../format/numbers.ts";
import { shownTheme } from "../../state/preferences.ts";
import { colours, drawnPanels, scale } from "../../state/viewer/drawn_panels.ts";
import { look } from "../../state/viewer/look.ts";
import { hasOwnTraces, type PanelContent, panels, wordsOf } from "../../state/viewer/panels.ts";
import { pointed, viewOn } from "../../state/viewer/position.ts";
import { gatherFacts } from "../../state/viewer/shown_gather.ts";
import { measured } from "../../state/viewer/tool.ts";

export interface AmplitudeScene {
  readonly layers: readonly Layer[];
  readonly style: Style;
}

/** Undefined while there is nothing: what is on the screen stays. */
export function amplitudeScene(name: PanelName, size: CanvasSize): AmplitudeScene | undefined {
  const now = viewOn(name), contents = drawnPanels[name].value;
  void shownTheme.value;
  if (now === null || contents.length === 0) return undefined;
  const width = Math.round(size.width * size.ratio), height = Math.round(size.height * size.ratio);
  const layers = contents.map(({ picture, levels }) => layerIn(now, picture, levels, width, height));
  return { layers, style: styleNow(size.ratio) };
}

export function styleNow(ratio: number): Style {
  return {
    ...panelColours(),
    ...{ mode: look.value.mode, scale: scale.value, table: colours.value },
    lineWidth: Math.max(1, ratio),
  };
}

export interface AxisScene {
  readonly view: ViewWindow;
  readonly axis: ReturnType<typeof axisStyle>;
}

export function axisScene({ ratio }: CanvasSize, name: PanelName = "input"): AxisScene | undefined {
  const now = viewOn(name);
  void shownTheme.value;
  return now === null ? undefined : { view: now, axis: axisStyle(ratio, count) };
}

export function plotScene(name: PanelName, size: CanvasSize) {
  const scene = axisScene(size, name), values = wordsOf(name)[look.value.plotWord] ?? [];
  return scene && { ...scene, values };
}

/** Stacked traces are named by their gathers, all others by what was chosen. */
export function labelScene(name: PanelName, size: CanvasSize) {
  const scene = axisScene(size, name), isOwn = hasOwnTraces(name);
  const traces = panels[isOwn ? name : "input"].value.content?.picture.traces ?? 0;
  const word = isOwn && panels[name].value.content?.header.gathers !== undefined
    ? gatherKey()
    : look.value.labelWord;
  return scene && { ...scene, traces, values: word === null ? undefined : wordsOf(name)[word] };
}

function gatherKey(): string | null {
  const facts = gatherFacts.value;
  return facts.state === "ready" ? facts.value.keys[0] ?? null : null;
}

export interface OverlayScene extends AxisScene {
  readonly overlays: readonly Overlay[];
}

export function overlayScene(name: PanelName, size: CanvasSize): OverlayScene | undefined {
  const scene = axisScene(size, name);
  return scene && { ...scene, overlays: overlaysOf(name) };
}

export function overlaysOf(name: PanelName): readonly Overlay[] {
  const { timeLines, firstLive } = look.value, content = panels[name].value.content;
  const overlays: Overlay[] = timeLines ? [{ kind: "time_lines" }] : [];
  if (content !== null) {
    overlays.push(...bordersOf(name));
    if (firstLive) overlays.push({ kind: "curve", times: liveTimes(content), colour: themeColour("focus") });
    overlays.push(...marksOf(content));
  }
  return hasOwnTraces(name) ? overlays : [...overlays, ...sharedOverlays(name)];
}

/** What lies at a place of the gather: the same on all panels that show its traces. */
function sharedOverlays(name: PanelName): readonly Overlay[] {
  const overlays: Overlay[] = [], at = pointed.value, colour = themeColour("focus");
  if (measured.value !== null) overlays.push({ kind: "line", ...measured.value, colour });
  // The pointer itself is a cross on the panel under it.
  if (at !== null && at.panel !== name && !hasOwnTraces(at.panel)) {
    overlays.push({ kind: "cross", at, colour });
  }
  return overlays;
}

function liveTimes({ firstLive, picture: { startMs, intervalMs } }: PanelContent): Float32Array {
  return firstLive.map((sample) => startMs + sample * intervalMs);
}

/** Dead traces, and those that the flow could not take. */
function marksOf({ header, firstLive }: PanelContent): readonly Overlay[] {
  const failed = (header.failed ?? []).map(({ trace }) => trace), isFailed = new Set(failed);
  const dead = Array.from(firstLive.keys()).filter((trace) =>
    Number.isNaN(firstLive[trace]) && !isFailed.has(trace)
  );
  return [
    { kind: "marks", traces: dead, colour: themeColour("axis") },
    { kind: "marks", traces: failed, colour: themeColour("danger") },
  ];
}

/** More lines than this would hide what they part. */
const MOST_BORDERS = 200;

function bordersOf(name: PanelName): readonly Overlay[] {
  const { borderWord } = look.value, present = panels[name].value.content?.header.gathers?.present;
  if (present !== undefined) {
    return [{ kind: "range", first: present, end: present + 1, colour: themeColour("focus") }];
  }
  const values = borderWord === null ? [] : wordsOf(name)[borderWord] ?? [];
  const traces = values.flatMap((value, i) => i > 0 && value !== values[i - 1] ? [i] : []);
  return traces.length > 0 && traces.length <= MOST_BORDERS ? [{ kind: "borders", traces }] : [];
}
