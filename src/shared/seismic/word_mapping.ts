/** Header words where a survey has them: `cdp=193:int32`. */
import { SeisProcError } from "../errors.ts";

import {
  type HeaderWord,
  type ScalarWord,
  STANDARD_WORDS,
  WORD_BYTES,
  type WordType,
} from "./trace_header.ts";

/** Where a header word of this name lies in the trace headers of a file that does not follow the standard. */
export interface WordMapping {
  readonly name: string;
  /** From 1, as the standard prints it. */
  readonly byte: number;
  readonly type: WordType;
}

/** The same with what only a file says of itself, in a layout stanza. */
export interface LaidOutWord extends WordMapping {
  /** The word that scales it; that of the standard word of this name when left out. */
  readonly scaledBy?: ScalarWord;
  /** Where a word lies that takes its place unless it is zero. */
  readonly extended?: { readonly byte: number; readonly type: WordType };
}

const FORM = /^([A-Za-z_][A-Za-z0-9_]*)=(\d+)(?::([A-Za-z0-9]+))?$/;

/**
 * Parses `cdp=21:int32`: name, byte from 1, type (int32 when left out). Names become lower case, since they name files.
 * @throws `usage`
 */
export function parseMapping(text: string): WordMapping {
  const match = FORM.exec(text.trim());
  if (!match) throw wrong(text, "expected NAME=BYTE:TYPE such as cdp=21:int32");
  const [, name, byteText, typeText = "int32"] = match;
  const type = wordType(typeText);
  if (!type) throw wrong(text, `expected one of the types ${WORD_TYPES.join(", ")}, found ${typeText}`);
  const byte = Number(byteText);
  if (byte < 1 || !Number.isSafeInteger(byte)) {
    throw wrong(text, `expected a byte counted from 1 as the SEG-Y standard prints it, found ${byteText}`);
  }
  return { name: name.toLowerCase(), byte, type };
}

/** Parses several mappings; each name once. @throws `usage` */
export function parseMappings(texts: readonly string[]): WordMapping[] {
  const mappings = texts.map(parseMapping);
  mappings.forEach(({ name }, i) => {
    const before = mappings.findIndex((one) => one.name === name);
    if (before < i) throw wrong(texts[i], `expected each name once, found ${texts[before]} before it`);
  });
  return mappings;
}

/** The header word of a mapping; a standard word that moves keeps its title and its scalar. */
export function mappedWord({ name, byte, type, scaledBy, extended }: LaidOutWord): HeaderWord {
  const standard = STANDARD_WORDS.words.find((word) => word.name === name);
  const title = standard?.title ?? `Mapped word at byte ${byte}`;
  return {
    name,
    byte,
    type,
    title,
    aliases: standard?.aliases ?? [],
    ...((scaledBy ?? standard?.scaledBy) && { scaledBy: scaledBy ?? standard?.scaledBy }),
    ...(extended && { extended: extensionOf(name, extended) }),
  };
}

function extensionOf(name: string, place: { readonly byte: number; readonly type: WordType }): HeaderWord {
  return { name: extensionName(name), ...place, title: `Extension of ${name}`, aliases: [] };
}

/** `extSx` for `sx`: what the word is called that takes its place. */
export function extensionName(name: string): string {
  return `ext${name[0].toUpperCase()}${name.slice(1)}`;
}

export const WORD_TYPES: readonly string[] = Object.keys(WORD_BYTES);

function wordType(text: string): WordType | undefined {
  const wanted = text.toLowerCase() === "ibm" ? "ibm32" : text.toLowerCase();
  return isWordType(wanted) ? wanted : undefined;
}

export function isWordType(text: string): text is WordType {
  return Object.hasOwn(WORD_BYTES, text);
}

function wrong(text: string, why: string): SeisProcError {
  return new SeisProcError("usage", `Cannot use header mapping ${text}: ${why}`, { argument: text });
}
