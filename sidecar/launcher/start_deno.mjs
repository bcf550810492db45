/** Starts the program in Deno with the permissions that a command needs and no more. */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findDeno } from "./find_deno.mjs";

const MAIN = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "main.ts");

export function startDeno(args, stdio) {
  const deno = findDeno();
  const serves = isServer(args[0]);
  // The server stays for days and mostly idles: a small nursery, and leave to collect garbage when nothing happens.
  const memory = serves ? ["--v8-flags=--expose-gc,--max-semi-space-size=1"] : [];
  const sandbox = ["--no-prompt", "--no-remote", "--cached-only", "--quiet", ...permissions(args[0], deno)];
  const child = spawn(deno, ["run", ...memory, ...sandbox, MAIN, ...args], { stdio });
  child.on("error", (error) => {
    console.error(`Cannot start SeisProc: expected Deno at ${deno}, found: ${error.message}: run npm ci`);
    process.exit(1);
  });
  return child;
}

/**
 * A terminal sends Ctrl-C to both processes, a script to this one alone: it is handed on under another name, so that
 * Deno can tell one Ctrl-C that arrives twice from two.
 */
export function handSignalsTo(current) {
  for (const signal of ["SIGHUP", "SIGTERM"]) process.on(signal, () => current()?.kill(signal));
  process.on("SIGINT", () => process.platform === "win32" || current()?.kill("SIGUSR2"));
}

function isServer(command) {
  return command === "serve" || command === "desktop";
}

/** Looking needs no more than reading, only the servers listen, only jobs start programs. */
function permissions(command, deno) {
  const look = ["--allow-read", "--allow-env=SEISPROC_DEBUG", "--deny-ffi"];
  if (command === "scan" || command === "processes") return look;
  const names = [
    "SEISPROC_WORKSPACE",
    "SEISPROC_DEBUG",
    "HOME",
    "XDG_DATA_HOME",
    "LOCALAPPDATA",
    "USERPROFILE",
    ...(command === "desktop" ? ["SEISPROC_PORT"] : []),
  ];
  const jobs = [
    "--allow-read",
    "--allow-write",
    `--allow-env=${names.join(",")}`,
    `--allow-run=${deno}`,
    "--allow-sys=cpus,systemMemoryInfo,homedir,hostname,statfs,uid,gid",
    "--deny-ffi",
  ];
  return isServer(command) ? [...jobs, "--allow-net=127.0.0.1"] : jobs;
}
