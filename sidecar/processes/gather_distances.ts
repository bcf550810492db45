/** How the traces of a gather lie along a line. */
import { SeisProcError } from "../../src/shared/errors.ts";
import type { LengthUnit } from "../../src/shared/seismic/survey.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { pointsInMetres } from "./coordinates.ts";
import type { TellRemark } from "./process.ts";

export type DistanceFrom = "offset" | "receiver" | "source";

export interface Spread {
  /** Traces from the least distance to the greatest; equal ones as they come. */
  readonly order: readonly number[];
  /** Mean spacing in metres. */
  readonly spacingM: number;
  /** The largest departure of a spacing from the mean, in percent of that. */
  readonly departurePercent: number;
}

/** How the traces of a gather lie; an unknown length unit counts as metres. */
export function spreadOf(
  headers: HeaderRecords,
  from: DistanceFrom,
  unit: LengthUnit,
  remark: TellRemark,
): Spread {
  const distances = from === "offset" ? offsets(headers, unit) : alongLine(headers, from, unit, remark);
  const order = distances.map((_, trace) => trace).sort((a, b) => distances[a] - distances[b] || a - b);
  const length = distances[order[order.length - 1]] - distances[order[0]];
  const spacing = length / (order.length - 1);
  if (!(spacing > 0)) throw noSpread(distances, from);
  return {
    order,
    spacingM: spacing,
    departurePercent: departure(order.map((trace) => distances[trace]), spacing),
  };
}

function departure(sorted: readonly number[], spacing: number): number {
  const worst = sorted.slice(1).reduce(
    (most, distance, i) => Math.max(most, Math.abs(distance - sorted[i] - spacing)),
    0,
  );
  return (worst / spacing) * 100;
}

/** In metres. */
function offsets(headers: HeaderRecords, unit: LengthUnit): number[] {
  const word = headers.word("offset"), metres = unit === "ft" ? METRES_PER_FOOT : 1;
  return Array.from({ length: headers.traces }, (_, trace) => headers.get(trace, word) * metres);
}

/** Distances in metres along the line from the first point to the one farthest from it. */
function alongLine(
  headers: HeaderRecords,
  from: "receiver" | "source",
  unit: LengthUnit,
  remark: TellRemark,
): number[] {
  const points = pointsInMetres(headers, from === "receiver" ? ["gx", "gy"] : ["sx", "sy"], unit, remark);
  const steps = points.map(([px, py]) => [px - points[0][0], py - points[0][1]]);
  const [dx, dy] = steps.reduce((far, step) => Math.hypot(...step) > Math.hypot(...far) ? step : far, [0, 0]);
  const length = Math.hypot(dx, dy) || 1;
  return steps.map(([sx, sy]) => (sx * dx + sy * dy) / length);
}

function noSpread(distances: readonly number[], from: DistanceFrom): SeisProcError<"header-invalid"> {
  const field = { offset: "offset", receiver: "gx", source: "sx" }[from];
  const message = `Cannot filter a gather by velocity: expected traces at different distances (${from}), ` +
    `found ${distances.length} traces at distance ${
      distances[0]
    } m: choose another distance or another gather key`;
  return new SeisProcError("header-invalid", message, { file: "", field, found: distances[0] });
}
