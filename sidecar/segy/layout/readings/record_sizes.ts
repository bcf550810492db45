/** Every length of a trace's headers that a file may mean, the said one first. */
import { TRACE_HEADER_BYTES } from "../../../../src/shared/seismic/trace_header.ts";
import { FIRST_EXTENSION } from "../../format/additional_headers.ts";
import { TraceHeaderProbe } from "../evidence/trace_header_probe.ts";
import type { Opening } from "../opening.ts";

/** More trace headers than any program writes. */
const MOST_HEADERS = 1000;

/** Additional trace headers as revision 2 says them. */
export function saidHeaders({ header, revision }: Opening): number {
  return revision.major >= 2 ? header.get("maxtrh") : 0;
}

/**
 * Bytes of a trace's headers where the first trace begins at `firstTrace`. Big-endian files of revision 2.0 may say the
 * count in 4 bytes, where 2.1 has the survey type: there only the name of the header tells.
 */
export function recordSizes(opening: Opening, firstTrace: number): number[] {
  const { revision, header, order } = opening;
  const said = saidHeaders(opening), low = header.get("survty");
  const named = hasExtension(opening, firstTrace);
  const wide = order === "big" && revision.major >= 2 && revision.minor === 0 && said === 0 && named;
  const tried = named || revision.major >= 2 ? [1, 2, 3] : [];
  const counts = [...(wide ? [low] : []), said, ...(named ? tried : []), 0, ...tried];
  const sensible = counts.filter((count) => count >= 0 && count < MOST_HEADERS);
  return [...new Set(sensible)].map((count) => TRACE_HEADER_BYTES * (1 + count));
}

function hasExtension(opening: Opening, firstTrace: number): boolean {
  const header = new TraceHeaderProbe(opening, 2 * TRACE_HEADER_BYTES).read(firstTrace);
  return header?.names.includes(FIRST_EXTENSION) ?? false;
}
