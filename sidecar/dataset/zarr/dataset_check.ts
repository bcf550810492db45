/** A dataset that an earlier attempt left, read back to be held against what was noted of its blocks. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { lookAt } from "../../files/file_kind.ts";
import type { OutputCheck } from "../../traces/trace_sink.ts";
import { chunkName, chunks, rowBytes } from "./array_metadata.ts";
import { readRows, type StoredArray } from "./chunk_rows.ts";
import { OpenFiles } from "./open_files.ts";

export class DatasetCheck implements OutputCheck {
  readonly #arrays: readonly StoredArray[];
  readonly #documents: ReadonlyMap<string, Uint8Array>;
  readonly #files = new OpenFiles();
  readonly #rooms: Uint8Array[];

  /** `arrays` in the order in which blocks are written to them; `documents` by file, as they must be. */
  constructor(arrays: readonly StoredArray[], documents: ReadonlyMap<string, Uint8Array>) {
    this.#arrays = arrays;
    this.#documents = documents;
    this.#rooms = arrays.map(() => new Uint8Array(0));
  }

  read(first: number, count: number): readonly Uint8Array[] | undefined {
    try {
      return this.#arrays.map((array, i) => {
        const bytes = count * rowBytes(array.metadata);
        if (this.#rooms[i].length < bytes) this.#rooms[i] = new Uint8Array(bytes);
        const rows = this.#rooms[i].subarray(0, bytes);
        readRows(array, this.#files, first, count, rows);
        return rows;
      });
    } catch (error) {
      if (error instanceof SeisProcError) return undefined;
      throw error;
    }
  }

  hasSizes(): boolean {
    return this.#everyChunk((size, full) => size === undefined || size === full);
  }

  isWhole(): boolean {
    return this.#everyChunk((size, full) => size === full) &&
      [...this.#documents].every(([file, bytes]) => hasBytes(file, bytes));
  }

  #everyChunk(holds: (size: number | undefined, full: number) => boolean): boolean {
    return this.#arrays.every(({ folder, metadata }) => {
      const full = metadata.rowsPerChunk * rowBytes(metadata);
      return chunks(metadata).every((chunk) =>
        holds(sizeOf(path.join(folder, chunkName(metadata, chunk))), full)
      );
    });
  }

  close(): void {
    this.#files.close();
  }
}

function sizeOf(file: string): number | undefined {
  const stat = lookAt(file);
  return stat?.isFile() ? stat.size : undefined;
}

function hasBytes(file: string, bytes: Uint8Array): boolean {
  if (sizeOf(file) !== bytes.length) return false;
  const found = fs.readFileSync(file);
  return bytes.every((byte, i) => byte === found[i]);
}
