/** Files open for positional reads. Offsets count from 0, bytes in messages from 1. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { readingError } from "../../files/file_errors.ts";
import { openToRead } from "../../files/open_file.ts";

/** What the detection of a layout needs of a file; tests keep such files in memory. */
export interface FileBytes {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Bytes [offset, offset + length), fewer where the file ends. */
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` from `offset`; returns how many bytes the file had there. */
  readInto(target: Uint8Array, offset: number): number;
}

export class SegyFile implements FileBytes {
  private constructor(
    readonly path: string,
    readonly fd: number,
    readonly bytes: number,
    readonly modifiedMs: number,
  ) {}

  static open(file: string): SegyFile {
    let fd: number | undefined;
    try {
      fd = openToRead(file, "a SEG-Y file");
      const stat = fs.fstatSync(fd);
      return new SegyFile(path.resolve(file), fd, stat.size, stat.mtimeMs);
    } catch (error) {
      if (fd !== undefined) fs.closeSync(fd);
      throw readingError(file, error);
    }
  }

  get name(): string {
    return path.basename(this.path);
  }

  read(offset: number, length: number): Uint8Array {
    const room = Math.max(0, Math.min(length, this.bytes - offset));
    const target = new Uint8Array(room);
    return target.subarray(0, this.readInto(target, offset));
  }

  readInto(target: Uint8Array, offset: number): number {
    let done = 0;
    try {
      while (done < target.length) {
        const found = fs.readSync(this.fd, target, done, target.length - done, offset + done);
        if (found === 0) break;
        done += found;
      }
    } catch (error) {
      throw readingError(this.path, error);
    }
    return done;
  }

  /** Throws when the file is not any more what it was when the plan was made. */
  checkUnchanged(bytes: number, modifiedMs: number): void {
    const stat = fs.fstatSync(this.fd);
    if (stat.size === bytes && stat.mtimeMs === modifiedMs) return;
    const what = stat.size === bytes
      ? `expected it as last changed at ${new Date(modifiedMs).toISOString()}, ` +
        `found a change at ${new Date(stat.mtimeMs).toISOString()}`
      : `expected ${bytes} bytes, found ${stat.size}`;
    const message = `Cannot go on reading ${this.name}: ${what}: the input changed, start again`;
    throw new SeisProcError("input-changed", message, { file: this.path, what });
  }

  close(): void {
    fs.closeSync(this.fd);
  }
}
