/** A file that is made anew and written from its beginning to its end; what the disk refuses is said as what it is. */
import fs from "node:fs";
import { writingError } from "./file_errors.ts";
import { createFile } from "./open_file.ts";
import { writeAll } from "./write_all.ts";

export class AppendFile {
  readonly #path: string;
  readonly #fd: number;
  #position = 0;

  /** What lay at this name, in a folder of the program's own, is removed and not written over. */
  constructor(file: string) {
    this.#path = file;
    try {
      fs.rmSync(file, { force: true });
      this.#fd = createFile(file);
    } catch (error) {
      throw writingError(file, error);
    }
  }

  write(bytes: Uint8Array): void {
    try {
      writeAll(this.#fd, bytes, this.#position);
    } catch (error) {
      throw writingError(this.#path, error);
    }
    this.#position += bytes.length;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}
