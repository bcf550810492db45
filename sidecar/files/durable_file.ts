/** Files that survive a crash: replaced whole or not at all, and on disk when the call returns. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { systemCode } from "./file_errors.ts";
import { temporaryName } from "./host_process.ts";
import { WRITE_FLAGS } from "./open_file.ts";
import { writeAll } from "./write_all.ts";

/** Replaces a file atomically: a temporary file of its own beside it, fsync, rename, fsync of the folder. */
export function replaceFile(file: string, parts: Iterable<Uint8Array>): void {
  const temporary = temporaryName(file);
  const fd = fs.openSync(temporary, "wx");
  try {
    let position = 0;
    for (const part of parts) {
      writeAll(fd, part, position);
      position += part.length;
    }
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

/** A folder that may not be listed, and file systems of some networks, keep their names without such a call or not at all. */
const CANNOT_SYNC: readonly string[] = ["EACCES", "EINVAL", "EPERM"];

/** Puts the names in a folder on disk. Windows cannot open folders and orders renames by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  let fd: number | undefined;
  try {
    fd = fs.openSync(folder, "r");
    fs.fsyncSync(fd);
  } catch (error) {
    if (!CANNOT_SYNC.includes(systemCode(error))) throw error;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

const open = promisify(fs.open), close = promisify(fs.close), fdatasync = promisify(fs.fdatasync);

/** Brings a file's data to disk while this thread goes on. */
export async function syncFileInBackground(file: string): Promise<void> {
  const fd = await open(file, WRITE_FLAGS);
  try {
    await fdatasync(fd);
  } finally {
    await close(fd);
  }
}
