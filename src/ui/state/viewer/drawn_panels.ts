/** What is drawn of the panels: their contents as the look wants them, with one clip and one gain for all. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { type ColourMapName } from "../../canvas/colour/maps.ts";
import { colourTable } from "../../canvas/colour/colour_table.ts";
import { scaleOf } from "../../canvas/draw/style.ts";
import { applied, evenedByTrace, evenedByWindow, type Evening } from "../../canvas/picture/evening.ts";
import { Levels } from "../../canvas/picture/levels.ts";
import { CountedMagnitudes, type Magnitudes } from "../../canvas/picture/quantile.ts";
import { look } from "./look.ts";
import { details, type PanelContent, panels } from "./panels.ts";

/** Magnitudes of samples from all over the survey, by percent: for the clip over the survey. Null: not known yet. */
const surveyMagnitudes = signal<Magnitudes | null>(null);

export function setSurveyMagnitudes(magnitudes: Magnitudes | null): void {
  surveyMagnitudes.value = magnitudes;
}

const evening = computed<Evening | null>(() => eveningOf(panels.input.value.content));
const detailEvening = computed<Evening | null>(() => eveningOf(details.input.value));

function eveningOf(content: PanelContent | null): Evening | null {
  const { scaling, agcMs } = look.value;
  if (content === null) return null;
  if (scaling === "trace") return evenedByTrace(content.picture);
  return scaling === "agc" ? evenedByWindow(content.picture, agcMs) : null;
}

/** One or two contents over each other, the coarser first. */
export type DrawnPanel = readonly PanelContent[];

const drawn = (name: PanelName) =>
  computed<DrawnPanel>(() => [
    ...evenedContent(panels[name].value.content, evening.value),
    ...evenedContent(details[name].value, detailEvening.value),
  ]);

export const drawnPanels: Readonly<Record<PanelName, ReadonlySignal<DrawnPanel>>> = {
  input: drawn("input"),
  processed: drawn("processed"),
  noise: drawn("noise"),
};

function evenedContent(content: PanelContent | null, factors: Evening | null): PanelContent[] {
  if (content === null) return [];
  if (factors === null) return [content];
  const picture = applied(content.picture, factors) ??
    applied(content.picture, eveningOf(content) ?? factors);
  if (picture === undefined) return [content];
  let counted: Magnitudes | undefined;
  return [{
    ...content,
    ...{ picture, levels: new Levels(picture) },
    magnitudes: () => counted ??= new CountedMagnitudes(picture.data),
  }];
}

/** The amplitude that has the last colour at a gain of 0 dB: of the input, for all panels. */
export const clip = computed(() => {
  const { typedClip, clipPercent, scaling } = look.value;
  if (typedClip !== null) return typedClip;
  const shown = drawnPanels.input.value[0];
  const all = scaling === "survey" ? surveyMagnitudes.value : null;
  const counted = all ?? shown?.magnitudes();
  return counted === undefined ? 1 : counted.quantile(clipPercent) || counted.peak || 1;
});

/** From amplitude to colour. */
export const scale = computed(() => {
  const { gainDb, turned } = look.value;
  return scaleOf({ clip: clip.value, gainDb, turned });
});

const map = computed<ColourMapName>(() => look.value.map);
export const colours = computed(() => colourTable(map.value));

/** True when the look is of the kind that must be said wherever it is seen, since it hides how strong traces are. */
export const isEvened = computed(() => look.value.scaling === "trace" || look.value.scaling === "agc");
