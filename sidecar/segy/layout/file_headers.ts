/** The headers before the first trace: that they are there, and their text. */
import {
  BINARY_HEADER_BYTES,
  FILE_HEADER_BYTES,
  TEXT_HEADER_BYTES,
} from "../../../src/shared/seismic/binary_header.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { HeaderKind } from "../../../src/shared/seismic/header_kind.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import type { SegyLayout } from "./segy_layout.ts";
import type { SegyFile } from "../format/segy_file.ts";
import { decodeText, detectEncoding } from "../format/text_header.ts";

/** Throws when the file is too short to hold the headers of a file of its kind. */
export function requireHeaders(file: SegyFile, kind: HeaderKind): void {
  if (kind === "su") return requireTraceHeader(file);
  const found = whatElse(file);
  if (found !== undefined) {
    throw notOfKind(file, "SEG-Y", `expected ${FILE_HEADER_BYTES} bytes of headers, found ${found}`);
  }
}

function requireTraceHeader(file: SegyFile): void {
  if (file.bytes >= TRACE_HEADER_BYTES) return;
  const found = file.bytes === 0 ? "an empty file" : `${file.bytes} bytes`;
  throw notOfKind(
    file,
    "Seismic Unix",
    `expected ${TRACE_HEADER_BYTES} bytes of a trace header, found ${found}`,
  );
}

function notOfKind(file: SegyFile, kind: string, reason: string): SeisProcError<"not-segy"> {
  const message = `Cannot read ${file.name} as ${kind}: ${reason}: is it the right file?`;
  return new SeisProcError("not-segy", message, { file: file.path, reason });
}

/** What a file is that cannot be SEG-Y. */
function whatElse(file: SegyFile): string | undefined {
  if (file.bytes === 0) return "an empty file";
  if (file.bytes < FILE_HEADER_BYTES) return `${file.bytes} bytes`;
  const binary = file.read(TEXT_HEADER_BYTES, BINARY_HEADER_BYTES);
  const isText = binary.every((byte) =>
    (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13) || byte >= 0xc2
  );
  return isText ? "a text file" : undefined;
}

/** The lines of the text header and of each extended text header; a binary one is shown as what its bytes give. */
export function readTextHeaders(file: SegyFile, layout: SegyLayout): string[][] {
  if (layout.kind === "su") return [];
  const extended = Array.from(
    { length: layout.extendedTexts },
    (_, i) => FILE_HEADER_BYTES + TEXT_HEADER_BYTES * i,
  );
  const offsets = [0, ...extended];
  return offsets.map((offset) => {
    const bytes = file.read(offset, TEXT_HEADER_BYTES);
    return decodeText(bytes, detectEncoding(bytes));
  });
}
