/**
 * A dataset as files and folders: which names it has, so that nothing but a dataset of ours is ever replaced or removed,
 * and of a folder that holds other things too, nothing but what we wrote.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, isPlainFile } from "../../files/file_kind.ts";
import { isLitter } from "../../files/file_state.ts";
import { DOCUMENT } from "./array_metadata.ts";
import { COLUMN_NAME, TRACE_HEADERS, TRACES } from "./zarr_layout.ts";

const CHUNK = /^c\.\d+(\.0)?$/;

export interface Entry {
  readonly path: string;
  readonly folder: boolean;
  /** True when a dataset has something of this kind and name at this place. */
  readonly ours: boolean;
  /** True when it bears no other name, so that what is written to it is seen nowhere else. */
  readonly single: boolean;
  /** What it is, for messages. */
  readonly found: string;
}

/** Everything in a dataset's folder, what lies in a folder before that folder; folders that are not ours are not entered. */
export function entriesOf(root: string, inside: readonly string[] = []): Entry[] {
  return fs.readdirSync(path.join(root, ...inside)).flatMap((name) => {
    const parts = [...inside, name], file = path.join(root, ...parts);
    const stat = fs.lstatSync(file), folder = stat.isDirectory();
    const ours = folder ? isFolderOfDataset(parts) : stat.isFile() && isFileOfDataset(parts);
    const entry = { path: file, folder, ours, single: folder || isPlainFile(stat), found: describe(stat) };
    return [...(folder && ours ? entriesOf(root, parts) : []), entry];
  });
}

function isFolderOfDataset([first, second, ...more]: readonly string[]): boolean {
  if (more.length > 0) return false;
  if (first === "headers") return second === undefined || COLUMN_NAME.test(second);
  return second === undefined && (first === TRACES || first === TRACE_HEADERS);
}

function isFileOfDataset(parts: readonly string[]): boolean {
  const name = parts[parts.length - 1];
  if (name === DOCUMENT || isLitter(name)) return true;
  const isArray = parts.length === (parts[0] === "headers" ? 3 : 2);
  return isArray && CHUNK.test(name);
}

/** The first thing in a folder that no dataset has; undefined when all of it is a dataset's. */
export function foreignIn(folder: string): string | undefined {
  return entriesOf(folder).find(({ ours }) => !ours)?.path;
}

/** Removes what is a dataset's in a folder, and the folder when nothing else is in it. Returns true when it is gone. */
export function removeDataset(folder: string): boolean {
  for (const { path: file, folder: isFolder, ours } of entriesOf(folder)) {
    if (!ours) continue;
    if (isFolder) removeEmpty(file);
    else fs.unlinkSync(file);
  }
  return removeEmpty(folder);
}

function removeEmpty(folder: string): boolean {
  if (fs.readdirSync(folder).length > 0) return false;
  fs.rmdirSync(folder);
  return true;
}
