/** A dataset's folder as it is found: its documents, and whether a new dataset may take its place. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { readingError, systemCode } from "../../files/file_errors.ts";
import { describe, lookAt } from "../../files/file_kind.ts";
import { readWhole } from "../../files/open_file.ts";
import { DOCUMENT, parseArrayDocument } from "./array_metadata.ts";
import { type DatasetAttributes, parseGroupDocument } from "./attributes.ts";
import type { StoredArray } from "./chunk_rows.ts";
import { foreignIn } from "./dataset_folder.ts";

/** Parses `zarr.json` of the group at `folder`. */
export function readGroup(folder: string): DatasetAttributes {
  return parseGroupDocument(readDocument(folder), folder);
}

/** An array of a dataset, or undefined when the dataset has none of this name. */
export function findArray(folder: string, name: string): StoredArray | undefined {
  const arrayFolder = path.join(folder, ...name.split("/"));
  if (!fs.existsSync(path.join(arrayFolder, DOCUMENT))) return undefined;
  return { folder: arrayFolder, metadata: parseArrayDocument(readDocument(arrayFolder), arrayFolder) };
}

/** @throws `dataset-invalid` when the array is missing */
export function requireArray(folder: string, name: string): StoredArray {
  const array = findArray(folder, name);
  if (array) return array;
  const reason = `no array ${name}`;
  const message = `Cannot open ${folder}: expected the array ${name}, found none: copy the dataset again`;
  throw new SeisProcError("dataset-invalid", message, { file: folder, reason });
}

function readDocument(folder: string): unknown {
  const file = path.join(folder, DOCUMENT);
  let text: string;
  try {
    text = new TextDecoder().decode(readWhole(file, "a document of a dataset"));
  } catch (error) {
    throw systemCode(error) === "ENOENT" ? noDataset(folder) : readingError(file, error);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = "text that is not JSON";
    const message = `Cannot open ${file}: expected JSON, found ${reason}: copy the dataset again`;
    throw new SeisProcError("dataset-invalid", message, { file, reason }, cause);
  }
}

function noDataset(folder: string): SeisProcError {
  if (!fs.existsSync(folder)) {
    const message = `Cannot open ${folder}: expected a dataset, found nothing there: check the path`;
    return new SeisProcError("file-missing", message, { file: folder });
  }
  const reason = "a folder without zarr.json";
  const message =
    `Cannot open ${folder}: expected a dataset, found ${reason}: name a SEG-Y file or a dataset`;
  return new SeisProcError("dataset-invalid", message, { file: folder, reason });
}

/**
 * Only a dataset that this program wrote may be replaced by a dataset, and only when nothing else lies in it.
 * @throws SeisProcError `output-exists`
 */
export function requireReplaceableDataset(target: string): void {
  const stat = lookAt(target);
  if (!stat) return;
  const refuse = (found: string, cause?: unknown) => {
    const message = `Cannot write ${target}: expected nothing or a dataset there, found ${found}: ` +
      "choose another name or remove it";
    return new SeisProcError("output-exists", message, { file: target }, cause);
  };
  if (!stat.isDirectory()) throw refuse(describe(stat));
  try {
    readGroup(target);
  } catch (cause) {
    throw refuse("something else", cause);
  }
  const other = foreignIn(target);
  if (other !== undefined) throw refuse(`${other} in it, which no dataset has`);
}
