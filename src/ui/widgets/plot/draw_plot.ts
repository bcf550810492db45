/** The only file that knows uPlot. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { PlotProps, PlotSeries } from "./plot_props.ts";

export interface DrawnPlot {
  /** New values in the same frame. */
  readonly show: (props: PlotProps) => void;
  readonly remove: () => void;
}

/** Pixels of a bar's room that it fills, and at most. */
const BAR_SHARE = 0.7;
const BAR_MOST = 40;

export function drawPlot(box: HTMLElement, props: PlotProps): DrawnPlot | null {
  // Without a canvas, such as in tests, there is nothing to draw on; the label says the figures.
  if (document.createElement("canvas").getContext("2d") === null) return null;
  const plot = new uPlot({ ...optionsOf(box, props), width: widthOf(box) }, dataOf(props), box);
  const observer = new ResizeObserver(() => plot.setSize({ width: widthOf(box), height: props.height }));
  observer.observe(box);
  return {
    show: (next) => plot.setData(dataOf(next)),
    remove: () => {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function widthOf(box: HTMLElement): number {
  return Math.max(80, box.clientWidth);
}

function optionsOf(box: HTMLElement, props: PlotProps): Omit<uPlot.Options, "width"> {
  const { height, series, isTime = false, kind = "lines", format, limit, across } = props;
  const colour = (name: string) => getComputedStyle(box).getPropertyValue(`--${name}`).trim();
  const font = `11px ${colour("font")}`;
  const axis = { stroke: colour("text-3"), font, ticks: { show: false } };
  return {
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: isTime, ...(across === undefined ? {} : { range: [...across] }) },
      y: { range: (_, _min, most) => [0, topOf(Math.max(most ?? 0, limit ?? 0))] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 72, values: isTime ? timesOf : undefined },
      {
        ...axis,
        grid: { stroke: colour("line-1"), width: 1 },
        size: 64,
        space: 28,
        values: (_, ticks) => ticks.map(format),
      },
    ],
    series: [{}, ...drawnSeries(props).map((one) => ({ ...seriesOf(one, kind, colour), label: one.name }))],
    hooks: {
      draw: limit === undefined ? [] : [(plot) => drawLimit(plot, limit, colour("warn"))],
      setCursor: [tellAtCursor(box, series, format, isTime)],
    },
  };
}

/** Bars stand on each other: the sum of all is drawn first, behind the others. */
function drawnSeries({ series, kind }: PlotProps): readonly PlotSeries[] {
  return kind === "stacked_bars" ? series.toReversed() : series;
}

function seriesOf(
  { colour }: PlotSeries,
  kind: PlotProps["kind"],
  of: (name: string) => string,
): uPlot.Series {
  const stroke = of(colour);
  switch (kind) {
    case "stacked_bars":
      return {
        fill: stroke,
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars?.({ size: [BAR_SHARE, BAR_MOST] }),
      };
    case "points":
      return { stroke, paths: () => null, points: { show: true, size: 5, fill: stroke, width: 0 } };
    default:
      return { stroke, width: 1, points: { show: false }, spanGaps: false };
  }
}

function dataOf({ x, series, kind }: PlotProps): uPlot.AlignedData {
  if (kind !== "stacked_bars") return [[...x], ...series.map(({ values }) => [...values])];
  const sums: number[][] = [];
  for (const { values } of series) {
    const below = sums.at(-1);
    sums.push(values.map((value, i) => (value ?? 0) + (below?.[i] ?? 0)));
  }
  return [[...x], ...sums.reverse()];
}

/** A little room above, and never a scale of nothing. */
function topOf(most: number): number {
  return most > 0 ? most * 1.08 : 1;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minute = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

function timesOf(_: uPlot, ticks: number[]): string[] {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 0;
  const format = step >= 86_400 ? day : step >= 60 ? minute : clock;
  return ticks.map((tick) => format.format(tick * 1000));
}

function drawLimit(plot: uPlot, limit: number, colour: string): void {
  const { ctx, bbox } = plot, y = plot.valToPos(limit, "y", true);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** What lies under the pointer stands in the plot's title. */
function tellAtCursor(
  box: HTMLElement,
  series: PlotProps["series"],
  format: PlotProps["format"],
  isTime: boolean,
) {
  return (plot: uPlot) => {
    const at = plot.cursor.idx;
    if (at === null || at === undefined) return;
    const x = plot.data[0][at], when = isTime ? new Date(x * 1000).toLocaleString() : String(x);
    const values = series.map(({ name, values }) =>
      `${name}: ${values[at] == null ? "–" : format(values[at])}`
    );
    box.title = [when, ...values].join("\n");
  };
}
