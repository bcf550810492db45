/** Draws panels on plain memory, where there is no fast WebGL2; the oracle for the other renderer. */
import { drawDensity } from "./density.ts";
import type { Layer } from "./layer.ts";
import { paintInk } from "./paint_ink.ts";
import type { Renderer } from "./renderer.ts";
import { modeFor, type Style } from "./style.ts";
import { inkOf } from "./wiggle.ts";

export class TypedRenderer implements Renderer {
  readonly kind = "typed";
  #image: ImageData | undefined;

  draw(target: CanvasRenderingContext2D, layers: readonly Layer[], style: Style): void {
    const { width, height } = target.canvas;
    const image = this.#imageOf(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    drawLayers({ width, height, pixels }, layers, style);
    target.putImageData(image, 0, 0);
  }

  close(): void {
    this.#image = undefined;
  }

  #imageOf(width: number, height: number): ImageData {
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
    }
    return this.#image;
  }
}

/** The layers over each other, the first one lowest. */
export function drawLayers(
  bitmap: { width: number; height: number; pixels: Uint32Array },
  layers: readonly Layer[],
  style: Style,
): void {
  bitmap.pixels.fill(style.surround);
  for (const layer of layers) {
    const mode = modeFor(style.mode, pixelsPerTrace(layer));
    drawDensity(bitmap, layer, mode === "wiggle" ? blank(style) : style);
    if (mode !== "density") paintInk(bitmap, inkOf(layer, style), style);
  }
}

export function pixelsPerTrace({ across, picture }: Layer): number {
  return 1 / across.step / picture.tracesPerColumn;
}

/** Paper where there are traces; samples that are no numbers keep their colour. */
export function blank(style: Style): Style {
  return { ...style, table: new Uint32Array(style.table.length).fill(style.paper) };
}
