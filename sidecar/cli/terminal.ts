/**
 * The doors to whoever reads the output: everything that is printed goes through here, so that nothing in the text of
 * files and flows is obeyed by a terminal. Programs get JSON that holds the true values.
 */
import { jsonLine, printable } from "../../src/shared/shown.ts";
import { printIfThere } from "./lost_terminal.ts";

/** A line on stdout. */
export function say(line: string): void {
  console.log(printable(line));
}

/** A line on stderr. */
export function complain(line: string): void {
  console.error(printable(line));
}

/** Lines that hold nothing but numbers and names, many at once. Throws when nobody reads any more. */
export function writeOut(lines: string): void {
  const bytes = new TextEncoder().encode(lines);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}

const PIECE = 1 << 16;

/** Many lines on stdout, each of them printable already, until nobody reads any more. */
export function sayAll(lines: Iterable<string>): void {
  let piece = "";
  printIfThere(() => {
    for (const line of lines) {
      piece += `${line}\n`;
      if (piece.length < PIECE) continue;
      writeOut(piece);
      piece = "";
    }
    writeOut(piece);
  });
}

/** A value as one line of JSON on stdout. */
export function sayJson(value: unknown): void {
  console.log(jsonLine(value));
}
