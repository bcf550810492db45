/** The text header of an output: the source's lines, and the history where there is room for it. */
import { TEXT_COLUMNS, TEXT_LINES } from "../../../src/shared/seismic/text_header.ts";

export interface OutputTexts {
  /** 40 lines. */
  readonly main: readonly string[];
  /** Extended text headers of 40 lines each. */
  readonly extended: readonly (readonly string[])[];
}

/** Lines 39 and 40 say the revision and the end (SEG-Y revision 1, section 4). */
const BODY_LINES = TEXT_LINES - 2;

/**
 * History goes into the blank lines after the source's last line, else into any blank lines, else into extended text
 * headers before the source's own. No line of the source that says something is written over. With a `text` of the user
 * the header is that and nothing else.
 */
export function outputTexts(
  source: readonly (readonly string[])[],
  history: readonly string[],
  revision: { readonly major: number; readonly minor: number },
  text?: readonly string[],
): OutputTexts {
  if (text) return { main: filled(text), extended: [...historyPages(history), ...source.slice(1)] };
  const main = filled(source[0] ?? []);
  const extended = source.slice(1);
  const wrapped = history.flatMap((line) => wrap(line, TEXT_COLUMNS - 4));
  const places = placesFor(main, wrapped.length);
  endLines(main, revision);
  if (places) {
    wrapped.forEach((line, i) => main[places[i]] = numbered(places[i], line));
    return { main, extended };
  }
  return { main, extended: [...historyPages(history), ...extended] };
}

function filled(lines: readonly string[]): string[] {
  return Array.from({ length: TEXT_LINES }, (_, i) => lines[i] ?? "");
}

function placesFor(main: readonly string[], count: number): number[] | undefined {
  const blank = main.slice(0, BODY_LINES).flatMap((line, i) => isBlank(line) ? [i] : []);
  const lastText = main.slice(0, BODY_LINES).findLastIndex((line) => !isBlank(line));
  const after = blank.filter((i) => i > lastText);
  return [after, blank].find((places) => places.length >= count)?.slice(0, count);
}

function isBlank(line: string): boolean {
  return line.replace(/^C\s*\d{1,2}/, "").trim() === "";
}

function endLines(main: string[], { major, minor }: { major: number; minor: number }): void {
  const said = major === 1 ? "SEG Y REV1" : `SEG-Y_REV${major}.${minor}`;
  if (isBlank(main[38]) || /SEG.?Y.?REV/i.test(main[38])) main[38] = numbered(38, said);
  if (isBlank(main[39])) main[39] = numbered(39, "END TEXTUAL HEADER");
}

function numbered(index: number, text: string): string {
  return `C${String(index + 1).padStart(2)} ${text}`;
}

function historyPages(history: readonly string[]): string[][] {
  const lines = ["((SeisProc: History ver 1.0))", ...history.flatMap((line) => wrap(line, TEXT_COLUMNS))];
  const pages: string[][] = [];
  for (let i = 0; i < lines.length; i += TEXT_LINES) pages.push(lines.slice(i, i + TEXT_LINES));
  return pages;
}

/** Breaks at blanks, else after commas, so that no number is cut; later parts are indented. */
function wrap(line: string, width: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(" ", width), comma = rest.lastIndexOf(",", width - 1) + 1;
    const cut = [blank, comma].find((place) => place > width / 2) ?? width;
    parts.push(rest.slice(0, cut));
    rest = `  ${rest.slice(cut).trimStart()}`;
  }
  return [...parts, rest];
}
