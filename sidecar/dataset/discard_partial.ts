/** Taking back what a job began beside an output: nothing but what is ours goes, and what was to be replaced stays. */
import fs from "node:fs";
import path from "node:path";
import { syncFolder } from "../files/durable_file.ts";
import { lookAt } from "../files/file_kind.ts";
import { removePartialFile } from "../files/output_claim.ts";
import { partPath, replacedPath } from "../files/partial_names.ts";
import { removeDataset } from "./zarr/dataset_folder.ts";

/**
 * Removes the partial output, a file or a folder; a claim of the caller's job has been seen. Of a folder in which other
 * things lie too, these stay.
 * @throws SeisProcError `output-exists` for a link or a file with a second name
 */
export function discardPartial(output: string): void {
  const part = partPath(output);
  if (lookAt(part)?.isDirectory()) removeDataset(part);
  else removePartialFile(output);
  giveBackReplaced(output);
}

/** Gives back its name to an older dataset when a crash came between the two renames; durable, like the removal before. */
export function giveBackReplaced(output: string): void {
  const old = replacedPath(output);
  if (lookAt(old) && !lookAt(output)) fs.renameSync(old, output);
  syncFolder(path.dirname(output));
}
