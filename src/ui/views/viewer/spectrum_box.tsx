/** The spectra of what is on the screen. */
import { drawSpectra } from "../../canvas/axes/spectrum_plot.ts";
import { Canvas, type CanvasSize } from "../../canvas/panel/canvas.tsx";
import { axisStyle, themeColour } from "../../canvas/panel/theme_colours.ts";
import { count } from "../../format/numbers.ts";
import { shownTheme } from "../../state/preferences.ts";
import { inDecibels, showDecibels, spectra, spectrumProblem } from "../../state/viewer/spectrum.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { Segments } from "../../widgets/segments.tsx";
import "./spectrum_box.css";

const { spectrum } = VIEWER;

export function SpectrumBox() {
  return (
    <section class="spectrum-box" aria-label={spectrum.title}>
      <header>
        <h2>{spectrum.title}</h2>
        <span class="quiet small cut">{spectrum.of}</span>
        <Segments
          label={spectrum.scale}
          choices={[["decibels", spectrum.decibels], ["linear", spectrum.linear]]}
          chosen={inDecibels.value ? "decibels" : "linear"}
          onChoose={(choice) => showDecibels(choice === "decibels")}
        />
      </header>
      <Canvas
        label={spectrum.title}
        data-state={spectra.value.length > 0 ? "ready" : "loading"}
        data-lines={spectra.value.length}
        read={sceneOf}
        paint={(pen, { lines, decibels, axis }, { width, height }) =>
          drawSpectra(pen, lines, decibels, width, height, axis)}
      />
      {spectrumProblem.value !== null && <p class="danger small" role="alert">{spectrumProblem.value}</p>}
    </section>
  );
}

function sceneOf({ ratio }: CanvasSize) {
  void shownTheme.value;
  const lines = spectra.value.map(({ panel, stepHz, values }) => ({
    ...{ stepHz, values },
    colour: themeColour(panel === "input" ? "in" : "out"),
  }));
  return { lines, decibels: inDecibels.value, axis: axisStyle(ratio, count) };
}
