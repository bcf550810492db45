/** Coordinates of trace headers as points in metres, whatever their unit is. */
import { LatLon } from "geodesy/utm.js";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { TraceValue } from "../../src/shared/processes/header_expression.ts";
import { ANGLE_UNITS, angleDegrees, type AngleUnit } from "../../src/shared/seismic/geometry.ts";
import type { LengthUnit } from "../../src/shared/seismic/survey.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { scaledReader, traceName } from "./header_readers.ts";
import type { TellRemark } from "./process.ts";

export type Point = readonly [x: number, y: number];

/** Words of x and y (longitude and latitude where they are angles). */
export type CoordinateWords = readonly [x: string, y: string];

/**
 * A point for each trace of a gather: lengths as they are, angles projected to the UTM zone (WGS 84) in which the first
 * trace lies, which is told.
 * @throws header-invalid for angles that are none, and where a gather has both
 */
export function pointsInMetres(
  headers: HeaderRecords,
  words: CoordinateWords,
  lengthUnit: LengthUnit,
  remark: TellRemark,
): Point[] {
  const [x, y] = words.map((name) => scaledReader(headers, name, remark));
  const unit = unitOf(headers, words, remark);
  const traces = Array.from({ length: headers.traces }, (_, trace) => trace);
  if (unit === "length") {
    const metres = lengthUnit === "ft" ? METRES_PER_FOOT : 1;
    return traces.map((trace) => [x(trace) * metres, y(trace) * metres]);
  }
  const places = traces.map((trace) => placeOf(headers, trace, words, unit, x, y));
  const { zone, hemisphere } = places[0].toUtm();
  remark({ kind: "projected", from: unit, to: `UTM zone ${zone}${hemisphere} (WGS 84)` });
  return places.map((place) => project(place, zone));
}

/** The unit of all traces of a gather. */
function unitOf(headers: HeaderRecords, words: CoordinateWords, remark: TellRemark): "length" | AngleUnit {
  const word = headers.word("counit");
  const unit = (trace: number) => ANGLE_UNITS.get(headers.get(trace, word)) ?? "length";
  const first = unit(0);
  for (let trace = 0; trace < headers.traces; trace++) {
    const code = headers.get(trace, word);
    if (code < 0 || code > 4) remark({ kind: "unit_unknown", found: code });
    if (unit(trace) === first) continue;
    const message =
      `Cannot take distances from ${words.join(", ")}: expected one unit (counit) in a gather, found ` +
      `${first} in ${traceName(headers, 0)} and ${unit(trace)} in ${traceName(headers, trace)}: ` +
      `give them one unit first`;
    throw new SeisProcError("header-invalid", message, { file: "", field: "counit", found: code });
  }
  return first;
}

function placeOf(
  headers: HeaderRecords,
  trace: number,
  words: CoordinateWords,
  unit: AngleUnit,
  x: TraceValue,
  y: TraceValue,
): LatLon {
  const longitude = angleDegrees(x(trace), unit), latitude = angleDegrees(y(trace), unit);
  // The zones of UTM end at these latitudes.
  const isPlace = Math.abs(longitude) <= 360 && latitude >= -80 && latitude < 84;
  if (isPlace) return new LatLon(latitude, longitude > 180 ? longitude - 360 : longitude);
  const message =
    `Cannot project ${words.join(", ")} of ${traceName(headers, trace)}: expected longitude and ` +
    `latitude (80 degrees south to 84 north) in ${unit}, found ${x(trace)}, ${y(trace)}: ` +
    `correct the coordinates or their unit (counit)`;
  throw new SeisProcError("header-invalid", message, { file: "", field: words[0], found: x(trace) });
}

/** Northings count from the equator on both sides of it. */
function project(place: LatLon, zone: number): Point {
  const { easting, northing, hemisphere } = place.toUtm(zone);
  return [easting, hemisphere === "S" ? northing - 10_000_000 : northing];
}
