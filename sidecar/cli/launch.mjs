#!/usr/bin/env node
/**
 * Starts SeisProc in Deno with the permissions that the command needs and no more.
 * This process only hands signals on, waits, and hands back the exit status.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const deno = findDeno();
const args = process.argv.slice(2);
const main = path.join(here, "..", "main.ts");
/** The server stays for days and mostly idles: a small nursery, and leave to collect garbage when nothing happens. */
const memory = args[0] === "serve" ? ["--v8-flags=--expose-gc,--max-semi-space-size=1"] : [];
const sandbox = ["--no-prompt", "--no-remote", "--cached-only", "--quiet", ...permissions(args[0])];

const child = spawn(deno, ["run", ...memory, ...sandbox, main, ...args], { stdio: "inherit" });
// A terminal sends Ctrl-C to both processes, a script to this one alone: it is handed on under another name, so that
// Deno can tell one Ctrl-C that arrives twice from two.
for (const signal of ["SIGHUP", "SIGTERM"]) process.on(signal, () => child.kill(signal));
process.on("SIGINT", () => process.platform === "win32" || child.kill("SIGUSR2"));
child.on("error", (error) => {
  console.error(`Cannot start SeisProc: expected Deno at ${deno}, found: ${error.message}: run npm ci`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(signal ? 1 : code ?? 1));

/** What a command may do: looking needs no more than reading, only `serve` listens, only jobs start programs. */
function permissions(command) {
  const look = ["--allow-read", "--allow-env=SEISPROC_DEBUG", "--deny-ffi"];
  if (command === "scan" || command === "processes") return look;
  const names = [
    "SEISPROC_WORKSPACE",
    "SEISPROC_DEBUG",
    "HOME",
    "XDG_DATA_HOME",
    "LOCALAPPDATA",
    "USERPROFILE",
  ];
  const jobs = [
    "--allow-read",
    "--allow-write",
    `--allow-env=${names.join(",")}`,
    `--allow-run=${deno}`,
    "--allow-sys=cpus,systemMemoryInfo,homedir,hostname,statfs,uid,gid",
    "--deny-ffi",
  ];
  return command === "serve" ? [...jobs, "--allow-net=127.0.0.1"] : jobs;
}

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
