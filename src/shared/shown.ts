/**
 * Text from files, flows and the wire, as it may be shown in a terminal, a log or a message: what a terminal would obey
 * is escaped, what is long is cut.
 */

/** Of one value a message quotes at most so many characters. */
export const LONGEST_SHOWN = 200;

/** Of many values that a sentence names, it shows what fits in so much. */
const LONGEST_SENTENCE = 2000;

/**
 * What is not seen but does something: control characters (C0, DEL, C1), separators of lines and paragraphs, marks that
 * turn the direction of reading or have no width (Unicode Standard Annex 9), halves of surrogate pairs. Joiners stay:
 * letters and pictures are composed with them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SHORT: ReadonlyMap<string, string> = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/** Text that needs no second look: most of it. */
const PLAIN = /^[ -~]*$/;

/** The text on one line, with everything unseen in it written out: `\n`, `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, (one) => SHORT.get(one) ?? escaped(one));
}

/** A text on one line and not too long: its beginning, and the ending of a file's name. */
export function cut(text: string, longest = LONGEST_SHOWN): string {
  const line = printable(text);
  if (line.length <= longest) return line;
  const ending = /\.(\w{1,8})$/.exec(line)?.[1] ?? "";
  return `${head(line, longest - 1 - ending.length)}…${ending}`;
}

/** A value that a message names: as JSON, cut; `nothing` when there is none. */
export function shown(value: unknown): string {
  return value === undefined ? "nothing" : cut(JSON.stringify(value) ?? String(value));
}

/** A sentence on one line: long values in it, those that are known and every word, are cut, and it ends somewhere. */
export function sentence(text: string, values: Iterable<unknown> = []): string {
  let line = text;
  for (const value of longParts(values)) line = line.replaceAll(value, () => cut(value));
  return cut(line.replace(LONG_WORD, (word) => cut(word)), LONGEST_SENTENCE);
}

/** Texts too long to be quoted and the names of files at their ends, as they are and as JSON has them, shorter ones first. */
function longParts(values: Iterable<unknown>): string[] {
  const texts = [...values].filter((value) => typeof value === "string");
  const parts = texts.flatMap((text) => [text, text.slice(text.search(/[^\\/]*$/))]);
  const long = parts.filter((part) => part.length > LONGEST_SHOWN);
  const all = long.flatMap((part) => [part, JSON.stringify(part).slice(1, -1)]);
  return [...new Set(all)].sort((a, b) => a.length - b.length);
}

/** A value as JSON on one line in which nothing is unseen; parsed, it is the value itself. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value);
  return PLAIN.test(json) ? json : json.replace(UNSEEN, (one) => one.split("").map(unicode).join(""));
}

const LONG_WORD = new RegExp(`[^\\s:;,"()]{${LONGEST_SHOWN + 1},}`, "gu");

/** The first characters, never half of one. */
function head(text: string, length: number): string {
  const part = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part;
}

function escaped(one: string): string {
  const code = one.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : unicode(one);
}

function unicode(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
