/** A dataset's folder: reading its documents, and making a new one as `<path>.part` that is renamed when all is there. */
import fs from "node:fs";
import path from "node:path";
import { assert } from "../../../src/shared/assert.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { syncFileInBackground, syncFolder } from "../../files/durable_file.ts";
import { readingError, systemCode, writingError } from "../../files/file_errors.ts";
import { partPath } from "../../files/partial_names.ts";
import { arrayDocument, type ArrayMetadata, GROUP_NODE, parseArrayDocument } from "./array_metadata.ts";
import { type DatasetAttributes, groupDocument, parseGroupDocument } from "./attributes.ts";
import type { StoredArray } from "./chunk_rows.ts";

const DOCUMENT = "zarr.json";
/** Clocks of file systems are coarse: a file may change without a new time for so long. */
const TIME_STEP_MS = 2000;

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
    text = fs.readFileSync(file, "utf8");
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

/** Files that are synced at the same time. */
const SYNCS_AT_ONCE = 16;

/** A dataset while it is being made. */
export class PartialGroup {
  readonly part: string;
  /** Files that were synced, by the time of change they had; the clock here is one that never jumps. */
  readonly #synced = new Map<string, { changed: number; seenMs: number; syncedMs: number }>();

  constructor(readonly path: string) {
    this.part = partPath(path);
  }

  /** One of `arrays`, where it lies while the dataset is being made. */
  array(name: string, arrays: ReadonlyMap<string, ArrayMetadata>): StoredArray {
    const metadata = arrays.get(name);
    assert(metadata, `a dataset has the array ${name}`);
    return { folder: path.join(this.part, ...name.split("/")), metadata };
  }

  /** Makes the folder with its documents; chunk files come with their first bytes. `resume` keeps what is there. */
  create(resume: boolean, attributes: DatasetAttributes, arrays: ReadonlyMap<string, ArrayMetadata>): void {
    refuseForeign(this.path);
    if (resume) this.#requirePart();
    try {
      if (!resume) fs.rmSync(this.part, { recursive: true, force: true });
      fs.mkdirSync(path.join(this.part, "headers"), { recursive: true });
      for (const [name, metadata] of arrays) {
        const array = this.array(name, arrays);
        fs.mkdirSync(array.folder, { recursive: true });
        writeDocument(array.folder, arrayDocument(metadata));
      }
      writeDocument(path.join(this.part, "headers"), { ...GROUP_NODE, attributes: {} });
      writeDocument(this.part, groupDocument(attributes));
      // The name must last: a checkpoint that is finishing takes a missing partial output for a finished one.
      syncFolder(path.dirname(path.resolve(this.path)));
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  /** A resumed output without what was written would be full of zeros. */
  #requirePart(): void {
    if (this.isStarted()) return;
    const reason = `expected ${this.part} of the earlier attempt, found none`;
    const message = `Cannot go on writing ${this.path}: ${reason}: run the job again from the start`;
    throw new SeisProcError("output-unwritable", message, { file: this.path, reason });
  }

  isStarted(): boolean {
    return fs.existsSync(path.join(this.part, DOCUMENT));
  }

  /** Brings to disk every file that changed since the last call, and the folders that name them. */
  sync(): void {
    try {
      for (const { file, folder } of this.#changed()) {
        if (folder) syncFolder(file);
        else syncFile(file);
      }
      syncFolder(this.part);
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
      syncFolder(this.part);
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  #changed(): { file: string; folder: boolean }[] {
    return fs.readdirSync(this.part, { recursive: true, withFileTypes: true })
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
    refuseForeign(this.path);
    const old = `${this.path}.old`;
    try {
      if (fs.existsSync(this.path)) {
        fs.rmSync(old, { recursive: true, force: true });
        fs.renameSync(this.path, old);
      }
      fs.renameSync(this.part, this.path);
      fs.rmSync(old, { recursive: true, force: true });
      syncFolder(path.dirname(path.resolve(this.path)));
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  /** Also gives back its name to an older dataset when a crash came between the two renames. */
  discard(): void {
    fs.rmSync(this.part, { recursive: true, force: true });
    const old = `${this.path}.old`;
    if (!fs.existsSync(this.path) && fs.existsSync(old)) fs.renameSync(old, this.path);
  }
}

/** Only a dataset may be replaced by a dataset: other things of that name are not ours to remove. */
function refuseForeign(target: string): void {
  if (!fs.existsSync(target)) return;
  try {
    readGroup(target);
  } catch (cause) {
    const message = `Cannot write ${target}: expected nothing or a dataset there, found something else: ` +
      "choose another name or remove it";
    throw new SeisProcError("output-exists", message, { file: target }, cause);
  }
}

function writeDocument(folder: string, document: unknown): void {
  fs.writeFileSync(path.join(folder, DOCUMENT), `${JSON.stringify(document, null, 2)}\n`);
}

function syncFile(file: string): void {
  const fd = fs.openSync(file, "r+");
  try {
    fs.fdatasyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
