/** Where reference data that is not part of the project may lie; tests that need it say so when it is absent. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** `../shared` beside the project, or where SEISPROC_SHARED points. */
export const SHARED = process.env.SEISPROC_SHARED ?? path.resolve(ROOT, "..", "shared");

/** True when the folder is there; says so once when not, since tests are then skipped. */
export function sharedHas(folder: string): boolean {
  const there = fs.existsSync(path.join(SHARED, folder));
  if (!there) console.warn(`skipped: ${folder} of the shared data is absent`);
  return there;
}

export function sharedFile(...parts: string[]): string {
  return path.join(SHARED, ...parts);
}

/** A reference array: float32 little-endian, `[trace][sample]`. */
export function referenceSamples(name: string): Float32Array {
  const bytes = fs.readFileSync(sharedFile("reference", name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).slice();
}
