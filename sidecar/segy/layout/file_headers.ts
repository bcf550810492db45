/** The headers before the first trace: that they are there, and their text. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { SegyLayout } from "./segy_layout.ts";
import type { SegyFile } from "../format/segy_file.ts";
import { decodeText, detectEncoding } from "../format/text_header.ts";

/** Throws when the file is too short to hold the headers of a SEG-Y file. */
export function requireHeaders(file: SegyFile): void {
  const found = whatElse(file);
  if (found === undefined) return;
  const reason = `expected 3600 bytes of headers, found ${found}`;
  const message = `Cannot read ${file.name} as SEG-Y: ${reason}: is it the right file?`;
  throw new SeisProcError("not-segy", message, { file: file.path, reason });
}

/** What a file is that cannot be SEG-Y. */
function whatElse(file: SegyFile): string | undefined {
  if (file.bytes === 0) return "an empty file";
  if (file.bytes < 3600) return `${file.bytes} bytes`;
  const binary = file.read(3200, 400);
  const isText = binary.every((byte) =>
    (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13) || byte >= 0xc2
  );
  return isText ? "a text file" : undefined;
}

/** The lines of the text header and of each extended text header; a binary one is shown as what its bytes give. */
export function readTextHeaders(file: SegyFile, layout: SegyLayout): string[][] {
  if (layout.kind === "su") return [];
  const offsets = [0, ...Array.from({ length: layout.extendedTexts }, (_, i) => 3600 + 3200 * i)];
  return offsets.map((offset) => {
    const bytes = file.read(offset, 3200);
    return decodeText(bytes, detectEncoding(bytes));
  });
}
