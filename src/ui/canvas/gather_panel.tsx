/** A gather as density with its time axis: a picture named for screen readers, drawn anew when its place changes. */
import { useEffect, useRef } from "preact/hooks";
import type { PanelHeader } from "../../shared/protocol/gathers.ts";
import { shownTheme } from "../state/preferences.ts";
import { count } from "../format/numbers.ts";
import { type ColorMapName, colorTable } from "./color_maps.ts";
import { clipOf, drawDensity } from "./density.ts";
import { timeTicks } from "./time_ticks.ts";
import "./gather_panel.css";

export interface GatherPanelProps {
  readonly panel: PanelHeader;
  readonly data: Float32Array;
  /** Traces of the gather among those of the panel. */
  readonly traces: number;
  readonly label: string;
  readonly map: ColorMapName;
  /** Share of the samples below the ends of the colour table. */
  readonly clipShare: number;
}

/** Nobody may take a hole in the data for an amplitude. */
const NOT_FINITE = 0xff00ff00;

export function GatherPanel({ panel, data, traces, label, map, clipShare }: GatherPanelProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = Math.max(1, Math.min(panel.columns, Math.ceil(traces / panel.tracesPerColumn)));
  const theme = shownTheme.value;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () => paint(element, panel, data, columns, map, clipShare);
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [panel, data, columns, map, clipShare, theme]);
  const lastMs = panel.startMs + (panel.samples - 1) * panel.intervalUs / 1000;
  return (
    <div class="gather" data-state="ready" data-traces={traces} data-samples={panel.samples}>
      <div class="gather-times" aria-hidden="true">
        {timeTicks(panel.startMs, lastMs).map(({ ms, share }) => (
          <span key={ms} class={share > 0.97 ? "is-last" : ""} style={{ top: `${share * 100}%` }}>
            {count(ms)}
          </span>
        ))}
      </div>
      <canvas ref={canvas} class="gather-canvas" role="img" aria-label={label} />
    </div>
  );
}

function paint(
  canvas: HTMLCanvasElement,
  panel: PanelHeader,
  data: Float32Array,
  columns: number,
  map: ColorMapName,
  clipShare: number,
): void {
  const scale = devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * scale));
  const height = Math.max(1, Math.round(canvas.clientHeight * scale));
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const lines = panel.kind === "envelope" ? 2 : 1;
  const clip = clipOf(data.subarray(0, columns * lines * panel.rows), clipShare);
  const look = { clip, colors: colorTable(map), notFinite: NOT_FINITE };
  drawDensity(panel, data, columns, { pixels, width, height }, look);
  canvas.getContext("2d", { alpha: false })?.putImageData(image, 0, 0);
}
