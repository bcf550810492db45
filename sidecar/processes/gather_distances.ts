/** How the traces of a gather lie along a line. */
import { SeisProcError } from "../../src/shared/errors.ts";
import type { LengthUnit } from "../../src/shared/seismic/survey.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import type { HeaderRecords } from "../traces/header_records.ts";

export type DistanceFrom = "offset" | "receiver" | "source";

export interface Spread {
  /** Traces from the least distance to the greatest; equal ones as they come. */
  readonly order: readonly number[];
  /** Mean spacing in metres. */
  readonly spacingM: number;
}

/** How the traces of a gather lie; an unknown length unit counts as metres. */
export function spreadOf(headers: HeaderRecords, from: DistanceFrom, unit: LengthUnit): Spread {
  const distances = from === "offset" ? offsets(headers) : alongLine(headers, from);
  const order = distances.map((_, trace) => trace).sort((a, b) => distances[a] - distances[b] || a - b);
  const length = distances[order[order.length - 1]] - distances[order[0]];
  const spacing = length / (order.length - 1);
  if (!(spacing > 0)) throw noSpread(distances, from);
  return { order, spacingM: spacing * (unit === "ft" ? METRES_PER_FOOT : 1) };
}

function offsets(headers: HeaderRecords): number[] {
  const word = headers.word("offset");
  return Array.from({ length: headers.traces }, (_, trace) => headers.scaled(trace, word));
}

/** Distances along the line from the first point to the one farthest from it. */
function alongLine(headers: HeaderRecords, from: "receiver" | "source"): number[] {
  const [x, y] = (from === "receiver" ? ["gx", "gy"] : ["sx", "sy"]).map((name) => headers.word(name));
  const points = Array.from(
    { length: headers.traces },
    (_, trace) => [headers.scaled(trace, x), headers.scaled(trace, y)],
  );
  const steps = points.map(([px, py]) => [px - points[0][0], py - points[0][1]]);
  const [dx, dy] = steps.reduce((far, step) => Math.hypot(...step) > Math.hypot(...far) ? step : far, [0, 0]);
  const length = Math.hypot(dx, dy) || 1;
  return steps.map(([sx, sy]) => (sx * dx + sy * dy) / length);
}

function noSpread(distances: readonly number[], from: DistanceFrom): SeisProcError<"header-invalid"> {
  const field = { offset: "offset", receiver: "gx", source: "sx" }[from];
  const found = distances.length === 1
    ? "one trace"
    : `${distances.length} traces at distance ${distances[0]}`;
  const message = `Cannot filter a gather by velocity: expected traces at different distances (${from}), ` +
    `found ${found}: choose another distance or another gather key`;
  return new SeisProcError("header-invalid", message, { file: "", field, found: distances[0] });
}
