/** From places among the chosen traces to numbers in the file, on either side of the wire to a worker. */
import { assertUnreachable } from "../../../src/shared/assert.ts";
import type { TraceSelection } from "../../traces/trace_source.ts";
import { readPlaces, readSortIndex } from "../sort_index.ts";

/** Plain data: it travels to workers. `list` names a file of trace numbers, as a sort index is one. */
export type ChosenTraces =
  | { readonly kind: "all" }
  | { readonly kind: "run"; readonly first: number }
  | { readonly kind: "list"; readonly file: string };

export const ALL_TRACES: ChosenTraces = { kind: "all" };

/** The traces of the file at these places among the chosen ones. */
export function inFile(chosen: ChosenTraces, places: TraceSelection): TraceSelection {
  switch (chosen.kind) {
    case "all":
      return places;
    case "run":
      return places.kind === "run"
        ? { ...places, first: places.first + chosen.first }
        : { kind: "list", traces: places.traces.map((place) => place + chosen.first) };
    case "list":
      return { kind: "list", traces: listed(chosen.file, places) };
    default:
      return assertUnreachable(chosen);
  }
}

/** The trace of the file at one place. */
export function traceAt(chosen: ChosenTraces, place: number): number {
  const selection = inFile(chosen, { kind: "run", first: place, count: 1 });
  return selection.kind === "run" ? selection.first : selection.traces[0];
}

/** Places that lie so far apart are looked up one by one. */
const NEAR = 1 << 16;

function listed(file: string, places: TraceSelection): Float64Array {
  if (places.kind === "run") return readSortIndex(file, places.first, places.count);
  const { traces } = places;
  let least = Infinity, most = -Infinity;
  for (const place of traces) {
    if (place < least) least = place;
    if (place > most) most = place;
  }
  if (most - least >= NEAR) return readPlaces(file, traces);
  const span = traces.length > 0 ? readSortIndex(file, least, most - least + 1) : traces;
  return traces.map((place) => span[place - least]);
}
