/** Which words the trace headers of one file have, and where. */
import {
  extensionName,
  type LaidOutWord,
  mappedWord,
  type WordMapping,
} from "../../../src/shared/seismic/word_mapping.ts";
import {
  type HeaderWord,
  HeaderWordTable,
  TRACE_HEADER_WORDS,
  WORD_BYTES,
} from "../../../src/shared/seismic/trace_header.ts";
import { type HeaderKind, wordsOf } from "../../../src/shared/seismic/header_kind.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { PlacedWord } from "./byte_order.ts";
import { extensionWords } from "./extension_words.ts";

/** What is known of the records of a file's trace headers. */
export interface RecordShape {
  readonly recordBytes: number;
  /** Names of the headers after the standard one. */
  readonly additionalHeaders: readonly string[];
  readonly kind: HeaderKind;
}

/**
 * The words of a file of traces alone, or the standard words, those of SEG00001 where a header carries that name, and mappings over them. A word of SEG00001
 * takes the place of the standard word that it extends unless it is zero, or unless that one is mapped.
 */
export function wordTable(map: readonly LaidOutWord[], shape: RecordShape): HeaderWordTable {
  const mapped = map.map((mapping): HeaderWord => {
    requireInside(mapping, shape.recordBytes);
    return mappedWord(mapping);
  });
  if (shape.kind === "su") return new HeaderWordTable(mapped, wordsOf("su"));
  const names = new Set(mapped.map((word) => word.name));
  const extended = extensionWords(shape.additionalHeaders).filter((word) => !names.has(word.name));
  const standard = extended.length === 0
    ? []
    : TRACE_HEADER_WORDS.filter((word) => !names.has(word.name)).map((word) => extendedBy(word, extended));
  return new HeaderWordTable([...standard, ...extended, ...mapped]);
}

function extendedBy(word: HeaderWord, extensions: readonly HeaderWord[]): HeaderWord {
  const name = extensionName(word.name);
  const extended = extensions.find((one) => one.name === name);
  return extended ? { ...word, extended } : word;
}

/** Throws when a mapped word does not lie inside trace headers of so many bytes. */
export function requireInside({ name, byte, type }: WordMapping, recordBytes: number): void {
  if (isInside({ byte, type }, recordBytes)) return;
  const last = recordBytes - WORD_BYTES[type] + 1;
  const message =
    `Cannot map ${name} to byte ${byte}: expected 1 to ${last} for ${type} in trace headers of ` +
    `${recordBytes} bytes`;
  throw new SeisProcError("header-word-unknown", message, { word: name });
}

/** Whether a word lies inside trace headers of so many bytes. */
export function isInside({ byte, type }: PlacedWord, recordBytes: number): boolean {
  return Number.isInteger(byte) && byte >= 1 && byte <= recordBytes - WORD_BYTES[type] + 1;
}

/** Words in the order in which they claim the bytes of a record: mapped ones first. */
export function claimingWords(map: readonly WordMapping[], table: HeaderWordTable): PlacedWord[] {
  return [...map, ...table.words];
}
