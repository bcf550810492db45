/** Chunk files that a worker keeps open. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { readingError, systemCode, writingError } from "../../files/file_errors.ts";
import { createFile, openToRead, openToWrite } from "../../files/open_file.ts";

const MAX_OPEN = 128;

/** Descriptors of chunk files, the least recently used closed first. Each worker has its own. */
export class OpenFiles {
  readonly #open = new Map<string, number>();

  /** A file to read; its absence is an error, since a chunk without a file would read as zeros. */
  reading(file: string): number {
    return this.#keep(file, () => {
      try {
        return openToRead(file, "a chunk of a dataset");
      } catch (error) {
        throw fs.existsSync(path.dirname(file)) && !fs.existsSync(file)
          ? missingChunk(file)
          : readingError(file, error);
      }
    });
  }

  /** A file to write, made at its full size on first use; workers may race to make it, since nothing is cut. */
  writing(file: string, bytes: number): number {
    return this.#keep(file, () => {
      try {
        const fd = openOrCreate(file);
        if (fs.fstatSync(fd).size < bytes) fs.ftruncateSync(fd, bytes);
        return fd;
      } catch (error) {
        throw writingError(file, error, bytes);
      }
    });
  }

  close(): void {
    for (const fd of this.#open.values()) fs.closeSync(fd);
    this.#open.clear();
  }

  #keep(file: string, make: () => number): number {
    const known = this.#open.get(file);
    if (known !== undefined) {
      this.#open.delete(file);
      this.#open.set(file, known);
      return known;
    }
    if (this.#open.size >= MAX_OPEN) this.#closeOldest();
    const fd = make();
    this.#open.set(file, fd);
    return fd;
  }

  #closeOldest(): void {
    for (const [file, fd] of this.#open) {
      fs.closeSync(fd);
      this.#open.delete(file);
      return;
    }
  }
}

/** Made exclusively by one worker; what is there was made by another, or in an earlier attempt. */
function openOrCreate(file: string): number {
  for (;;) {
    try {
      return openToWrite(file);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
    try {
      return createFile(file);
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
  }
}

function missingChunk(file: string): SeisProcError {
  const reason = `expected the chunk ${path.basename(file)}, found no such file`;
  const message = `Cannot read ${path.dirname(file)}: ${reason}: copy the dataset again from its source`;
  return new SeisProcError("dataset-invalid", message, { file, reason });
}
