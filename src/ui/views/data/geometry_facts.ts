/** How the survey lies, as names and values among the facts of the file. */
import type { Coverage, SurveyGeometry } from "../../../shared/seismic/survey_geometry.ts";
import { count, full } from "../../format/numbers.ts";
import { DATA } from "../../texts/data.ts";

export type Fact = readonly [name: string, value: string];

export function geometryFacts(geometry: SurveyGeometry, unit: string): readonly Fact[] {
  const { geometry: words } = DATA, length = (value: number) => `${full(tidy(value))}\u202f${unit}`;
  const numbers = ({ first, last, step }: { first: number; last: number; step: number }) =>
    words.range(full(first), full(last), full(step));
  if (geometry.kind === "line") {
    const { word, place } = geometry;
    return [
      [words.line(word), numbers(geometry.numbers)],
      ...(place === undefined ? [] : [
        [words.length, length(place.length)] as const,
        [words.spacing, length(place.spacing)] as const,
      ]),
      ...coverage(geometry),
    ];
  }
  const { place } = geometry;
  return [
    [words.inlines, numbers(geometry.inlines)],
    [words.crosslines, numbers(geometry.crosslines)],
    ...(place === undefined ? [] : [
      [words.inlineSpacing, length(place.inlineSpacing)] as const,
      [words.crosslineSpacing, length(place.crosslineSpacing)] as const,
      [words.azimuth, `${full(tidy(place.inlineAzimuthDeg))}°`] as const,
    ]),
    ...coverage(geometry),
  ];
}

function coverage({ fold, missing, doubles }: Coverage): readonly Fact[] {
  const { geometry: words } = DATA;
  return [
    [words.fold, words.foldRange(full(fold.min), full(fold.max), full(tidy(fold.mean)))],
    [words.missing, count(missing)],
    ...(doubles === undefined ? [] : [[words.doubles, count(doubles)] as const]),
  ];
}

/** What was fitted has no more digits than mean something. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
