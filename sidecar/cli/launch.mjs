#!/usr/bin/env node
/**
 * Starts SeisProc. A command runs in Deno with the permissions that it needs and no more: this process only hands
 * signals on, waits, and hands back the exit status. Without a command it is the desktop,
 * whose window is built when it is missing or older than its sources.
 */
import { runDesktop } from "../launcher/desktop.mjs";
import { handSignalsTo, startDeno } from "../launcher/start_deno.mjs";

const args = process.argv.slice(2);
const desktop = desktopOptions(args);
if (desktop !== undefined) {
  const { buildWindow } = await import("../../src/ui/build.mjs");
  await buildWindow(console.error);
  runDesktop(desktop);
} else {
  const child = startDeno(args, "inherit");
  handSignalsTo(() => child);
  child.on("exit", (code, signal) => process.exit(signal ? 1 : code ?? 1));
}

/** `seisproc [FILE] [--browser] [--no-open]`; undefined for everything else. */
function desktopOptions(args) {
  const files = args.filter((arg) => !arg.startsWith("-"));
  const switches = args.filter((arg) => arg.startsWith("-"));
  if (files.length > 1 || !switches.every((one) => one === "--browser" || one === "--no-open")) {
    return undefined;
  }
  if (files.length === 1 && !/\.(sgy|segy|seg-y|seg|su|zarr)$|[\\/]/i.test(files[0])) return undefined;
  return { file: files[0], browser: switches.includes("--browser"), noOpen: switches.includes("--no-open") };
}
