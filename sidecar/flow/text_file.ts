import fs from "node:fs";
import { readingError } from "../segy/file_errors.ts";

/** Reads a UTF-8 text file, with or without a byte order mark. */
export function readTextFile(file: string): string {
  try {
    return fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw readingError(file, error);
  }
}
