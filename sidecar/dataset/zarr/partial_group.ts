/** A dataset while it is being made: a folder `<path>.part` of ours, renamed when all is there. */
import fs from "node:fs";
import path from "node:path";
import { assert } from "../../../src/shared/assert.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { syncFileInBackground, syncFolder } from "../../files/durable_file.ts";
import { diskFull, writingError } from "../../files/file_errors.ts";
import { describe, lookAt } from "../../files/file_kind.ts";
import { freeBytes } from "../../files/free_space.ts";
import { createFile, openToWrite } from "../../files/open_file.ts";
import { foreign, refuseRead } from "../../files/output_claim.ts";
import { partPath, replacedPath } from "../../files/partial_names.ts";
import { writeAll } from "../../files/write_all.ts";
import type { OutputCheck, PartialOutput } from "../../traces/trace_sink.ts";
import {
  arrayDocument,
  type ArrayMetadata,
  chunkName,
  chunks,
  DOCUMENT,
  GROUP_NODE,
  rowBytes,
  storedBytes,
} from "./array_metadata.ts";
import { type DatasetAttributes, groupDocument } from "./attributes.ts";
import type { StoredArray } from "./chunk_rows.ts";
import { DatasetCheck } from "./dataset_check.ts";
import { entriesOf, foreignIn, removeDataset } from "./dataset_folder.ts";
import { requireReplaceableDataset } from "./group_folder.ts";

/** Clocks of file systems are coarse: a file may change without a new time for so long. */
const TIME_STEP_MS = 2000;
/** Files that are synced at the same time. */
const SYNCS_AT_ONCE = 16;

/** What a dataset will be. */
export interface DatasetDescription {
  /** The final path, absolute. */
  readonly path: string;
  /** The file that is read for it. */
  readonly input: string;
  readonly traces: number;
  readonly arrays: ReadonlyMap<string, ArrayMetadata>;
  readonly attributes: DatasetAttributes;
}

/** One of `arrays`, where it lies while the dataset `target` is being made. */
export function partialArray(
  target: string,
  name: string,
  arrays: ReadonlyMap<string, ArrayMetadata>,
): StoredArray {
  const metadata = arrays.get(name);
  assert(metadata, `a dataset has the array ${name}`);
  return { folder: path.join(partPath(target), ...name.split("/")), metadata };
}

/** A dataset while it is being made. */
export class PartialGroup implements PartialOutput {
  readonly path: string;
  readonly traces: number;
  readonly totalBytes: number;
  readonly #description: DatasetDescription;
  readonly #part: string;
  readonly #old: string;
  /** Files that were synced, by the time of change they had; the clock here is one that never jumps. */
  readonly #synced = new Map<string, { changed: number; seenMs: number; syncedMs: number }>();

  constructor(description: DatasetDescription) {
    this.#description = description;
    this.path = description.path;
    this.traces = description.traces;
    this.totalBytes = [...description.arrays.values()].reduce((sum, array) => sum + storedBytes(array), 0);
    this.#part = partPath(this.path);
    this.#old = replacedPath(this.path);
  }

  /** Makes the folder with its documents; chunk files come with their first bytes. */
  create(resume: boolean): void {
    refuseRead(this.path, this.#description.input, "the input");
    requireReplaceableDataset(this.path);
    if (resume) this.#requirePart();
    else {
      this.#requireRoom();
      this.#removePart();
    }
    try {
      if (resume) this.#mend();
      for (const folder of this.#folders()) if (!resume || !lookAt(folder)) fs.mkdirSync(folder);
      for (const [file, bytes] of this.#documents(this.#part)) writeDocument(file, bytes);
      // The name must last: a checkpoint that is finishing takes a missing partial output for a finished one.
      syncFolder(path.dirname(this.path));
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  check(place: "partial" | "final"): OutputCheck {
    if (place === "partial") this.#requirePart();
    const root = place === "final" ? this.path : this.#part;
    return new DatasetCheck(this.#arrays(root), this.#documents(root));
  }

  #folders(): string[] {
    const names = ["headers", ...this.#description.arrays.keys()];
    return [this.#part, ...names.map((name) => path.join(this.#part, ...name.split("/")))];
  }

  #arrays(root: string): StoredArray[] {
    return [...this.#description.arrays].map(([name, metadata]) => ({
      folder: path.join(root, ...name.split("/")),
      metadata,
    }));
  }

  /** Every document of the dataset, by file. */
  #documents(root: string): Map<string, Uint8Array> {
    const { attributes } = this.#description;
    const documents: [string, unknown][] = [
      ...this.#arrays(root).map((
        { folder, metadata },
      ): [string, unknown] => [folder, arrayDocument(metadata)]),
      [path.join(root, "headers"), { ...GROUP_NODE, attributes: {} }],
      [root, groupDocument(attributes)],
    ];
    const encode = (document: unknown) => new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
    return new Map(documents.map(([folder, document]) => [path.join(folder, DOCUMENT), encode(document)]));
  }

  /** Takes away what this dataset does not have, and gives chunks their size: what is added or lay behind rows is zero. */
  #mend(): void {
    const known = new Set([...this.#folders(), ...this.#documents(this.#part).keys()]);
    for (const { folder, metadata } of this.#arrays(this.#part)) {
      for (const chunk of chunks(metadata)) {
        const file = path.join(folder, chunkName(metadata, chunk));
        known.add(file);
        if (lookAt(file)) mendChunk(file, metadata, chunk);
      }
    }
    for (const entry of entriesOf(this.#part)) {
      if (known.has(entry.path)) continue;
      if (entry.folder) fs.rmdirSync(entry.path);
      else fs.unlinkSync(entry.path);
    }
  }

  #requireRoom(): void {
    const free = freeBytes(this.path);
    if (free !== undefined && free < this.totalBytes) throw diskFull(this.path, this.totalBytes, free);
  }

  /** A resumed output without what was written would be full of zeros. */
  #requirePart(): void {
    if (!this.isStarted()) {
      const reason = `expected ${this.#part} of the earlier attempt, found none`;
      const message = `Cannot go on writing ${this.path}: ${reason}: run the job again from the start`;
      throw new SeisProcError("output-unwritable", message, { file: this.path, reason });
    }
    const other = entriesOf(this.#part).find(({ ours, single }) => !ours || !single);
    if (other) throw foreign(this.path, other.path, other.found);
  }

  isStarted(): boolean {
    return lookAt(path.join(this.#part, DOCUMENT)) !== undefined;
  }

  /** Brings to disk every file that changed since the last call, and the folders that name them. */
  sync(): void {
    try {
      for (const { file, folder } of this.#changed()) {
        if (folder) syncFolder(file);
        else syncFile(file);
      }
      syncFolder(this.#part);
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  /** The same while this thread goes on. */
  async syncInBackground(): Promise<void> {
    try {
      const changed = this.#changed();
      const files = changed.filter(({ folder }) => !folder);
      // Several at once: the file system brings them to disk with one flush of its journal.
      for (let first = 0; first < files.length; first += SYNCS_AT_ONCE) {
        const some = files.slice(first, first + SYNCS_AT_ONCE);
        await Promise.all(some.map(({ file }) => syncFileInBackground(file)));
      }
      for (const { file, folder } of changed) if (folder) syncFolder(file);
      syncFolder(this.#part);
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  #changed(): { file: string; folder: boolean }[] {
    return fs.readdirSync(this.#part, { recursive: true, withFileTypes: true })
      .map((entry) => ({ file: path.join(entry.parentPath, entry.name), folder: entry.isDirectory() }))
      .filter(({ file }) => this.#mustSync(file));
  }

  /** False when the file was synced long enough after it got its time of change; the wall clock may jump. */
  #mustSync(file: string): boolean {
    const changed = fs.statSync(file).mtimeMs, now = performance.now();
    const known = this.#synced.get(file);
    if (known?.changed !== changed) {
      this.#synced.set(file, { changed, seenMs: now, syncedMs: now });
      return true;
    }
    if (known.syncedMs - known.seenMs > TIME_STEP_MS) return false;
    known.syncedMs = now;
    return true;
  }

  /** Syncs and gives the dataset its name; an older dataset of that name goes once the new one stands. */
  finish(): void {
    this.sync();
    requireReplaceableDataset(this.path);
    try {
      if (lookAt(this.path)) {
        this.tidy();
        fs.renameSync(this.path, this.#old);
      }
      fs.renameSync(this.#part, this.path);
      syncFolder(path.dirname(this.path));
      this.tidy();
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  tidy(): void {
    if (lookAt(this.#old)) removeDataset(this.#old);
  }

  /** Also gives back its name to an older dataset when a crash came between the two renames. */
  discard(): void {
    this.#removePart();
    if (!lookAt(this.path) && lookAt(this.#old)) fs.renameSync(this.#old, this.path);
    syncFolder(path.dirname(this.path));
  }

  /** What does not belong to a dataset is never removed. */
  #removePart(): void {
    const stat = lookAt(this.#part);
    if (!stat) return;
    if (!stat.isDirectory()) throw foreign(this.path, this.#part, describe(stat));
    if (removeDataset(this.#part)) return;
    throw foreign(this.path, foreignIn(this.#part) ?? this.#part, "what no dataset has");
  }
}

/** Written anew in place when it is there: then it is ours, and no link. */
function writeDocument(file: string, bytes: Uint8Array): void {
  const fd = lookAt(file) ? openToWrite(file) : createFile(file);
  try {
    writeAll(fd, bytes, 0);
    fs.ftruncateSync(fd, bytes.length);
  } finally {
    fs.closeSync(fd);
  }
}

/** A chunk of its full size, with zeros behind the last row of the array. */
function mendChunk(file: string, array: ArrayMetadata, chunk: number): void {
  const rows = Math.min(array.rowsPerChunk, array.shape[0] - chunk * array.rowsPerChunk);
  const full = array.rowsPerChunk * rowBytes(array), used = rows * rowBytes(array);
  const fd = openToWrite(file);
  try {
    const { size } = fs.fstatSync(fd);
    if (size > used && used < full) fs.ftruncateSync(fd, used);
    if (size !== full || used < full) fs.ftruncateSync(fd, full);
  } finally {
    fs.closeSync(fd);
  }
}

function syncFile(file: string): void {
  const fd = openToWrite(file);
  try {
    fs.fdatasyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
