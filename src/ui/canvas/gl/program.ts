/** The little of WebGL2 that drawing panels needs: programs without vertex buffers, and textures of numbers. */

export function makeProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("Cannot make a shader: the context of WebGL2 is lost");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    const logs = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader));
    throw new Error(`Cannot build a shader: ${[gl.getProgramInfoLog(program), ...logs].join(" ")}`);
  }
  return program;
}

/** Places of uniforms by name; each is looked up once. */
export class Uniforms {
  readonly #places = new Map<string, WebGLUniformLocation | null>();

  constructor(readonly gl: WebGL2RenderingContext, readonly program: WebGLProgram) {}

  of(name: string): WebGLUniformLocation | null {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.gl.getUniformLocation(this.program, name);
      this.#places.set(name, place);
    }
    return place;
  }
}

/** What a texel holds, as WebGL2 wants it told. */
export interface TexelFormat {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  /** Numbers in a texel. */
  readonly channels: number;
}

export function texelFormats(gl: WebGL2RenderingContext) {
  return {
    amplitude: { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, channels: 1 },
    weights: { internal: gl.RGBA32F, format: gl.RGBA, type: gl.FLOAT, channels: 4 },
    edges: { internal: gl.RG32F, format: gl.RG, type: gl.FLOAT, channels: 2 },
    cells: { internal: gl.RG32I, format: gl.RG_INTEGER, type: gl.INT, channels: 2 },
    flags: { internal: gl.R8UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_BYTE, channels: 1 },
    colour: { internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE, channels: 4 },
  } as const satisfies Readonly<Record<string, TexelFormat>>;
}

/** A texture that is read by texel only. */
export function makeTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  }
  for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
  }
  return texture;
}

/**
 * A list of numbers folded into a texture as wide as the context allows: texel i lies at (i % width, i / width).
 */
export function uploadFolded(
  gl: WebGL2RenderingContext,
  limit: number,
  { internal, format, type, channels }: TexelFormat,
  values: Float32Array | Int32Array | Uint8Array,
): void {
  const texels = Math.floor(values.length / channels), width = Math.max(1, Math.min(limit, texels));
  const full = Math.floor(texels / width), rest = texels - full * width;
  const height = Math.max(1, full + Math.min(1, rest));
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, format, type, null);
  const part = (row: number, columns: number, rows: number) =>
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, row, columns, rows, format, type, values, row * width * channels);
  if (full > 0) part(0, width, full);
  if (rest > 0) part(full, rest, 1);
}
