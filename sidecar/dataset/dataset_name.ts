/** The one answer to "is this a dataset": by its name for what is not there yet, by what lies there for what is. */
import fs from "node:fs";
import path from "node:path";

/** True for the name of a stored dataset: outputs of such a name become one, all others SEG-Y files. */
export function isDatasetName(name: string): boolean {
  return path.extname(name).toLowerCase() === ".zarr";
}

/** True for an input that is to be opened as a dataset: any folder, which can be nothing else, or what is named so. */
export function isDatasetPath(input: string): boolean {
  try {
    return fs.statSync(input).isDirectory();
  } catch {
    // Nothing, or what may not be looked at: opening it says which.
    return isDatasetName(input);
  }
}

/** True for a folder that may be shown and opened as a dataset: named so, or with the document of one in it. */
export function isDatasetFolder(folder: string): boolean {
  return isDatasetName(folder) || fs.existsSync(path.join(folder, "zarr.json"));
}
