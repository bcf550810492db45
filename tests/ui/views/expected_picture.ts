/** The picture of a gather computed in plain double precision from its samples, with nothing of the window's code. */

/** From the most negative to the most positive amplitude; vik without the eighth at each end, which is nearly black. */
export const COLOUR_ANCHORS = {
  vik: (
    "034481 055189 0c5e92 1c6d9c 307da6 488db2 619ebd 7aaec8 94bed2 adcddd c6dbe6 dee6e9 ece5e0 eedbd0 e9ccba e3bca5 " +
    "dcac90 d69d7c cf8e68 c98056 c37243 bd6431 b3531f a5400f 942f06"
  ).split(" "),
  grey: ["ffffff", "000000"],
} as const;

/** The magnitude that so many percent of the finite values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.filter(Number.isFinite).map(Math.abs).sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * percent / 100) - 1];
}

/**
 * All of the gather on so many pixels: enlarged across; down, what is farthest from zero of the samples of a pixel. They
 * go together by two, four ... when as many fit into a pixel, and belong to the pixel in which they begin.
 */
export function expectedPixels(
  gather: readonly (readonly number[])[],
  { width, height }: { width: number; height: number },
  clip: number,
  anchors: readonly string[] = COLOUR_ANCHORS.vik,
): number[] {
  const samples = gather[0].length, step = samples / height;
  if (step <= 1) throw new Error(`expected more samples than pixels, found ${samples} on ${height}`);
  const together = 2 ** Math.floor(Math.log2(step));
  const columns = gather.map((trace) =>
    Array.from({ length: height }, (_, y) => {
      const edge = (place: number) => together * Math.ceil(place * step / together - 1e-9);
      const under = trace.slice(edge(y), edge(y + 1));
      const peak = under.reduce((best, one) => Math.abs(one) > Math.abs(best) ? one : best);
      return colour(Math.max(-1, Math.min(1, peak / clip)), anchors);
    })
  );
  return Array.from({ length: width * height }, (_, i) => {
    const trace = Math.floor((i % width + 0.5) / width * gather.length);
    return columns[trace][Math.floor(i / width)];
  });
}

/** As ImageData has it in memory: red first. */
function colour(amplitude: number, anchors: readonly string[]): number {
  const place = (amplitude + 1) / 2 * (anchors.length - 1);
  const low = Math.min(anchors.length - 2, Math.floor(place)), share = place - low;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const [a, b] = [anchors[low], anchors[low + 1]].map((anchor) => parseInt(anchor.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share);
  });
  return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
}
