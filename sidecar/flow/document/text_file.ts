/** Small text files that a flow names. */
import { readingError } from "../../files/file_errors.ts";
import { readWhole } from "../../files/open_file.ts";

/** Reads a UTF-8 text file, with or without a byte order mark; `expected` names its kind in messages. */
export function readTextFile(file: string, expected: string): string {
  try {
    return new TextDecoder().decode(readWhole(file, expected));
  } catch (error) {
    throw readingError(file, error, expected);
  }
}
