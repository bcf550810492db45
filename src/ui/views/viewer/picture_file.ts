/** "Save picture" and "Print": the sheet of what View shows. */
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { COLOUR_MAPS } from "../../canvas/colour/maps.ts";
import { layerIn } from "../../canvas/draw/layer.ts";
import { drawSheet, type Sheet, type SheetPanel, sheetSize } from "../../canvas/panel/sheet.ts";
import { axisStyle, themeColour } from "../../canvas/panel/theme_colours.ts";
import { count, full } from "../../format/numbers.ts";
import { fileName } from "../../format/paths.ts";
import { flowDraft } from "../../state/flow_draft.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { drawnPanels, scale } from "../../state/viewer/drawn_panels.ts";
import { look } from "../../state/viewer/look.ts";
import { panels } from "../../state/viewer/panels.ts";
import { view } from "../../state/viewer/position.ts";
import { gatherFacts, shownGather } from "../../state/viewer/shown_gather.ts";
import { flipped, shownPanels } from "../../state/viewer/shown_panels.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { titleOf } from "./panel_head.tsx";
import { labelScene, overlaysOf, plotScene, styleNow } from "./panel_scene.ts";

const COLOURS: Readonly<Record<PanelName, string>> = { input: "in", processed: "out", noise: "diff" };
/** Pixels of the picture for one of the page, so that it can be printed. */
const RATIO = 2;

/** Draws the sheet and hands it on as PNG; undefined while there is nothing to draw. */
export async function pictureOfView(): Promise<{ name: string; blob: Blob } | undefined> {
  const now = view.peek();
  const shown = flipped.peek() === null ? shownPanels.peek() : [flipped.peek() ?? "input"];
  const element = document.querySelector<HTMLElement>(".panel:not([hidden]) .panel-amplitudes");
  if (now === null || element === null) return undefined;
  const size = { width: element.clientWidth, height: element.clientHeight };
  const sheet = sheetNow(shown), { width, height } = sheetSize(sheet, size);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * RATIO);
  canvas.height = Math.round(height * RATIO);
  const pen = canvas.getContext("2d");
  if (pen === null) return undefined;
  drawSheet(pen, sheet, size);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob === null ? undefined : { name: `${sheet.title.replace(/[\\/:*?"<>|]+/g, " ")}.png`, blob };
}

/** As the browser saves what one downloads. */
export async function savePicture(): Promise<void> {
  const picture = await pictureOfView();
  if (picture === undefined) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture.blob);
  link.download = picture.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The sheet alone on a page; the rest of the window is hidden from the printer by its styles. */
export async function printPicture(): Promise<void> {
  const picture = await pictureOfView();
  if (picture === undefined) return;
  const image = document.createElement("img");
  image.className = "print-sheet";
  image.alt = picture.name;
  image.src = URL.createObjectURL(picture.blob);
  await image.decode();
  document.body.append(image);
  print();
  image.remove();
  URL.revokeObjectURL(image.src);
}

function sheetNow(names: readonly PanelName[]): Sheet {
  return {
    title: [fileName(chosenSurvey.peek()?.path ?? ""), gatherName()].filter((part) => part !== "").join(", "),
    subtitle: flowText(),
    settings: settingsText(),
    ends: String(Number(Math.abs(1 / scale.peek()).toPrecision(4))),
    panels: names.map((name) => sheetPanel(name)),
    style: styleNow(RATIO),
    axis: axisStyle(RATIO, count),
    plotWord: look.peek().plotWord,
  };
}

function sheetPanel(name: PanelName): SheetPanel {
  const size = { width: 0, height: 0, ratio: RATIO };
  const labels = labelScene(name, size), plot = plotScene(name, size);
  const now = labels?.view ?? { firstTrace: 0, traces: 1, startMs: 0, lengthMs: 1 };
  const { scaling, agcMs } = look.peek(), content = panels[name].peek().content;
  const marks = [
    VIEWER.traces(count(content?.header.traces ?? 0)),
    ...(scaling === "trace" ? [VIEWER.evened.trace] : []),
    ...(scaling === "agc" ? [VIEWER.evened.agc(full(agcMs))] : []),
  ];
  return {
    title: titleOf(name),
    about: marks.join(", "),
    colour: themeColour(COLOURS[name]),
    layers: (width, height) =>
      drawnPanels[name].peek().map(({ picture, levels }) => layerIn(now, picture, levels, width, height)),
    overlays: overlaysOf(name).filter(({ kind }) => kind !== "cross"),
    view: now,
    traces: labels?.traces ?? 0,
    plot: plot?.values ?? [],
    labels: labels?.values,
  };
}

export function gatherName(): string {
  const facts = gatherFacts.peek(), { values } = shownGather.peek();
  if (facts.state !== "ready" || values === null) return "";
  return facts.value.keys.map((key, i) => `${key} ${full(values[i])}`).join(", ");
}

function flowText(): string {
  const { name, steps } = flowDraft.peek(), on = steps.filter((step) => step.on);
  return on.length === 0 ? "" : `${name}: ${on.map(({ process }) => process).join(", ")}`;
}

function settingsText(): string {
  const { gainDb, clipPercent, typedClip, map, turned, mode, scaling } = look.peek();
  return [
    VIEWER.modes[mode],
    COLOUR_MAPS[map].title,
    `${VIEWER.gain} ${VIEWER.decibels(full(gainDb))}`,
    ...(typedClip === null
      ? [`${VIEWER.clip} ${VIEWER.percent(full(clipPercent))} ${VIEWER.scalings[scaling]}`]
      : []),
    ...(turned ? [VIEWER.turned] : []),
  ].join(" · ");
}
