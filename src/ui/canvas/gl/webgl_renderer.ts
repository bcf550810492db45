/**
 * Draws panels by WebGL2 on one hidden canvas for all of them, from where they are copied: one context serves any number
 * of panels, and a panel can change between this and the other renderer at any time.
 */
import { blank, pixelsPerTrace } from "../draw/typed_renderer.ts";
import type { Layer } from "../draw/layer.ts";
import type { Renderer } from "../draw/renderer.ts";
import { modeFor, type Style } from "../draw/style.ts";
import { inkOf } from "../draw/wiggle.ts";
import { channels } from "./channels.ts";
import { DensityPass } from "./density_pass.ts";
import { InkPass } from "./ink_pass.ts";

export type Surface = HTMLCanvasElement | OffscreenCanvas;

/** Textures are no larger than this, whatever the context would take. */
const LARGEST_TEXTURE = 2048;

export class WebglRenderer implements Renderer {
  readonly kind = "webgl";
  #passes: { density: DensityPass; ink: InkPass } | undefined;

  /** `largestTexture` is for tests; a context's own limit holds as well. */
  constructor(
    readonly surface: Surface,
    readonly gl: WebGL2RenderingContext,
    readonly largestTexture = LARGEST_TEXTURE,
  ) {
    surface.addEventListener("webglcontextlost", this.#lost);
  }

  /** Nothing can be drawn until the context is restored. */
  get isLost(): boolean {
    return this.gl.isContextLost();
  }

  draw(target: CanvasRenderingContext2D, layers: readonly Layer[], style: Style): void {
    const { width, height } = target.canvas;
    this.#makeRoom(width, height);
    const { gl } = this, { density, ink } = this.#passes ??= this.#start();
    gl.viewport(0, 0, width, height);
    gl.clearColor(...channels(style.surround));
    gl.clear(gl.COLOR_BUFFER_BIT);
    for (const layer of layers) {
      const mode = modeFor(style.mode, pixelsPerTrace(layer));
      density.draw(layer, mode === "wiggle" ? blank(style) : style, width, height);
      if (mode !== "density") ink.draw(inkOf(layer, style), style, width, height);
    }
    target.drawImage(this.surface, 0, this.surface.height - height, width, height, 0, 0, width, height);
  }

  close(): void {
    this.surface.removeEventListener("webglcontextlost", this.#lost);
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  #start() {
    const limit = Math.min(this.largestTexture, Number(this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE)));
    return { density: new DensityPass(this.gl, limit), ink: new InkPass(this.gl, limit) };
  }

  /** The surface only grows: a new size would cost its memory anew for each panel. */
  #makeRoom(width: number, height: number): void {
    if (this.surface.width < width) this.surface.width = width;
    if (this.surface.height < height) this.surface.height = height;
  }

  /** Only a context whose loss was caught comes back; everything that it held is gone. */
  readonly #lost = (event: Event): void => {
    event.preventDefault();
    this.#passes = undefined;
  };
}

/** Undefined where there is no WebGL2. */
export function openWebgl(largestTexture?: number): WebglRenderer | undefined {
  const surface = document.createElement("canvas");
  const gl = surface.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
  });
  return gl === null ? undefined : new WebglRenderer(surface, gl, largestTexture);
}
