/** The bar above the panels: which gather, how it is drawn. */
import { fileName } from "../../format/paths.ts";
import { gradient } from "../../canvas/colour/gradient.ts";
import { DRAW_MODES } from "../../canvas/draw/style.ts";
import { scale } from "../../state/viewer/drawn_panels.ts";
import { comparable, comparedSurvey, compareWith } from "../../state/viewer/compared.ts";
import { CLIP_PERCENT, GAIN_DB, LAYOUTS, look, setLook } from "../../state/viewer/look.ts";
import { isSpectrumShown, toggleSpectrum } from "../../state/viewer/spectrum.ts";
import { takeTool, tool } from "../../state/viewer/tool.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { CommitInput } from "../../widgets/commit_input.tsx";
import { Icon } from "../../widgets/icon.tsx";
import { Segments } from "../../widgets/segments.tsx";
import { GatherBox } from "./gather_box.tsx";
import { LookMenu } from "./look_menu.tsx";
import { printPicture, savePicture } from "./picture_file.ts";
import { Slider } from "./slider.tsx";
import "./tool_bar.css";

const decibels = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero" });
const percents = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export function ToolBar() {
  const { mode, layout, gainDb, clipPercent } = look.value;
  return (
    <div class="tool-bar" role="toolbar" aria-label={VIEWER.title}>
      <GatherBox />
      <Segments
        label={VIEWER.mode}
        choices={DRAW_MODES.map((one) => [one, VIEWER.modes[one]] as const)}
        chosen={mode}
        onChoose={(mode) => setLook({ mode })}
      />
      <Segments
        label={VIEWER.layout}
        choices={LAYOUTS.map((one) => [one, VIEWER.layouts[one]] as const)}
        chosen={layout}
        onChoose={(layout) => setLook({ layout })}
      />
      <Slider
        label={VIEWER.gain}
        least={GAIN_DB.least}
        most={GAIN_DB.most}
        step={1}
        value={gainDb}
        text={VIEWER.decibels(decibels.format(gainDb))}
        onChange={(gainDb) => setLook({ gainDb })}
      />
      <Slider
        label={VIEWER.clip}
        least={CLIP_PERCENT.least}
        most={CLIP_PERCENT.most}
        step={0.1}
        value={clipPercent}
        text={VIEWER.percent(percents.format(clipPercent))}
        onChange={(clipPercent) => setLook({ clipPercent, typedClip: null })}
      />
      <ColourBar />
      <Tools />
    </div>
  );
}

/** What lies beside the input: the flow's result, or another survey that is open. */
function Beside() {
  const others = comparable.value;
  if (others.length === 0) return null;
  return (
    <select
      class="beside"
      aria-label={VIEWER.beside}
      title={VIEWER.beside}
      value={comparedSurvey.value ?? ""}
      onChange={(event) => compareWith(event.currentTarget.value || null)}
    >
      <option value="">{VIEWER.besideFlow}</option>
      {others.map((path) => <option key={path} value={path}>{fileName(path)}</option>)}
    </select>
  );
}

/** What acts at once, at the right. */
function Tools() {
  const isMeasuring = tool.value === "measure";
  return (
    <div class="tools">
      <Beside />
      <button type="button" aria-pressed={isSpectrumShown.value} onClick={toggleSpectrum}>
        {VIEWER.spectrum.title}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={VIEWER.measureTool}
        title={VIEWER.measureTool}
        aria-pressed={isMeasuring}
        onClick={() => takeTool(isMeasuring ? "pan" : "measure")}
      >
        <Icon name="ruler" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={VIEWER.savePicture}
        title={VIEWER.savePicture}
        onClick={() => void savePicture()}
      >
        <Icon name="camera" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={VIEWER.printPicture}
        title={VIEWER.printPicture}
        onClick={() => void printPicture()}
      >
        <Icon name="printer" />
      </button>
      <LookMenu />
    </div>
  );
}

/** The colours from negative to positive, with the amplitude at their ends, which can be typed. */
function ColourBar() {
  const { map, turned, gainDb } = look.value;
  const shown = String(Number(Math.abs(1 / scale.value).toPrecision(4)));
  return (
    <span class="colour-bar">
      <span aria-hidden="true">{VIEWER.negative}</span>
      <i
        role="img"
        aria-label={VIEWER.colourBar}
        style={{ backgroundImage: gradient(map, turned) }}
      />
      <span aria-hidden="true">{VIEWER.positive}</span>
      <CommitInput
        class="input colour-end"
        label={VIEWER.clipAmplitude}
        title={VIEWER.clipAmplitude}
        inputMode="decimal"
        value={shown}
        onCommit={(text) => {
          const typed = Number(text);
          if (!(typed > 0)) return shown;
          // What is typed is seen at the ends, so the gain is taken out of it.
          setLook({ typedClip: typed * 10 ** (gainDb / 20) });
        }}
      />
    </span>
  );
}
