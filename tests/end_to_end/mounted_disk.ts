/** A small disk of its own for tests of full ones; only where this process may mount. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";

const PAGE = 4096;

export class MountedDisk {
  readonly #filler: string;

  constructor(readonly folder: string, size: string) {
    fs.mkdirSync(folder, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
    this.#filler = path.join(folder, "filler");
  }

  /** Leaves room for so many pages, in each of which one file may begin. */
  fill(pagesLeft = 0): void {
    const fd = fs.openSync(this.#filler, "a"), piece = new Uint8Array(PAGE);
    try {
      for (;;) fs.writeSync(fd, piece);
    } catch {
      // Full, as it should be.
    } finally {
      fs.closeSync(fd);
    }
    fs.truncateSync(this.#filler, Math.max(0, fs.statSync(this.#filler).size - pagesLeft * PAGE));
  }

  free(): void {
    fs.rmSync(this.#filler, { force: true });
  }

  remove(): void {
    execFileSync("umount", [this.folder]);
  }
}

export function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["-m", "true"]);
    return true;
  } catch {
    return false;
  }
}
