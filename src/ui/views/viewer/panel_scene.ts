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
import { pointed, view } from "../../state/viewer/position.ts";
import { measured } from "../../state/viewer/tool.ts";

export interface AmplitudeScene {
  readonly layers: readonly Layer[];
  readonly style: Style;
}

/** Undefined while there is nothing: what is on the screen stays. */
export function amplitudeScene(name: PanelName, size: CanvasSize): AmplitudeScene | undefined {
  const now = view.value, contents = drawnPanels[name].value;
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

export function axisScene({ ratio }: CanvasSize): AxisScene | undefined {
  void shownTheme.value;
  return view.value === null ? undefined : { view: view.value, axis: axisStyle(ratio, count) };
}

export interface OverlayScene extends AxisScene {
  readonly overlays: readonly Overlay[];
}

export function overlayScene(name: PanelName, size: CanvasSize): OverlayScene | undefined {
  const scene = axisScene(size);
  return scene && { ...scene, overlays: overlaysOf(name) };
}

/** The cross follows the pointer on all panels but the one under it. */
export function overlaysOf(name: PanelName): readonly Overlay[] {
  const overlays: Overlay[] = look.value.timeLines ? [{ kind: "time_lines" }] : [];
  if (measured.value !== null) {
    overlays.push({ kind: "line", ...measured.value, colour: themeColour("focus") });
  }
  const at = pointed.value;
  if (at !== null && at.panel !== name) overlays.push({ kind: "cross", at, colour: themeColour("focus") });
  return overlays;
}
