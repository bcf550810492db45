/** Trace headers after the standard one (revision 2): each ends with its name, 8 characters, ASCII or EBCDIC. */
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { decodeAscii, decodeEbcdic } from "./ebcdic.ts";

/** The name of the header whose words the standard knows. */
export const FIRST_EXTENSION = "SEG00001";
const NAME_BYTES = 8;

/** The names of all headers after the standard one in a big-endian record; empty texts where none can be read. */
export function additionalHeaderNames(record: Uint8Array): string[] {
  const count = Math.floor(record.length / TRACE_HEADER_BYTES) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const end = (i + 2) * TRACE_HEADER_BYTES;
    return headerName(record.subarray(end - NAME_BYTES, end));
  });
}

/** In files of swapped bytes names may be swapped or not: the one that the standard knows is found either way. */
function headerName(bytes: Uint8Array): string {
  const swapped = decodeName(bytes.map((_, i) => bytes[i ^ 1]));
  return swapped === FIRST_EXTENSION ? swapped : decodeName(bytes);
}

function decodeName(bytes: Uint8Array): string {
  const filled = bytes.filter((byte) => byte !== 0);
  if (filled.every((byte) => byte >= 0x20 && byte < 0x7f)) return decodeAscii(filled).trim();
  const text = decodeEbcdic(filled);
  const unreadable = filled.some((byte, i) => byte !== EBCDIC_BLANK && text[i] === " ");
  return unreadable ? "" : text.trim();
}

const EBCDIC_BLANK = 0x40;
