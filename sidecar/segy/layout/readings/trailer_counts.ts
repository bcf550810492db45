/** How many data trailer records may follow the traces (revision 2). */
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { TRACE_HEADER_BYTES } from "../../../../src/shared/seismic/trace_header.ts";
import type { ScanFinding } from "../../../../src/shared/seismic/scan_report.ts";
import { counted, finding } from "../findings.ts";
import type { Opening } from "../opening.ts";

/** As the header says it; -1 is an unknown number. */
export function saidTrailers({ header, revision }: Opening): number {
  return revision.major >= 2 ? header.get("ntrailer") : 0;
}

/** Records that there is room for after one trace header. */
function roomForTrailers({ file }: Opening, firstTrace: number): number {
  const start = firstTrace < file.bytes ? firstTrace : FILE_HEADER_BYTES;
  return Math.max(0, Math.floor((file.bytes - start - TRACE_HEADER_BYTES) / TEXT_HEADER_BYTES));
}

/** The said number where there is room for it, else none. */
export function trailerCounts(opening: Opening, firstTrace: number): number[] {
  const said = saidTrailers(opening);
  return said > 0 && said <= roomForTrailers(opening, firstTrace) ? [said, 0] : [0];
}

/** A said number that is not the one taken. */
export function trailerFindings(opening: Opening, firstTrace: number, taken: number): ScanFinding[] {
  const said = saidTrailers(opening);
  if (said === taken || said === 0 || said === -1) return [];
  const room = roomForTrailers(opening, firstTrace);
  const place = { byte: 3529 };
  const meaning = taken === 0 ? "read without trailers" : `${taken} taken`;
  if (said < 0) {
    return [finding("warning", `the number of data trailer records is said to be ${said}`, meaning, place)];
  }
  const what = said > room
    ? `${
      counted(said, "data trailer record")
    } of ${TEXT_HEADER_BYTES} bytes are said, there is room for ${room}`
    : `${counted(said, "data trailer record")} are said where trace headers lie`;
  return [finding("warning", what, meaning, place)];
}
