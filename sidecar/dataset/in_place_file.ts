/** Where the SEG-Y file of a dataset lies whose samples stay in place. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { DatasetAttributes } from "./zarr/attributes.ts";

/**
 * The file where it was at import, or beside the dataset as it was when both have moved.
 * @throws `file-missing`
 */
export function inPlaceFile(folder: string, { source, sourceFromHere }: DatasetAttributes): string {
  const moved = path.resolve(folder, sourceFromHere);
  const found = [source.path, moved].find((file) => fs.existsSync(file));
  if (found) return found;
  const places = moved === source.path ? source.path : `${source.path} or ${moved}`;
  const message = `Cannot open ${folder}: expected its SEG-Y file at ${places}, found nothing there: ` +
    "put the file back or import it again";
  throw new SeisProcError("file-missing", message, { file: source.path });
}
