#!/usr/bin/env node
/**
 * Starts SeisProc in Deno with the permissions it needs and no more: files, its own executable for runners, loopback.
 * Ctrl-C reaches Deno through the terminal; this process only waits and hands on the exit status.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const deno = findDeno();
const permissions = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  `--allow-run=${deno}`,
  "--allow-sys=cpus,systemMemoryInfo,osRelease,homedir,hostname,uid,statfs",
  "--allow-net=127.0.0.1",
  "--deny-ffi",
];
const main = path.join(here, "..", "main.ts");
/** The server stays for days and mostly idles: a small nursery, and leave to collect garbage when nothing happens. */
const memory = process.argv[2] === "serve" ? ["--v8-flags=--expose-gc,--max-semi-space-size=1"] : [];
const options = ["run", ...memory, "--no-prompt", "--no-remote", "--cached-only", "--quiet", ...permissions];

const child = spawn(deno, [...options, main, ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT"]) process.on(signal, () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("error", (error) => {
  console.error(`Cannot start SeisProc: expected Deno at ${deno}, found: ${error.message}: run npm ci`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(signal ? 1 : code ?? 1));

/** The Deno that npm installed: the binary itself where it can be found, since its launcher costs 40 ms. */
function findDeno() {
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
