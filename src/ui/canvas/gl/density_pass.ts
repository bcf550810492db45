/** Density of one layer, tile by tile. */
import type { DensityTables, Layer } from "../draw/layer.ts";
import { densityTables } from "../draw/layer.ts";
import { nearest, type Taps } from "../draw/sinc.ts";
import type { Spans } from "../draw/placement.ts";
import type { Style } from "../draw/style.ts";
import { channels } from "./channels.ts";
import { makeProgram, makeTexture, texelFormats, Uniforms, uploadFolded } from "./program.ts";
import { DENSITY, WHOLE_SCREEN } from "./shaders.ts";
import { TextureCache } from "./texture_cache.ts";
import type { Tile } from "./tiles.ts";

/** Units of the textures, in the order of their names in the shader. */
const UNITS = ["grid", "columnSpans", "rowSpans", "taps", "tapSamples", "colours"] as const;

export class DensityPass {
  readonly #uniforms: Uniforms;
  readonly #cache: TextureCache;
  readonly #tables: Readonly<Record<typeof UNITS[number], WebGLTexture>>;
  #colours: Uint32Array | undefined;

  constructor(readonly gl: WebGL2RenderingContext, readonly limit: number) {
    this.#uniforms = new Uniforms(gl, makeProgram(gl, WHOLE_SCREEN, DENSITY));
    this.#cache = new TextureCache(gl, limit);
    const made = () => makeTexture(gl);
    this.#tables = {
      ...{ grid: made(), columnSpans: made(), rowSpans: made() },
      ...{ taps: made(), tapSamples: made(), colours: made() },
    };
    this.#fillEmpty();
  }

  draw(layer: Layer, style: Style, width: number, height: number): void {
    const { gl } = this, uniform = (name: string) => this.#uniforms.of(name);
    const tables = densityTables(layer);
    const level = layer.levels.at(tables.columns.level, tables.rows.level);
    gl.useProgram(this.#uniforms.program);
    gl.disable(gl.BLEND);
    this.#upload(tables, level.rows, style);
    gl.uniform2f(uniform("screen"), width, height);
    gl.uniform1i(uniform("interpolated"), tables.taps === null ? 0 : 1);
    gl.uniform1i(uniform("samples"), level.rows);
    gl.uniform1f(uniform("scale"), style.scale);
    gl.uniform4f(uniform("notFinite"), ...channels(style.notFinite));
    this.#activate("grid");
    for (const tile of this.#cache.tilesOf(level)) {
      if (isOnScreen(tile, tables)) this.#drawTile(tile);
    }
  }

  #drawTile({ texture, columns, rows, corner }: Tile): void {
    const { gl } = this;
    this.#bind("grid", texture);
    gl.uniform2i(this.#uniforms.of("corner"), ...corner);
    gl.uniform4i(this.#uniforms.of("own"), ...columns, ...rows);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #upload({ columns, rows, taps }: DensityTables, samples: number, style: Style): void {
    const { gl, limit } = this, formats = texelFormats(gl);
    for (const name of UNITS) this.#bind(name, this.#tables[name]);
    this.#activate("columnSpans");
    uploadFolded(gl, limit, formats.cells, pairs(columns));
    this.#activate("rowSpans");
    uploadFolded(gl, limit, formats.cells, pairs(rows));
    if (taps !== null) {
      this.#activate("taps");
      // Two texels belong together; a texture of odd width would part them at its border, which the shader allows.
      uploadFolded(gl, limit, formats.weights, taps.weights);
      this.#activate("tapSamples");
      uploadFolded(gl, limit, formats.cells, tapSamples(taps, samples));
    }
    if (style.table === this.#colours) return;
    this.#activate("colours");
    uploadFolded(gl, limit, formats.colour, new Uint8Array(style.table.buffer));
    this.#colours = style.table;
  }

  #bind(name: typeof UNITS[number], texture: WebGLTexture): void {
    this.#activate(name);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
    this.gl.uniform1i(this.#uniforms.of(name), UNITS.indexOf(name));
  }

  #activate(name: typeof UNITS[number]): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + UNITS.indexOf(name));
  }

  /** A sampler of whole numbers must never find another kind of texture, even where it is not read. */
  #fillEmpty(): void {
    const { gl, limit } = this, { cells, weights } = texelFormats(gl);
    for (const name of ["columnSpans", "rowSpans", "tapSamples"] as const) {
      gl.bindTexture(gl.TEXTURE_2D, this.#tables[name]);
      uploadFolded(gl, limit, cells, new Int32Array(2));
    }
    gl.bindTexture(gl.TEXTURE_2D, this.#tables.taps);
    uploadFolded(gl, limit, weights, new Float32Array(4));
  }
}

function isOnScreen({ columns, rows }: Tile, tables: DensityTables): boolean {
  return meets(tables.columns, columns) && meets(tables.rows, rows);
}

function meets({ from }: Spans, [first, end]: readonly [number, number]): boolean {
  return from.some((cell) => cell >= first && cell < end);
}

function pairs({ from, to }: Spans): Int32Array {
  const both = new Int32Array(2 * from.length);
  from.forEach((first, i) => both.set([first, to[i]], 2 * i));
  return both;
}

function tapSamples(taps: Taps, samples: number): Int32Array {
  const both = new Int32Array(2 * taps.sample.length);
  taps.sample.forEach((sample, i) => both.set([sample, nearest(taps, i, samples)], 2 * i));
  return both;
}
