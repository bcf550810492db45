/** Text headers: 3200 bytes, 40 lines of 80 characters, EBCDIC or ASCII. */
import { TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import { TEXT_COLUMNS, TEXT_LINES } from "../../../src/shared/seismic/text_header.ts";
import { decodeAscii, decodeEbcdic, encodeAscii, encodeEbcdic, printableShares } from "./ebcdic.ts";
import type { FileBytes } from "./segy_file.ts";
import { holdsEndText } from "./stanzas.ts";

export type TextEncoding = "ebcdic" | "ascii" | "binary";

/** `binary` when the bytes make sense in neither encoding. */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  const { ascii, ebcdic } = printableShares(bytes);
  if (Math.max(ascii, ebcdic) < 0.7) return "binary";
  const blanks = bytes.reduce((sum, byte) => sum + (byte === 0x40 ? 1 : byte === 0x20 ? -1 : 0), 0);
  if (Math.abs(ascii - ebcdic) < 0.1 && blanks !== 0) return blanks > 0 ? "ebcdic" : "ascii";
  return ascii > ebcdic ? "ascii" : "ebcdic";
}

/** The 40 lines; zero and control bytes become blanks. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string[] {
  const text = (encoding === "ebcdic" ? decodeEbcdic(bytes) : decodeAscii(bytes)).padEnd(TEXT_HEADER_BYTES);
  return Array.from({ length: TEXT_LINES }, (_, i) => text.slice(i * TEXT_COLUMNS, (i + 1) * TEXT_COLUMNS));
}

/** 3200 bytes from up to 40 lines, each cut or filled to 80 characters. */
export function encodeText(lines: readonly string[], encoding: "ebcdic" | "ascii"): Uint8Array {
  const line = (i: number) => (lines[i] ?? "").slice(0, TEXT_COLUMNS).padEnd(TEXT_COLUMNS);
  const text = Array.from({ length: TEXT_LINES }, (_, i) => line(i)).join("");
  return encoding === "ascii" ? encodeAscii(text) : encodeEbcdic(text);
}

/** True for a block that can be an extended text header: text in either encoding, or blank. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (bytes.length < TEXT_HEADER_BYTES) return false;
  const zeros = bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  return zeros === bytes.length || (zeros < bytes.length / 2 && detectEncoding(bytes) !== "binary");
}

/** How many extended text headers are looked at for the one that ends them. */
const MOST_TEXTS = 1000;

/** Counts the blocks from `offset` up to the one that holds the stanza EndText, whatever the others hold; undefined when none does. */
export function countToEndText(file: FileBytes, offset: number): number | undefined {
  for (let count = 1; count <= MOST_TEXTS; count++) {
    const bytes = file.read(offset + (count - 1) * TEXT_HEADER_BYTES, TEXT_HEADER_BYTES);
    if (bytes.length === 0) return undefined;
    if (
      (["ascii", "ebcdic"] as const).some((encoding) => holdsEndText(decodeText(bytes, encoding).join("")))
    ) {
      return count;
    }
  }
  return undefined;
}
