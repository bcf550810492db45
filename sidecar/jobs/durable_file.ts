/** Files that survive a crash: replaced whole or not at all, and on disk when the call returns. */
import fs from "node:fs";
import path from "node:path";

/** Replaces a file atomically: temporary file beside it, fsync, rename, fsync of the folder. */
export function replaceFile(file: string, parts: Iterable<Uint8Array>): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const fd = fs.openSync(temporary, "w");
  try {
    for (const part of parts) writeWhole(fd, part);
    fs.fsyncSync(fd);
  } catch (error) {
    fs.closeSync(fd);
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  fs.closeSync(fd);
  fs.renameSync(temporary, file);
  syncFolder(path.dirname(file));
}

/** Puts the names in a folder on disk. Platforms that cannot open folders order renames by themselves. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at, bytes.length - at);
}
