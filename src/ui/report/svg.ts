/** Plots of a report as SVG: they need no program, and print as lines. */
export interface SvgSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly colour: string;
}

export interface SvgPlot {
  readonly title: string;
  readonly series: readonly SvgSeries[];
  /** What stands under the first and the last value. */
  readonly ends: readonly [string, string];
  readonly format: (value: number) => string;
}

const WIDTH = 640, HEIGHT = 180, LEFT = 74, BOTTOM = 22, TOP = 8;
const ROOM = { width: WIDTH - LEFT - 4, height: HEIGHT - TOP - BOTTOM };

/** Bars that stand on each other, one for each place. */
export function stackedBars(plot: SvgPlot): string {
  const places = plot.series[0]?.values.length ?? 0;
  const sums = Array.from({ length: places }, (_, i) => sum(plot.series.map(({ values }) => values[i] ?? 0)));
  const most = Math.max(...sums, 1e-12), step = ROOM.width / Math.max(1, places);
  const bars: string[] = [];
  for (let i = 0; i < places; i++) {
    let below = 0;
    for (const { values, colour } of plot.series) {
      const height = ROOM.height * (values[i] ?? 0) / most;
      const y = TOP + ROOM.height - below - height;
      if (height > 0) bars.push(rect(LEFT + i * step, y, Math.min(step * 0.8, 24), height, colour));
      below += height;
    }
  }
  return framed(plot, most, bars.join(""));
}

/** A line for each series; a null is a gap. `x` rises. */
export function lines(plot: SvgPlot, x: readonly number[]): string {
  const most = Math.max(...plot.series.flatMap(({ values }) => values.map((value) => value ?? 0)), 1e-12);
  const first = x[0] ?? 0, span = Math.max(1e-12, (x.at(-1) ?? 0) - first);
  const drawn = plot.series.map(({ values, colour }) => {
    let path = "", pen = "M";
    values.forEach((value, i) => {
      if (value === null) return pen = "M";
      const px = LEFT + ROOM.width * (x[i] - first) / span, py = TOP + ROOM.height * (1 - value / most);
      path += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
      pen = "L";
    });
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  });
  return framed(plot, most, drawn.join(""));
}

/** What may stand in HTML as text or in an attribute. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}

function framed({ title, series, ends, format }: SvgPlot, most: number, inside: string): string {
  const floor = TOP + ROOM.height;
  const marks = [0, 0.5, 1].map((share) => {
    const y = floor - ROOM.height * share;
    return `<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}" stroke="#ccc"/>` +
      `<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${escaped(format(most * share))}</text>`;
  });
  const legend = series.length < 2
    ? ""
    : `<figcaption>${
      series.map(({ name, colour }) => `<span><i style="background:${colour}"></i>${escaped(name)}</span>`)
        .join(" ")
    }</figcaption>`;
  return `<figure><h3>${escaped(title)}</h3><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${
    escaped(title)
  }">${marks.join("")}${inside}<text x="${LEFT}" y="${HEIGHT - 6}">${escaped(ends[0])}</text>` +
    `<text x="${WIDTH - 4}" y="${HEIGHT - 6}" text-anchor="end">${
      escaped(ends[1])
    }</text></svg>${legend}</figure>`;
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${
    height.toFixed(1)
  }" fill="${fill}"/>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
