/** What the tests of both renderers do within the page: the same layers, drawn either way. */
import { colourTable, parseColour } from "../../../src/ui/canvas/colour/colour_table.ts";
import type { ColourMapName } from "../../../src/ui/canvas/colour/maps.ts";
import type { Layer } from "../../../src/ui/canvas/draw/layer.ts";
import type { Renderer } from "../../../src/ui/canvas/draw/renderer.ts";
import type { DrawMode, Style } from "../../../src/ui/canvas/draw/style.ts";
import { TypedRenderer } from "../../../src/ui/canvas/draw/typed_renderer.ts";
import { openWebgl, type WebglRenderer } from "../../../src/ui/canvas/gl/webgl_renderer.ts";
import { Levels } from "../../../src/ui/canvas/picture/levels.ts";
import type { Picture } from "../../../src/ui/canvas/picture/picture.ts";

export interface Scene {
  readonly columns: number;
  readonly rows: number;
  /** Place of the first cell on the screen, and cells in a pixel. */
  readonly across: readonly [origin: number, step: number];
  readonly down: readonly [origin: number, step: number];
  readonly width: number;
  readonly height: number;
  readonly mode: DrawMode;
  readonly map: ColourMapName;
  readonly scale: number;
  /** Samples that are replaced: column, row, value. */
  readonly spoilt?: readonly (readonly [number, number, number])[];
}

/** Smooth waves under noise that is the same each time. */
function samplesOf({ columns, rows, spoilt = [] }: Scene): Float32Array {
  const data = new Float32Array(columns * rows);
  let seed = 7;
  for (let i = 0; i < data.length; i++) {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    const column = Math.floor(i / rows), row = i % rows;
    data[i] = Math.sin(row * 0.21 + column * 0.37) + (seed / 2 ** 32 - 0.5) * 0.5;
  }
  for (const [column, row, value] of spoilt) data[column * rows + row] = value;
  return data;
}

export function layerOf(scene: Scene): Layer {
  const { columns, rows, across, down, width, height } = scene;
  const picture: Picture = {
    ...{ columns, rows, data: samplesOf(scene), extremes: null, tracesPerColumn: 1, samplesPerRow: 1 },
    ...{ firstTrace: 0, traces: columns, samples: rows, startMs: 0, intervalMs: 4 },
  };
  return {
    picture,
    levels: new Levels(picture),
    across: { origin: across[0], step: across[1], pixels: width },
    down: { origin: down[0], step: down[1], pixels: height },
  };
}

export function styleOf({ mode, map, scale }: Pick<Scene, "mode" | "map" | "scale">): Style {
  return {
    ...{ mode, scale, table: colourTable(map), lineWidth: 1 },
    notFinite: parseColour("#00e676"),
    surround: parseColour("#0e0e0e"),
    ink: parseColour("#191c21"),
    paper: parseColour("#ffffff"),
  };
}

function draw(renderer: Renderer, scene: Scene, layers: readonly Layer[]): number[] {
  const canvas = document.createElement("canvas");
  canvas.width = scene.width;
  canvas.height = scene.height;
  const target = canvas.getContext("2d", { willReadFrequently: true });
  if (target === null) throw new Error("no canvas");
  renderer.draw(target, layers, styleOf(scene));
  return [...new Uint32Array(target.getImageData(0, 0, scene.width, scene.height).data.buffer)];
}

let webgl: { limit: number | undefined; renderer: WebglRenderer } | undefined;

function webglWith(limit: number | undefined): WebglRenderer {
  if (webgl?.limit === limit && webgl !== undefined) return webgl.renderer;
  const renderer = openWebgl(limit);
  if (renderer === undefined) throw new Error("no WebGL2");
  webgl = { limit, renderer };
  return renderer;
}

/** The largest difference of a channel, and how many pixels differ at all. */
export function compare(
  scene: Scene,
  limit?: number,
): { largest: number; differing: number; colours: number } {
  const layer = layerOf(scene);
  const one = draw(new TypedRenderer(), scene, [layer]), other = draw(webglWith(limit), scene, [layer]);
  let largest = 0, differing = 0;
  one.forEach((pixel, i) => {
    if (pixel !== other[i]) differing++;
    for (const shift of [0, 8, 16, 24]) {
      largest = Math.max(largest, Math.abs((pixel >>> shift & 255) - (other[i] >>> shift & 255)));
    }
  });
  return { largest, differing, colours: new Set(one).size };
}

/** Takes the context away and gives it back: what is drawn before and after. */
export async function loseAndRestore(scene: Scene) {
  const renderer = openWebgl();
  if (renderer === undefined) throw new Error("no WebGL2");
  const layers = [layerOf(scene)];
  const before = draw(renderer, scene, layers);
  const extension = renderer.gl.getExtension("WEBGL_lose_context");
  const lost = new Promise((resolve) => renderer.surface.addEventListener("webglcontextlost", resolve));
  extension?.loseContext();
  await lost;
  // A context may be restored only when the event has been dealt with.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const wasLost = renderer.isLost;
  const restored = new Promise((resolve) =>
    renderer.surface.addEventListener("webglcontextrestored", resolve)
  );
  extension?.restoreContext();
  await restored;
  return { wasLost, isLost: renderer.isLost, same: String(before) === String(draw(renderer, scene, layers)) };
}
