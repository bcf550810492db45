/** A gather as density with its time axis, all of it: what Data shows of a file. */
import { useMemo } from "preact/hooks";
import type { PanelHeader } from "../../shared/protocol/gathers.ts";
import { drawTimeAxis } from "../canvas/axes/time_axis.ts";
import { colourTable } from "../canvas/colour/colour_table.ts";
import type { ColourMapName } from "../canvas/colour/maps.ts";
import { layerIn } from "../canvas/draw/layer.ts";
import type { Style } from "../canvas/draw/style.ts";
import { Canvas, type CanvasSize } from "../canvas/panel/canvas.tsx";
import { drawPanel, onRendererChange } from "../canvas/panel/renderer_choice.ts";
import { axisStyle, panelColours } from "../canvas/panel/theme_colours.ts";
import { Levels } from "../canvas/picture/levels.ts";
import { pictureOf } from "../canvas/picture/picture.ts";
import { CountedMagnitudes } from "../canvas/picture/quantile.ts";
import { extentOf, fitted } from "../canvas/view/view_window.ts";
import { count } from "../format/numbers.ts";
import { shownTheme } from "../state/preferences.ts";
import "./gather_picture.css";

export interface GatherPictureProps {
  readonly panel: PanelHeader;
  readonly data: Float32Array;
  /** Traces of the gather among those of the panel. */
  readonly traces: number;
  readonly label: string;
  readonly map: ColourMapName;
  /** Percent of the samples below the ends of the colours. */
  readonly clipPercent: number;
}

export function GatherPicture({ panel, data, traces, label, map, clipPercent }: GatherPictureProps) {
  const { picture, levels, view, clip } = useMemo(() => {
    const picture = pictureOf({ ...panel, offset: 0 }, data);
    const columns = Math.ceil(traces / panel.tracesPerColumn);
    const magnitudes = new CountedMagnitudes(picture.data.subarray(0, columns * picture.rows));
    return {
      picture,
      levels: new Levels(picture),
      view: fitted(extentOf(traces, picture)),
      clip: magnitudes.quantile(clipPercent) || magnitudes.peak,
    };
  }, [panel, data, traces, clipPercent]);

  const read = ({ width, height, ratio }: CanvasSize) => {
    void shownTheme.value;
    const style: Style = {
      ...panelColours(),
      ...{ mode: "density", table: colourTable(map), lineWidth: ratio },
      scale: 1 / (clip || 1),
    };
    return {
      style,
      layer: layerIn(view, picture, levels, Math.round(width * ratio), Math.round(height * ratio)),
    };
  };
  return (
    <div class="gather" data-state="ready" data-traces={traces} data-samples={panel.samples}>
      <Canvas
        class="gather-times"
        read={({ ratio }) => {
          void shownTheme.value;
          return axisStyle(ratio, count);
        }}
        paint={(pen, style, { width, height }) => drawTimeAxis(pen, view, width, height, style)}
      />
      <Canvas
        class="gather-canvas"
        label={label}
        watch={onRendererChange}
        read={read}
        paint={(pen, { layer, style }) => {
          pen.canvas.dataset.renderer = drawPanel(pen, [layer], style);
        }}
      />
    </div>
  );
}
