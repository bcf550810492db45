/** What is typed into the dialog "How it is read", and the reading that it means. */
import { FORMAT_NAMES, type ReadOptions } from "../../../../shared/seismic/read_options.ts";
import type { Reading } from "../../../../shared/seismic/reading.ts";
import type { WordType } from "../../../../shared/seismic/trace_header.ts";
import type { WordMapping } from "../../../../shared/seismic/word_mapping.ts";
import { DATA } from "../../../texts/data.ts";

export interface WordDraft {
  readonly name: string;
  readonly byte: string;
  readonly type: WordType;
}

export interface ReadingDraft {
  readonly format: number | null;
  readonly endian: ReadOptions["endian"] | null;
  readonly samples: string;
  readonly intervalMs: string;
  readonly texts: string;
  readonly words: readonly WordDraft[];
}

export const EMPTY_WORD: WordDraft = { name: "", byte: "", type: "int32" };
export const FORMATS = [...FORMAT_NAMES].map(([name, code]) => [code, name] as const);

export function draftOf(
  { format, endian, samples, intervalUs, extendedTexts, map = [] }: Reading,
): ReadingDraft {
  return {
    format: format ?? null,
    endian: endian ?? null,
    samples: String(samples ?? ""),
    intervalMs: intervalUs === undefined ? "" : String(intervalUs / 1000),
    texts: String(extendedTexts ?? ""),
    words: map.map(({ name, byte, type }) => ({ name, byte: String(byte), type })),
  };
}

/** The reading, or in a sentence why it is none; rows without a name and a byte are not there yet. */
export function readingOf(draft: ReadingDraft): Reading | string {
  const { reading } = DATA;
  const interval = numberOf(draft.intervalMs),
    samples = numberOf(draft.samples),
    texts = numberOf(draft.texts);
  if (interval === null || interval === 0) return reading.badNumber(reading.interval, draft.intervalMs);
  if (samples === null || samples === 0) return reading.badNumber(reading.samples, draft.samples);
  if (texts === null) return reading.badNumber(reading.texts, draft.texts);
  const rows = draft.words.filter(({ name, byte }) => name.trim() !== "" || byte.trim() !== "");
  const map = rows.map(mappingOf);
  if (!map.every((one) => one !== null)) return reading.badWord;
  return {
    ...(draft.format !== null && { format: draft.format }),
    ...(draft.endian !== null && { endian: draft.endian }),
    ...(samples !== undefined && { samples }),
    // In whole picoseconds, so that 0.1 ms is 100 us and not a digit beside it.
    ...(interval !== undefined && { intervalUs: Math.round(interval * 1e9) / 1e6 }),
    ...(texts !== undefined && { extendedTexts: texts }),
    ...(map.length > 0 && { map }),
  };
}

function mappingOf({ name, byte, type }: WordDraft): WordMapping | null {
  const place = numberOf(byte);
  if (!/^[A-Za-z_]\w*$/.test(name.trim()) || !place || !Number.isInteger(place)) return null;
  return { name: name.trim().toLowerCase(), byte: place, type };
}

/** undefined when nothing was typed, null when it is no number. */
function numberOf(text: string): number | undefined | null {
  if (text.trim() === "") return undefined;
  const value = Number(text.trim().replace(",", "."));
  return Number.isFinite(value) && value >= 0 ? value : null;
}
