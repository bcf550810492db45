/** The ink of wiggles over what is drawn already. */
import type { Style } from "../draw/style.ts";
import type { Ink } from "../draw/wiggle.ts";
import { channels } from "./channels.ts";
import { makeProgram, makeTexture, texelFormats, Uniforms, uploadFolded } from "./program.ts";
import { INK, INK_COVERAGE } from "./shaders.ts";

export class InkPass {
  readonly #uniforms: Uniforms;
  readonly #edges: WebGLTexture;
  readonly #flags: WebGLTexture;

  constructor(readonly gl: WebGL2RenderingContext, readonly limit: number) {
    this.#uniforms = new Uniforms(gl, makeProgram(gl, INK, INK_COVERAGE));
    this.#edges = makeTexture(gl);
    this.#flags = makeTexture(gl);
  }

  draw(ink: Ink, style: Style, width: number, height: number): void {
    const { gl } = this, uniform = (name: string) => this.#uniforms.of(name);
    gl.useProgram(this.#uniforms.program);
    gl.uniform2f(uniform("screen"), width, height);
    gl.uniform1i(uniform("rows"), ink.rows);
    gl.uniform1i(uniform("edges"), 0);
    gl.uniform1i(uniform("flags"), 1);
    gl.uniform4f(uniform("ink"), ...channels(style.ink));
    gl.uniform4f(uniform("notFinite"), ...channels(style.notFinite));
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    const together = Math.max(1, Math.floor(this.limit ** 2 / Math.max(1, ink.rows)));
    for (let first = 0; first < ink.traces; first += together) {
      this.#drawSome(ink, first, Math.min(ink.traces, first + together));
    }
  }

  /** As many traces as one texture holds. */
  #drawSome({ edges, notFinite, rows }: Ink, first: number, end: number): void {
    const { gl, limit } = this, formats = texelFormats(gl);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#edges);
    uploadFolded(gl, limit, formats.edges, edges.subarray(2 * first * rows, 2 * end * rows));
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.#flags);
    uploadFolded(gl, limit, formats.flags, notFinite.subarray(first * rows, end * rows));
    gl.drawArraysInstanced(gl.TRIANGLES, 0, 6 * rows, end - first);
  }
}
