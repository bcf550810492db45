/**
 * `seisproc desktop [FILE] [--port N] [--demonstrate]`: the sidecar of the window, as the launcher starts it for
 * `seisproc`. It lives as long as the launcher's pipe.
 */
import path from "node:path";
import { delay } from "@std/async";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { openWorkspace } from "../../jobs/folder/workspace.ts";
import { parseArguments, usage } from "../arguments.ts";
import { parseForSidecar, tellLauncher } from "../desktop/launcher_lines.ts";
import { pageOf, readSession, SessionLock, writeDoor } from "../desktop/session.ts";
import { endOfInput } from "../end_of_input.ts";
import { EXIT } from "../exit_status.ts";
import { openSidecar, type Sidecar } from "../open_sidecar.ts";
import { readLine } from "../read_line.ts";

/** Fixed, since a browser keeps what it stores by address: another port each time would lose it. */
const DESKTOP_PORT = 47211;
/** How long a desktop that has the lock may take to say where it serves. */
const STARTING_MS = 5000;

export async function desktop(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("desktop", args, { port: true, demonstrate: false });
  if (positionals.length > 1) throw usage("desktop", `expected one file, found ${positionals.join(" ")}`);
  console.log = console.error;
  const open = positionals.length === 0 ? undefined : path.resolve(positionals[0]);
  const input = Deno.stdin.readable.getReader();
  const token = parseForSidecar(await readLine(input))?.token;
  if (token === undefined) throw usage("desktop", "expected a line with a key, found none: start seisproc");
  const { root } = openWorkspace();
  const lock = SessionLock.tryTake(root);
  if (lock === undefined) return await handOver(root, open);
  const sidecar = await openOnPort(portOf(options.port), token);
  const { ready } = sidecar.server;
  lock.publish(ready);
  const page = pageOf(ready, open);
  tellLauncher({ tell: "ready", port: Number(new URL(ready.url).port), page, door: writeDoor(root, page) });
  const ended = endOfInput(rest(input));
  if (options.demonstrate) {
    const { demonstrate } = await import("../desktop/demonstration.ts");
    const say = (text: string) => tellLauncher({ tell: "say", text });
    await Promise.race([demonstrate(sidecar.manager, say).catch((error) => say(error.message)), ended]);
    say(`\nOpen this address in a browser; Ctrl-C ends SeisProc.\n  ${page}`);
  }
  await ended;
  await sidecar.close();
  lock.release();
  return EXIT.completed;
}

/** Names the desktop that serves this workspace already. */
async function handOver(root: string, open: string | undefined): Promise<number> {
  for (const until = Date.now() + STARTING_MS; Date.now() < until; await delay(50)) {
    const session = readSession(root);
    if (session === undefined) continue;
    const page = pageOf(session, open);
    tellLauncher({ tell: "running", page, door: writeDoor(root, page) });
    return EXIT.completed;
  }
  const reason = "another SeisProc holds it and does not say where it serves";
  const message =
    `Cannot open the workspace ${root}: expected to serve it, found that ${reason}: end that one`;
  throw new SeisProcError("workspace-unusable", message, { folder: root, reason });
}

/** Takes another port when somebody else has the wished one. */
async function openOnPort(port: number, token: string): Promise<Sidecar> {
  try {
    return await openSidecar(port, token);
  } catch {
    const sidecar = await openSidecar(0, token);
    console.error(`Port ${port} is taken by another program: SeisProc serves at ${sidecar.server.ready.url}`);
    return sidecar;
  }
}

/** `--port` from the launcher after a crash, else `SEISPROC_PORT`, which tests use to run beside each other. */
function portOf(option: string | undefined): number {
  const given = option ?? Deno.env.get("SEISPROC_PORT") ?? String(DESKTOP_PORT);
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port;
  throw usage("desktop", `expected a port from 0 to 65535, found ${given}`, "port");
}

async function* rest(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}
