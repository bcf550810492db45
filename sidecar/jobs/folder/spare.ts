/**
 * Room that the workspace keeps for its last words: when its volume is full, what must be written to make room (that a
 * job is cancelled) or to end (that one is paused) takes the place of this file.
 */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const SPARE_BYTES = 64 << 10;

function spareOf(root: string): string {
  return path.join(root, "spare");
}

/** Sets room aside where there is some; filled with what no file system can store in less. */
export function keepSpare(root: string): void {
  const file = spareOf(root);
  try {
    if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= SPARE_BYTES) return;
    fs.writeFileSync(file, crypto.randomBytes(SPARE_BYTES));
  } catch {
    // Without it a full volume is said to be full.
    fs.rmSync(file, { force: true });
  }
}

/** Gives the room up, from anywhere in a job's folder; false when there was none. */
export function giveUpSpare(jobFolder: string): boolean {
  const file = spareOf(path.dirname(path.dirname(jobFolder)));
  try {
    if (fs.statSync(file).size === 0) return false;
    fs.truncateSync(file, 0);
    return true;
  } catch {
    return false;
  }
}
