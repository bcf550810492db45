/** Writes at a position until all is written. */
import fs from "node:fs";

/** Writes all bytes at a position; the system may take them in parts. */
export function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const written = fs.writeSync(fd, bytes, done, bytes.length - done, position + done);
    if (written === 0) throw Object.assign(new Error("no bytes were taken"), { code: "ENOSPC" });
    done += written;
  }
}
