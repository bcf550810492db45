/** Text headers as users write them: up to 40 lines of up to 80 characters that every encoding of SEG-Y has. */

export const TEXT_LINES = 40;
export const TEXT_COLUMNS = 80;

/** Makes the error for what was expected and found. */
export type RefuseText = (why: string) => Error;

/**
 * The lines of a text or of a list of lines; an end of line after the last one makes no other.
 * @throws what `refuse` makes
 */
export function textHeaderLines(value: unknown, refuse: RefuseText): string[] {
  const lines = typeof value === "string" ? value.replace(/\r?\n$/, "").split(/\r?\n/) : value;
  if (!Array.isArray(lines)) throw refuse("expected a list of lines, or { file } with a file of them");
  if (lines.length > TEXT_LINES) {
    throw refuse(`expected at most ${TEXT_LINES} lines, found ${lines.length}`);
  }
  return lines.map((line: unknown, i) => checkedLine(line, i + 1, refuse));
}

function checkedLine(line: unknown, number: number, refuse: RefuseText): string {
  if (typeof line !== "string") throw refuse(`expected a text as line ${number}`);
  if (line.length > TEXT_COLUMNS) {
    throw refuse(`expected at most ${TEXT_COLUMNS} columns, found ${line.length} in line ${number}`);
  }
  const column = [...line].findIndex((character) => character < " " || character > "~") + 1;
  if (column === 0) return line;
  const found = JSON.stringify([...line][column - 1]);
  throw refuse(
    `expected printable ASCII, which EBCDIC has too, found ${found} in line ${number}, column ${column}`,
  );
}
