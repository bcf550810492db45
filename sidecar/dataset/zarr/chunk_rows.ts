/** Rows of a stored array at their fixed places: row r lies in chunk floor(r / rowsPerChunk). */
import fs from "node:fs";
import path from "node:path";
import { cutShort } from "../../segy/layout/cut_short.ts";
import { readingError, writingError } from "../../files/file_errors.ts";
import { writeAll } from "../../files/write_all.ts";
import { type ArrayMetadata, chunkName, rowBytes } from "./array_metadata.ts";
import type { OpenFiles } from "./open_files.ts";

export interface StoredArray {
  readonly folder: string;
  readonly metadata: ArrayMetadata;
}

/** Reads rows [first, first + count) into the beginning of `into`. */
export function readRows(
  array: StoredArray,
  files: OpenFiles,
  first: number,
  count: number,
  into: Uint8Array,
): void {
  const bytes = rowBytes(array.metadata);
  for (const { chunk, row, rows, done } of chunkParts(array.metadata, first, count)) {
    const file = path.join(array.folder, chunkName(array.metadata, chunk));
    const fd = files.reading(file);
    const read = readFully(file, fd, into, done * bytes, rows * bytes, row * bytes);
    if (read < rows * bytes) {
      throw cutShort(
        { path: file, name: file },
        first + done + Math.floor(read / bytes),
        row * bytes,
        rows * bytes,
        read,
      );
    }
  }
}

/** Writes rows [first, first + count) from the beginning of `from`. */
export function writeRows(
  array: StoredArray,
  files: OpenFiles,
  first: number,
  count: number,
  from: Uint8Array,
): void {
  const bytes = rowBytes(array.metadata);
  const chunkBytes = bytes * array.metadata.rowsPerChunk;
  for (const { chunk, row, rows, done } of chunkParts(array.metadata, first, count)) {
    const file = path.join(array.folder, chunkName(array.metadata, chunk));
    writeFully(file, files.writing(file, chunkBytes), from, done * bytes, rows * bytes, row * bytes);
  }
}

interface ChunkPart {
  readonly chunk: number;
  /** First row within the chunk, rows in it, and rows that came before in this request. */
  readonly row: number;
  readonly rows: number;
  readonly done: number;
}

function* chunkParts({ rowsPerChunk }: ArrayMetadata, first: number, count: number): Generator<ChunkPart> {
  for (let done = 0; done < count;) {
    const chunk = Math.floor((first + done) / rowsPerChunk);
    const row = first + done - chunk * rowsPerChunk;
    const rows = Math.min(count - done, rowsPerChunk - row);
    yield { chunk, row, rows, done };
    done += rows;
  }
}

function readFully(file: string, fd: number, into: Uint8Array, at: number, bytes: number, position: number) {
  let read = 0;
  try {
    while (read < bytes) {
      const n = fs.readSync(fd, into, at + read, bytes - read, position + read);
      if (n === 0) break;
      read += n;
    }
  } catch (error) {
    throw readingError(file, error);
  }
  return read;
}

function writeFully(file: string, fd: number, from: Uint8Array, at: number, bytes: number, position: number) {
  try {
    writeAll(fd, from.subarray(at, at + bytes), position);
  } catch (error) {
    throw writingError(file, error, bytes);
  }
}
