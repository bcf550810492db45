/** Where sources and midpoints lie, seen from above with north up and equal scales. */
import { count, full } from "../../../format/numbers.ts";
import { Canvas, type CanvasSize } from "../../../canvas/panel/canvas.tsx";
import { themeColour } from "../../../canvas/panel/theme_colours.ts";
import { shownTheme } from "../../../state/preferences.ts";
import type { OpenedSurvey } from "../../../state/surveys.ts";
import { DATA } from "../../../texts/data.ts";
import { CopyTable } from "../copy_table.tsx";
import { type Places, placesOf } from "./map_places.ts";
import { useColumns } from "../use_columns.ts";
import "./survey_map.css";

const WORDS = ["sx", "sy", "gx", "gy", "cdpx", "cdpy"];
const MARGIN = 10;

export function SurveyMap({ survey }: { readonly survey: OpenedSurvey }) {
  const columns = useColumns(survey, survey.scan.state === "ready" ? WORDS : [], false);
  const places = columns === undefined ? null : placesOf(columns);
  if (places === null) return null;
  const { minX, maxX, minY, maxY } = places.extent, { map } = DATA;
  const rows = () => [["x", "y"], ...places.midpoints.map(([x, y]) => [x, y])];
  return (
    <section class="box" aria-label={map.title}>
      <header class="box-head">
        <h2 class="section-title">{map.title}</h2>
        <CopyTable name={map.midpoints} rows={rows} />
      </header>
      <Canvas
        class="survey-map"
        label={map.label(count(places.sources.length), count(places.midpoints.length))}
        read={() => ({ places, theme: shownTheme.value })}
        paint={paint}
      />
      <p class="quiet small survey-map-about">
        <span class="survey-map-source" aria-hidden="true" /> {map.sources}{" "}
        <span class="survey-map-midpoint" aria-hidden="true" /> {map.midpoints} · x {full(minX)} –{" "}
        {full(maxX)}, y {full(minY)} – {full(maxY)}
      </p>
    </section>
  );
}

function paint(
  pen: CanvasRenderingContext2D,
  { places: { sources, midpoints, extent } }: { readonly places: Places },
  { width, height, ratio }: CanvasSize,
): void {
  const { minX, maxX, minY, maxY } = extent;
  const across = width - 2 * MARGIN, down = height - 2 * MARGIN;
  const scale = Math.min(across / (maxX - minX || 1), down / (maxY - minY || 1));
  const left = (width - (maxX - minX) * scale) / 2, top = (height - (maxY - minY) * scale) / 2;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const dots = (all: Places["sources"], colour: string, size: number) => {
    pen.fillStyle = themeColour(colour);
    for (const [x, y] of all) {
      pen.fillRect(left + (x - minX) * scale - size / 2, top + (maxY - y) * scale - size / 2, size, size);
    }
  };
  dots(midpoints, "text-3", 2);
  dots(sources, "accent", 4);
}
