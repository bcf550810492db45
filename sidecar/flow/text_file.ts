/** Small text files that a flow names. */
import fs from "node:fs";
import { readingError } from "../files/file_errors.ts";

/** Reads a UTF-8 text file, with or without a byte order mark; `expected` names its kind in messages. */
export function readTextFile(file: string, expected: string): string {
  try {
    return fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw readingError(file, error, expected);
  }
}
