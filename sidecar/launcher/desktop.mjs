/**
 * `seisproc [FILE] [--browser] [--no-open]`: starts the sidecar, opens its page, and starts it again when it crashes,
 * with the same key on the same port, so that the page goes on. `launcher_lines.ts` says what the two tell each other.
 */
import crypto from "node:crypto";
import readline from "node:readline";
import { hasDisplay, openInBrowser } from "./open_in_browser.mjs";
import { handSignalsTo, startDeno } from "./start_deno.mjs";

const MOST_CRASHES = 3;
const CRASH_MINUTE_MS = 60_000;

export function runDesktop({ file, browser, noOpen }) {
  const token = crypto.randomBytes(32).toString("base64url");
  const demonstrates = !browser && !hasDisplay();
  const first = [...(file === undefined ? [] : [file]), ...(demonstrates ? ["--demonstrate"] : [])];
  const crashes = [];
  let child, port, ending = false;

  const start = (args) => {
    child = startDeno(["desktop", ...args], ["pipe", "pipe", "inherit"]);
    // A sidecar that is gone takes no line; its end is told by the event of that name.
    child.stdin.on("error", () => {});
    child.stdin.write(`${JSON.stringify({ token })}\n`);
    readline.createInterface({ input: child.stdout }).on("line", (line) => hear(JSON.parse(line)));
    child.on("exit", ended);
  };
  const hear = (told) => {
    if (told.tell === "say") return console.log(told.text);
    if (told.tell === "ready" && port !== undefined) return;
    if (told.tell === "ready") port = told.port;
    show(told);
  };
  const show = ({ tell, page, door }) => {
    if (browser && noOpen) return console.log(JSON.stringify({ url: page }));
    if (tell === "running") console.log(`SeisProc runs already for this workspace:\n  ${page}`);
    else if (!demonstrates) console.log(`SeisProc serves its window; Ctrl-C ends it.\n  ${page}`);
    if (!demonstrates && !noOpen) openInBrowser(door);
  };
  const ended = (code, signal) => {
    const now = Date.now();
    crashes.push(now);
    const recent = crashes.filter((at) => now - at < CRASH_MINUTE_MS).length;
    const isCrash = port !== undefined && !ending && (signal !== null || code !== 0);
    if (!isCrash) return process.exit(signal ? 1 : code ?? 1);
    if (recent >= MOST_CRASHES) {
      console.error(`SeisProc's sidecar crashed ${recent} times within a minute: see the lines above`);
      return process.exit(1);
    }
    console.error(`SeisProc's sidecar crashed (${signal ?? `status ${code}`}) and is started again`);
    start(["--port", String(port)]);
  };

  handSignalsTo(() => {
    ending = true;
    return child;
  });
  start(first);
  if (browser) {
    process.stdin.on("end", () => {
      ending = true;
      child.stdin.end();
    }).on("error", () => {}).resume();
  }
}
