/**
 * The two kinds of files with SEG-Y trace headers, and the words of each. Seismic Unix writes traces alone: no file
 * headers, IEEE floats in the order of bytes of the machine, and words of its own from byte 181 on, where SEG-Y came to
 * have coordinates and line numbers later.
 */
import { type HeaderWord, TRACE_HEADER_WORDS, type WordType } from "./trace_header.ts";

export type HeaderKind = "segy" | "su";

/** True for the name of a Seismic Unix file: outputs of such a name become one. */
export function isSuName(name: string): boolean {
  return /\.su$/i.test(name);
}

/** From here on Seismic Unix has words of its own (segy.h of Seismic Unix 44). */
const OWN_FROM_BYTE = 181;

const ROWS: readonly (readonly [string, number, WordType, string])[] = [
  ["d1", 181, "float32", "Sample spacing for data that are not seismic"],
  ["f1", 185, "float32", "First sample location for data that are not seismic"],
  ["d2", 189, "float32", "Sample spacing between traces"],
  ["f2", 193, "float32", "First trace location"],
  ["ungpow", 197, "float32", "Negative of the power used for dynamic range compression"],
  ["unscale", 201, "float32", "Reciprocal of the scaling factor to normalise the range"],
  ["ntr", 205, "int32", "Number of traces"],
  ["mark", 209, "int16", "Mark selected traces"],
];

/** Words that only Seismic Unix has. */
export const OWN_SU_WORDS: readonly HeaderWord[] = ROWS.map(([name, byte, type, title]) => ({
  name,
  byte,
  type,
  title,
  aliases: [],
}));

/**
 * Those of SEG-Y up to byte 180 and its own; the time scalar stays, since files that came from SEG-Y keep it. The interval
 * has no sign, so that it reaches 65,535 microseconds.
 */
const SU_WORDS: readonly HeaderWord[] = [
  ...TRACE_HEADER_WORDS.filter(({ byte, name }) => byte < OWN_FROM_BYTE || name === "tscal")
    .map((word) => word.name === "dt" ? { ...word, type: "uint16" as const } : word),
  ...OWN_SU_WORDS,
];

/** Every word of a trace header of this kind. */
export function wordsOf(kind: HeaderKind): readonly HeaderWord[] {
  return kind === "su" ? SU_WORDS : TRACE_HEADER_WORDS;
}

/** Words of one kind that lie where the other has something else. */
export function wordsNotIn(kind: HeaderKind, other: HeaderKind): readonly HeaderWord[] {
  const known = new Set(wordsOf(other).map((word) => word.name));
  return wordsOf(kind).filter((word) => !known.has(word.name));
}
