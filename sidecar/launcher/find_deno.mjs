/** The Deno that npm installed: the binary itself where it can be found, since its launcher costs 40 ms. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export function findDeno() {
  const require = createRequire(import.meta.url);
  const binary = process.platform === "win32" ? "deno.exe" : "deno";
  const libc = process.platform === "linux" ? "-glibc" : "";
  const packages = [`@deno/${process.platform}-${process.arch}${libc}`, "deno"];
  for (const name of packages) {
    try {
      const file = path.join(path.dirname(require.resolve(`${name}/package.json`)), binary);
      if (fs.existsSync(file)) return fs.realpathSync(file);
    } catch {
      // Not installed under this name: the next one may be.
    }
  }
  console.error("Cannot start SeisProc: expected the npm package deno, found none: run npm ci");
  process.exit(1);
}
