/**
 * The XML of a layout stanza (SEG-Y revision 2.1, annex D-8): `segy-layout` with `entry` elements, and `extension`
 * elements with more. One pass over the text; nothing is expanded, so that no text is long to read.
 */

export interface LayoutEntry {
  /** The trace header that has the word: `SEG00000` is the standard one. */
  readonly header: string;
  readonly name: string;
  /** From 1 within that header. */
  readonly byte: number;
  readonly type: string;
  /** The word takes the place of one of the same name in the standard header unless it is zero. */
  readonly ifNonZero: boolean;
}

export const STANDARD_HEADER = "SEG00000";
const ROOT = "segy-layout";

/** What is wrong with a layout, for people. */
export class LayoutRefused extends Error {}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kind: "opens" | "closes" | "empty";
}

/** The entries of the first layout in a text. @throws LayoutRefused */
export function parseLayout(text: string): LayoutEntry[] {
  const entries: LayoutEntry[] = [];
  const open: string[] = [];
  let header = STANDARD_HEADER;
  for (const tag of tagsIn(text)) {
    if (open.length === 0 && (tag.name !== ROOT || tag.kind !== "opens")) {
      throw new LayoutRefused(`expected <${ROOT}>, found <${shown(tag.name)}>`);
    }
    if (tag.kind === "closes") {
      const wanted = open.pop();
      if (wanted !== tag.name) throw new LayoutRefused(`expected </${wanted}>, found </${shown(tag.name)}>`);
      if (open.length === 0) return entries;
      if (tag.name === "extension") header = STANDARD_HEADER;
      continue;
    }
    if (tag.name === "extension") header = attribute(tag, "name").trim();
    if (tag.name === "entry") entries.push(entryOf(tag, header));
    if (tag.kind === "opens") open.push(tag.name);
    else if (tag.name === "extension") header = STANDARD_HEADER;
  }
  throw new LayoutRefused(
    open.length === 0 ? `expected <${ROOT}>, found none` : `expected </${open.at(-1)}>, found the end`,
  );
}

function entryOf(tag: Tag, header: string): LayoutEntry {
  const name = attribute(tag, "name"), byte = Number(attribute(tag, "byte"));
  if (!Number.isInteger(byte)) {
    throw new LayoutRefused(`expected a byte for ${shown(name)}, found no whole number`);
  }
  const zero = tag.attributes.get("if-non-zero") ?? "0";
  return { header, name, byte, type: attribute(tag, "type"), ifNonZero: zero !== "0" && zero !== "false" };
}

function attribute({ name, attributes }: Tag, wanted: string): string {
  const value = attributes.get(wanted);
  if (value === undefined) throw new LayoutRefused(`expected ${wanted} in <${shown(name)}>, found none`);
  return value;
}

function* tagsIn(text: string): Generator<Tag> {
  let at = text.indexOf("<");
  while (at >= 0) {
    const end = endOfMarkup(text, at);
    if (end < 0) throw new LayoutRefused("expected the end of a tag, found the end of the text");
    const next = text[at + 1];
    if (next !== "?" && next !== "!") yield tagOf(text.slice(at + 1, end - 1));
    at = text.indexOf("<", end);
  }
}

/** Where markup that begins at a `<` ends, after its `>`; -1 when it does not. */
function endOfMarkup(text: string, start: number): number {
  if (text.startsWith("<!--", start)) {
    const end = text.indexOf("-->", start);
    return end < 0 ? -1 : end + 3;
  }
  let quote = "";
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return i + 1;
    else if (character === "<") return -1;
  }
  return -1;
}

/** A tag from what stands between `<` and `>`. */
function tagOf(inside: string): Tag {
  const closes = inside.startsWith("/"), empty = inside.endsWith("/");
  const body = inside.slice(closes ? 1 : 0, empty ? -1 : undefined).trim();
  const name = body.slice(0, endOfName(body, 0));
  if (name === "") throw new LayoutRefused("expected the name of a tag, found none");
  const rest = body.slice(name.length);
  if (closes && rest.trim() !== "") throw new LayoutRefused(`expected </${shown(name)}>, found more in it`);
  return { name, attributes: attributesIn(rest, name), kind: closes ? "closes" : empty ? "empty" : "opens" };
}

function attributesIn(text: string, tag: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const end = endOfName(text, at), equals = skipBlanks(text, end), value = skipBlanks(text, equals + 1);
    const quote = text[value], close = text.indexOf(quote, value + 1);
    const isQuoted = quote === '"' || quote === "'";
    if (end === at || text[equals] !== "=" || !isQuoted || close < 0) {
      throw new LayoutRefused(`expected attributes such as byte="1" in <${shown(tag)}>, found other text`);
    }
    attributes.set(text.slice(at, end), plain(text.slice(value + 1, close)));
    at = skipBlanks(text, close + 1);
  }
  return attributes;
}

function endOfName(text: string, from: number): number {
  let end = from;
  while (end < text.length && !" \t\r\n=/".includes(text[end])) end++;
  return end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at])) at++;
  return at;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function plain(value: string): string {
  return value.replaceAll(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]);
}

/** Text of a file in a message: short. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
