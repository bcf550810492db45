/** The programs of the graphics card. They read all numbers by texel, so NaN and infinity come through. */
import { BEFORE, TAPS } from "../draw/sinc.ts";
import { MIDDLE } from "../colour/colour_table.ts";

const HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp isampler2D;
precision highp usampler2D;
uniform vec2 screen;
`;

/** A triangle over the whole screen, with no vertices in memory. */
export const WHOLE_SCREEN = `${HEAD}
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

export const DENSITY = `${HEAD}
uniform sampler2D grid;          // x: rows of the grid, y: its columns
uniform ivec2 corner;            // cell of the grid at the texture's corner: column, row
uniform ivec4 own;               // columns from, to, rows from, to that this tile draws
uniform isampler2D columnSpans;  // for each pixel across: cells from, to
uniform isampler2D rowSpans;     // for each pixel down
uniform sampler2D taps;          // two texels for each pixel down: eight weights
uniform isampler2D tapSamples;   // for each pixel down: sample before its middle, nearest sample
uniform bool interpolated;
uniform int samples;             // rows of the grid
uniform sampler2D colours;
uniform float scale;
uniform vec4 notFinite;
out vec4 colour;

ivec2 fold(int i, int width) { return ivec2(i % width, i / width); }
ivec2 cellsOf(isampler2D spans, int pixel) {
  return texelFetch(spans, fold(pixel, textureSize(spans, 0).x), 0).xy;
}
float at(int column, int row) { return texelFetch(grid, ivec2(row - corner.y, column - corner.x), 0).r; }
int magnitude(int bits) { return bits & 0x7fffffff; }
bool isFinite(float value) { return magnitude(floatBitsToInt(value)) < 0x7f800000; }

float peak(ivec2 columns, ivec2 rows) {
  int best = floatBitsToInt(at(columns.x, rows.x));
  for (int column = columns.x; column < columns.y; column++) {
    for (int row = rows.x; row < rows.y; row++) {
      int bits = floatBitsToInt(at(column, row));
      int a = magnitude(bits), b = magnitude(best);
      if (a > b || (a == b && bits > best)) best = bits;
    }
  }
  return intBitsToFloat(best);
}

float between(int column, int pixel) {
  ivec2 place = cellsOf(tapSamples, pixel);
  int width = textureSize(taps, 0).x;
  vec4 before = texelFetch(taps, fold(2 * pixel, width), 0);
  vec4 after = texelFetch(taps, fold(2 * pixel + 1, width), 0);
  float sum = 0.0;
  for (int tap = 0; tap < ${TAPS}; tap++) {
    float weight = tap < 4 ? before[tap] : after[tap - 4];
    sum += weight * at(column, clamp(place.x - ${BEFORE} + tap, 0, samples - 1));
  }
  float here = at(column, place.y);
  return isFinite(here) && isFinite(sum) ? sum : here;
}

void main() {
  int x = int(gl_FragCoord.x), y = int(screen.y - gl_FragCoord.y);
  ivec2 columns = cellsOf(columnSpans, x), rows = cellsOf(rowSpans, y);
  if (columns.x < own.x || columns.x >= own.y || rows.x < own.z || rows.x >= own.w) discard;
  float value = interpolated ? between(columns.x, y) : peak(columns, rows);
  if (!isFinite(value)) {
    colour = notFinite;
    return;
  }
  float place = clamp(value * scale * ${MIDDLE}.0, -${MIDDLE}.0, ${MIDDLE}.0);
  colour = texelFetch(colours, fold(int(place + ${MIDDLE}.5), textureSize(colours, 0).x), 0);
}`;

/** One rectangle for each trace and row of pixels, from the left to the right edge of its ink. */
export const INK = `${HEAD}
uniform sampler2D edges;
uniform usampler2D flags;
uniform int rows;
flat out vec2 interval;
flat out uint isMark;

void main() {
  int i = gl_InstanceID * rows + gl_VertexID / 6, corner = gl_VertexID % 6;
  int width = textureSize(edges, 0).x;
  ivec2 place = ivec2(i % width, i / width);
  interval = texelFetch(edges, place, 0).xy;
  isMark = texelFetch(flags, place, 0).r;
  bool right = corner == 1 || corner == 2 || corner == 4, low = corner == 2 || corner == 4 || corner == 5;
  float x = right ? ceil(interval.y) : floor(interval.x);
  float y = float(gl_VertexID / 6 + (low ? 1 : 0));
  gl_Position = vec4(2.0 * x / screen.x - 1.0, 1.0 - 2.0 * y / screen.y, 0.0, 1.0);
}`;

export const INK_COVERAGE = `${HEAD}
flat in vec2 interval;
flat in uint isMark;
uniform vec4 ink;
uniform vec4 notFinite;
out vec4 colour;

void main() {
  float x = gl_FragCoord.x - 0.5;
  float covered = clamp(min(interval.y, x + 1.0) - max(interval.x, x), 0.0, 1.0);
  colour = vec4((isMark == 1u ? notFinite : ink).rgb, covered);
}`;
