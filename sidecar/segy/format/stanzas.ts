/** Stanzas of extended text headers and trailers: `((Owner: Name))` and the text up to the next one. */

/** What a scan needs of a text; strings have it. */
export interface TextLike {
  readonly length: number;
  charCodeAt(index: number): number;
  slice(start: number, end: number): string;
}

export interface StanzaHead {
  /** What stands before the first colon, such as `SEG`. */
  readonly owner: string;
  /** What stands after it, such as `Location Data ver 3.0`. */
  readonly name: string;
  /** Places in the text: of the first parenthesis and after the last. */
  readonly start: number;
  readonly end: number;
}

const OPEN = "(".charCodeAt(0);
const CLOSE = ")".charCodeAt(0);

/** All stanza heads, in one pass: each character is looked at once or twice, whatever the text. */
export function stanzaHeads(text: TextLike): StanzaHead[] {
  const heads: StanzaHead[] = [];
  let start = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== OPEN && code !== CLOSE) continue;
    const run = runLength(text, i, code);
    if (code === OPEN) start = run >= 2 ? i + run : -1;
    else {
      const head = run >= 2 && start >= 0 ? headOf(text.slice(start, i), start - 2, i + 2) : undefined;
      if (head) heads.push(head);
      start = -1;
    }
    i += run - 1;
  }
  return heads;
}

function runLength(text: TextLike, from: number, code: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) === code) end++;
  return end - from;
}

function headOf(inside: string, start: number, end: number): StanzaHead | undefined {
  const colon = inside.indexOf(":");
  const owner = inside.slice(0, Math.max(0, colon)).trim();
  return owner === "" ? undefined : { owner, name: inside.slice(colon + 1).trim(), start, end };
}

/** Names of the stanzas in text header lines, such as `SEG: Location Data ver 3.0`. */
export function stanzaNames(lines: readonly string[]): string[] {
  return stanzaHeads(lines.join("")).map(({ owner, name }) => `${owner}: ${name}`);
}

/** Whether a text holds the stanza that ends extended text headers; blanks and case do not count. */
export function holdsEndText(text: string): boolean {
  return stanzaHeads(text).some(({ owner, name }) => isNamed(owner, "seg") && isNamed(name, "endtext"));
}

/** Compares names without regard to case and blanks. */
export function isNamed(found: string, wanted: string): boolean {
  return found.replaceAll(" ", "").toLowerCase() === wanted;
}
