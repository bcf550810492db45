/** Whether traces go on beyond the ends that a reading gives them. */
import { FILE_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import type { Opening } from "../opening.ts";
import { endOfTraces, type Reading, strideOf, wholeTraces } from "../reading.ts";
import { agreement } from "./header_agreement.ts";
import { TraceHeaderProbe } from "./trace_header_probe.ts";

/** How many traces lie before the one that the reading calls the first, back to the file's headers. */
export function tracesBefore(opening: Opening, reading: Reading): number {
  const probe = new TraceHeaderProbe(opening, reading.recordBytes);
  const first = probe.read(reading.firstTrace);
  const stride = strideOf(reading);
  const room = Math.floor((reading.firstTrace - FILE_HEADER_BYTES) / stride);
  for (let trace = 1; first && trace <= room; trace++) {
    const header = probe.read(reading.firstTrace - trace * stride);
    if (!header || agreement(header, first, -trace, reading.samples) !== "same") return trace - 1;
  }
  return Math.max(0, room);
}

/** Whether a trace begins where the reading has its trailers. */
export function tracesGoOn(opening: Opening, reading: Reading): boolean {
  const { whole } = wholeTraces(opening.file, reading);
  const probe = new TraceHeaderProbe(opening, reading.recordBytes);
  const first = probe.read(reading.firstTrace);
  const next = probe.read(reading.firstTrace + whole * strideOf(reading));
  return whole > 0 && first !== undefined && next !== undefined &&
    endOfTraces(opening.file, reading) < opening.file.bytes &&
    agreement(next, first, whole, reading.samples) === "same";
}
