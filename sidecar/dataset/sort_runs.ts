/** Sorted runs on disk while a large survey is sorted: rows of float64 [key 0, ..., key K-1, trace]. */
import fs from "node:fs";
import { AppendFile } from "../files/append_file.ts";

const BUFFER_ROWS = 1 << 13;

export class RunWriter {
  readonly #keyCount: number;
  readonly #file: AppendFile;
  readonly #buffer: Float64Array;
  #filled = 0;

  constructor(file: string, keyCount: number) {
    this.#keyCount = keyCount;
    this.#file = new AppendFile(file);
    this.#buffer = new Float64Array(BUFFER_ROWS * (keyCount + 1));
  }

  push(trace: number, keys: readonly Float64Array[], index: number): void {
    for (let k = 0; k < this.#keyCount; k++) this.#buffer[this.#filled++] = keys[k][index];
    this.#buffer[this.#filled++] = trace;
    if (this.#filled === this.#buffer.length) this.#flush();
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      this.#file.close();
    }
  }

  #flush(): void {
    this.#file.write(new Uint8Array(this.#buffer.buffer, 0, this.#filled * 8));
    this.#filled = 0;
  }
}

/** Reads a run row by row; `trace` and `keys[k][0]` are those of the current row. */
export class RunReader {
  readonly #keyCount: number;
  trace = -1;
  readonly keys: Float64Array[];
  readonly #fd: number;
  readonly #buffer: Float64Array;
  #next = 0;
  #end = 0;

  constructor(file: string, keyCount: number, readonly number: number) {
    this.#keyCount = keyCount;
    this.#fd = fs.openSync(file, "r");
    this.#buffer = new Float64Array(BUFFER_ROWS * (keyCount + 1));
    this.keys = Array.from({ length: keyCount }, () => new Float64Array(1));
  }

  /** Goes to the next row; false after the last. */
  advance(): boolean {
    if (this.#next === this.#end && !this.#refill()) return false;
    for (let k = 0; k < this.#keyCount; k++) this.keys[k][0] = this.#buffer[this.#next++];
    this.trace = this.#buffer[this.#next++];
    return true;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  #refill(): boolean {
    const bytes = new Uint8Array(this.#buffer.buffer);
    this.#end = fs.readSync(this.#fd, bytes, 0, bytes.length, null) / 8;
    this.#next = 0;
    return this.#end > 0;
  }
}
