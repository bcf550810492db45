/** One panel: its name and what it holds, the curve and the labels above, the amplitudes. */
import { useEffect, useRef } from "preact/hooks";
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { drawHeaderPlot, rangeOf } from "../../canvas/axes/header_plot.ts";
import { drawOverlays } from "../../canvas/axes/overlays.ts";
import { drawTraceAxis, traceLabels } from "../../canvas/axes/trace_axis.ts";
import { Canvas, type CanvasSize } from "../../canvas/panel/canvas.tsx";
import { drawPanel, onRendererChange } from "../../canvas/panel/renderer_choice.ts";
import { count } from "../../format/numbers.ts";
import { panels } from "../../state/viewer/panels.ts";
import { listenToPanel } from "./gestures.ts";
import { panelKeys } from "./panel_keys.ts";
import { PanelHead, titleOf } from "./panel_head.tsx";
import { amplitudeScene, labelScene, overlayScene, plotScene } from "./panel_scene.ts";
import "./panel.css";

export function Panel({ name, hidden }: { readonly name: PanelName; readonly hidden: boolean }) {
  return (
    <section class={`panel is-${name}`} hidden={hidden}>
      <PanelHead name={name} />
      <Canvas class="panel-plot" read={(size) => plotScene(name, size)} paint={paintPlot} />
      <Canvas class="panel-traces" read={(size) => labelScene(name, size)} paint={paintLabels} />
      <Amplitudes name={name} />
    </section>
  );
}

function Amplitudes({ name }: { readonly name: PanelName }) {
  const box = useRef<HTMLDivElement>(null);
  const now = panels[name].value, header = now.content?.header;
  useEffect(() => {
    const canvas = box.current?.querySelector("canvas");
    return canvas ? listenToPanel(canvas, name) : undefined;
  }, [name]);
  return (
    <div class="panel-data" ref={box}>
      <Canvas
        class={`panel-amplitudes is-${now.state}`}
        label={titleOf(name)}
        tabIndex={0}
        onKeyDown={panelKeys}
        data-state={now.state === "absent" ? "loading" : now.state}
        data-traces={now.state === "ready" ? header?.traces : undefined}
        data-samples={now.state === "ready" ? header?.samples : undefined}
        watch={onRendererChange}
        read={(size) => amplitudeScene(name, size)}
        paint={(pen, { layers, style }) => {
          pen.canvas.dataset.renderer = drawPanel(pen, layers, style);
        }}
      />
      <Canvas
        class="panel-overlay"
        read={(size) => overlayScene(name, size)}
        paint={(pen, { overlays, view, axis }, { width, height }) =>
          drawOverlays(pen, overlays, view, width, height, axis)}
      />
      {now.state === "error" && <p class="panel-message danger" role="alert">{now.message}</p>}
      {now.state === "absent" && now.why !== null && <p class="panel-message second">{now.why}</p>}
    </div>
  );
}

function paintPlot(
  pen: CanvasRenderingContext2D,
  { view, axis, values }: NonNullable<ReturnType<typeof plotScene>>,
  { width, height }: CanvasSize,
): void {
  drawHeaderPlot(pen, values, rangeOf(values), view, width, height, axis);
}

function paintLabels(
  pen: CanvasRenderingContext2D,
  { view, axis, traces, values }: NonNullable<ReturnType<typeof labelScene>>,
  { width, height }: CanvasSize,
): void {
  drawTraceAxis(pen, traceLabels(view, traces, width, count, values), view, width, height, axis);
}
