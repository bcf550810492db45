/** `seisproc serve [--port N]`: the sidecar of the window. Ends when its stdin ends. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { JobMonitor } from "../../monitor/job_monitor.ts";
import type { Context } from "../../server/commands/command_context.ts";
import { Grants } from "../../server/grants.ts";
import { Reading } from "../../server/reading.ts";
import { Server } from "../../server/server.ts";
import { PROGRAM_VERSION } from "../../version.ts";
import { parseArguments, usage } from "../arguments.ts";
import { EXIT } from "../exit_status.ts";
import { openManager, preflight } from "../open_manager.ts";

/** Prints one line, `{"url","token"}`, on stdout and nothing else there ever. */
export async function serve(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("serve", args, { port: true });
  if (positionals.length > 0) throw usage("serve", `expected no file, found ${positionals.join(" ")}`);
  const port = portOption(options.port);
  console.log = console.error;
  const manager = openManager("desktop");
  const monitor = new JobMonitor(manager);
  const { root } = manager.workspace;
  const context = {
    manager,
    monitor,
    preflight,
    grants: new Grants([root]),
    reading: new Reading(),
    program: PROGRAM_VERSION,
  };
  const server = await startServer(context, port);
  say(server.ready);
  await endOfInput();
  await server.close();
  context.reading.close();
  monitor.close();
  await manager.shutdown("shutdown");
  return EXIT.completed;
}

function portOption(value: string | undefined): number {
  const port = Number(value ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw usage("serve", `expected --port from 0 to 65535, found ${value}`, "port");
}

async function startServer(context: Context, port: number): Promise<Server> {
  try {
    return await Server.open(context, { port });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message =
      `Cannot serve on 127.0.0.1:${port}: expected a free port, found: ${reason}: choose another --port`;
    throw new SeisProcError("usage", message, { argument: "port" }, cause);
  }
}

function say(ready: Server["ready"]): void {
  const line = new TextEncoder().encode(JSON.stringify(ready) + "\n");
  for (let written = 0; written < line.length;) written += Deno.stdout.writeSync(line.subarray(written));
}

/** Resolves when whoever started this process is gone, or asks it to end. */
function endOfInput(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGUSR2", "SIGTERM", "SIGHUP"];
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  void drain().finally(resolve);
  return promise;
}

async function drain(): Promise<void> {
  const piece = new Uint8Array(256);
  while (await Deno.stdin.read(piece) !== null);
}
