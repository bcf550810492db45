/** Opening without waiting for ever and without following a link that somebody put in the way. */
import fs from "node:fs";
import { requireFile } from "./file_kind.ts";

/** Windows has neither pipes with names in folders nor these flags. */
const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;

/**
 * Opens a regular file to read. Anything else is refused, looked at before it is opened, and not waited for when it was
 * swapped in between. `expected` names the kind of file, for messages.
 * @throws SeisProcError `file-unreadable`; what the system says
 */
export function openToRead(file: string, expected: string): number {
  requireFile(file, fs.statSync(file), expected);
  const fd = fs.openSync(file, O_RDONLY | O_NONBLOCK);
  try {
    requireFile(file, fs.fstatSync(fd), expected);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/** Reads a whole regular file. */
export function readWhole(file: string, expected: string): Uint8Array {
  const fd = openToRead(file, expected);
  try {
    return fs.readFileSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a file that was not there. Throws `EEXIST` for whatever lies there, a link included. */
export function createFile(file: string): number {
  return fs.openSync(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666);
}

/** How a file of ours is opened to write to it, never through a link. */
export const WRITE_FLAGS = O_RDWR | O_NOFOLLOW | O_NONBLOCK;

/** Opens a file of ours to write to it; throws `ELOOP` for a link. */
export function openToWrite(file: string): number {
  return fs.openSync(file, WRITE_FLAGS);
}
