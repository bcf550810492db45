/** Starts the program in Deno with the permissions that a command needs and no more. */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findDeno } from "./find_deno.mjs";
import { ignoresHangUp } from "./hang_up.mjs";
import { cannotName, denoArguments, denoEnvironment, permittedAs } from "./permissions.mjs";

const MAIN = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "main.ts");
const hangUpIgnored = ignoresHangUp(process.env);

export function startDeno(args, stdio) {
  const deno = findDeno(), command = permittedAs(args);
  if (cannotName(command, deno)) {
    fail(`expected a path without a comma, found ${deno}: put SeisProc into another folder`);
  }
  const env = { ...denoEnvironment(process.env), ...(hangUpIgnored ? { SEISPROC_HANG_UP: "ignored" } : {}) };
  const child = spawn(deno, ["run", ...denoArguments(command, deno), MAIN, ...args], { stdio, env });
  child.on("error", (error) => fail(`expected Deno at ${deno}, found: ${error.message}: run npm ci`));
  return child;
}

/**
 * A terminal sends Ctrl-C to both processes, a script to this one alone: it is handed on under another name, so that
 * Deno can tell one Ctrl-C that arrives twice from two.
 */
export function handSignalsTo(current) {
  process.on("SIGTERM", () => current()?.kill("SIGTERM"));
  process.on("SIGHUP", () => hangUpIgnored || current()?.kill("SIGHUP"));
  process.on("SIGINT", () => process.platform === "win32" || current()?.kill("SIGUSR2"));
}

function fail(reason) {
  console.error(`Cannot start SeisProc: ${reason}`);
  process.exit(1);
}
