/** What both ways to draw offer: the same inputs, the same picture. */
import type { Layer } from "./layer.ts";
import type { Style } from "./style.ts";

export interface Renderer {
  readonly kind: "typed" | "webgl";
  /** Fills the whole canvas: the layers over each other, the first one lowest. */
  draw(target: CanvasRenderingContext2D, layers: readonly Layer[], style: Style): void;
  close(): void;
}
