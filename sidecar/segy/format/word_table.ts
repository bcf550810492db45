import type { WordMapping } from "../../../src/shared/seismic/word_mapping.ts";
import { type HeaderWord, HeaderWordTable, WORD_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { mappedWord } from "../../../src/shared/seismic/word_mapping.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { PlacedWord } from "./byte_order.ts";
import { EXTENSION_WORDS } from "./extension_words.ts";

/** The standard words, those of the first header extension where records hold it, and the user's mappings over them. */
export function wordTable(map: readonly WordMapping[], recordBytes: number): HeaderWordTable {
  const mapped = map.map((mapping): HeaderWord => {
    requireInside(mapping, recordBytes);
    return mappedWord(mapping);
  });
  return new HeaderWordTable([...(recordBytes >= 480 ? EXTENSION_WORDS : []), ...mapped]);
}

/** Throws when a mapped word does not lie inside trace headers of so many bytes. */
export function requireInside({ name, byte, type }: WordMapping, recordBytes: number): void {
  const last = recordBytes - WORD_BYTES[type] + 1;
  if (Number.isInteger(byte) && byte >= 1 && byte <= last) return;
  const message =
    `Cannot map ${name} to byte ${byte}: expected 1 to ${last} for ${type} in trace headers of ` +
    `${recordBytes} bytes`;
  throw new SeisProcError("header-word-unknown", message, { word: name });
}

/** Words in the order in which they claim the bytes of a record: mapped ones first. */
export function claimingWords(map: readonly WordMapping[], table: HeaderWordTable): PlacedWord[] {
  return [...map, ...table.words];
}
