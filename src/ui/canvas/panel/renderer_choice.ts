/**
 * Which way amplitudes are drawn. WebGL2 is tried first and timed on a real frame: where it is emulated, plain memory is
 * many times faster, and names of cards tell nothing. A context that is lost is replaced by plain memory until it comes
 * back.
 */
import type { Layer } from "../draw/layer.ts";
import type { Renderer } from "../draw/renderer.ts";
import type { Style } from "../draw/style.ts";
import { TypedRenderer } from "../draw/typed_renderer.ts";
import { openWebgl, type WebglRenderer } from "../gl/webgl_renderer.ts";

export type RendererWish = "auto" | Renderer["kind"];

/** A frame of one panel that takes longer leaves no time for three of them. */
const SLOW_MS = 8;

const typed = new TypedRenderer();
let wish: RendererWish = "auto";
let chosen: Renderer | undefined;
const watchers = new Set<() => void>();

/** Draws the panel, by the renderer that suits this machine. Returns which. */
export function drawPanel(
  target: CanvasRenderingContext2D,
  layers: readonly Layer[],
  style: Style,
): Renderer["kind"] {
  const renderer = rendererNow() ?? choose(target, layers, style);
  renderer.draw(target, layers, style);
  return renderer.kind;
}

/** Chooses anew; what is drawn already is told through `onRendererChange`. */
export function wishRenderer(next: RendererWish): void {
  if (next === wish) return;
  wish = next;
  if (chosen !== typed) chosen?.close();
  chosen = undefined;
  for (const watcher of watchers) watcher();
}

/** Tells when what was drawn must be drawn anew by another renderer. Returns how to stop. */
export function onRendererChange(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function rendererNow(): Renderer | undefined {
  return isWebgl(chosen) && chosen.isLost ? typed : chosen;
}

function choose(target: CanvasRenderingContext2D, layers: readonly Layer[], style: Style): Renderer {
  const webgl = wish === "typed" ? undefined : openWebgl();
  if (webgl === undefined) return chosen = typed;
  const isSlow = wish === "auto" && millisecondsOf(webgl, target, layers, style) > SLOW_MS;
  if (isSlow) webgl.close();
  else webgl.surface.addEventListener("webglcontextrestored", () => watchers.forEach((watcher) => watcher()));
  return chosen = isSlow ? typed : webgl;
}

/** Of the second frame: the first one builds the shaders. Reading a pixel waits for the card. */
function millisecondsOf(
  renderer: Renderer,
  target: CanvasRenderingContext2D,
  layers: readonly Layer[],
  style: Style,
): number {
  let start = 0;
  for (let frame = 0; frame < 2; frame++) {
    start = performance.now();
    renderer.draw(target, layers, style);
    target.getImageData(0, 0, 1, 1);
  }
  return performance.now() - start;
}

function isWebgl(renderer: Renderer | undefined): renderer is WebglRenderer {
  return renderer?.kind === "webgl";
}
