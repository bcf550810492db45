/** A plot by uPlot, which comes with the first of them: lines, or bars that stand on each other. */
import { useEffect, useRef } from "preact/hooks";
import { shownTheme } from "../../state/preferences.ts";
import type { DrawnPlot } from "./draw_plot.ts";
import type { PlotProps } from "./plot_props.ts";
import "./plot.css";

export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null), drawn = useRef<DrawnPlot | null>(null);
  const theme = shownTheme.value;
  useEffect(() => {
    let gone = false;
    void import("./draw_plot.ts").then(({ drawPlot }) => {
      if (!gone && box.current !== null) drawn.current = drawPlot(box.current, props);
    });
    return () => {
      gone = true;
      drawn.current?.remove();
      drawn.current = null;
    };
  }, [theme, props.kind, props.height, props.series.length, props.isTime]);
  useEffect(() => drawn.current?.show(props), [props.x, props.series]);
  return (
    <div
      ref={box}
      class="plot"
      role="img"
      aria-label={labelOf(props)}
      style={{ height: `${props.height}px` }}
    />
  );
}

/** What the plot says to who does not see it: its name, and the last value of each line. */
function labelOf({ label, series, format }: PlotProps): string {
  const last = series.map(({ name, values }) => {
    const value = values.findLast((one) => one !== null);
    return value === undefined || value === null ? name : `${name} ${format(value)}`;
  });
  return `${label}: ${last.join(", ")}`;
}
