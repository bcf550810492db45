/** A file with the text header of an output. */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { textHeaderLines } from "../../../src/shared/seismic/text_header.ts";
import { readTextFile } from "./text_file.ts";

/** @throws file-missing, file-unreadable, text-header-invalid */
export function readTextHeaderFile(file: string): string[] {
  return textHeaderLines(readTextFile(file, "a file with a text header"), (why) => {
    const message = `Cannot use ${path.basename(file)} as a text header: ${why}`;
    return new SeisProcError("text-header-invalid", message, { file, reason: why });
  });
}
