/** Room on the volume of a file. */
import fs from "node:fs";
import path from "node:path";

/** Bytes that may still be written to the disk that holds this file's folder; absent where the system cannot say. */
export function freeBytes(file: string): number | undefined {
  try {
    const { bavail, bsize } = fs.statfsSync(path.dirname(file));
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
