/** The panels side by side, or one in the place of another, with their common time axis. */
import { drawTimeAxis } from "../../canvas/axes/time_axis.ts";
import { rangeOf } from "../../canvas/axes/header_plot.ts";
import { Canvas } from "../../canvas/panel/canvas.tsx";
import { full } from "../../format/numbers.ts";
import { look } from "../../state/viewer/look.ts";
import { words } from "../../state/viewer/panels.ts";
import { flipped, shownPanels, there } from "../../state/viewer/shown_panels.ts";
import { isSpectrumShown } from "../../state/viewer/spectrum.ts";
import { SpectrumBox } from "./spectrum_box.tsx";
import { FlowSide } from "./flow_side.tsx";
import { axisScene } from "./panel_scene.ts";
import { Panel } from "./panel.tsx";

export function Panels() {
  const shown = shownPanels.value, front = flipped.value;
  return (
    <div class="viewer-panels">
      <div class="time-column" aria-hidden="true">
        <div class="time-head" />
        <PlotRange />
        <Canvas
          read={axisScene}
          paint={(pen, { view, axis }, { width, height }) => drawTimeAxis(pen, view, width, height, axis)}
        />
      </div>
      <div class="viewer-row">
        {there.value.map((name) => (
          <Panel
            key={name}
            name={name}
            hidden={!shown.includes(name) || (front !== null && front !== name)}
          />
        ))}
      </div>
      <div class="viewer-side">
        {isSpectrumShown.value ? <SpectrumBox /> : <div />}
        <FlowSide />
      </div>
    </div>
  );
}

/** The word of the curve above, with the values at its top and bottom. */
function PlotRange() {
  const { plotWord } = look.value, range = rangeOf(words.value[plotWord] ?? []);
  return (
    <div class="plot-range">
      <span>{plotWord}</span>
      {range !== undefined && (
        <>
          <span>{full(range.most)}</span>
          <span>{full(range.least)}</span>
        </>
      )}
    </div>
  );
}
