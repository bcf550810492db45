/** `seisproc serve [--port N]`: the sidecar of the window. Ends when its stdin ends. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { ReadyLine } from "../../../src/shared/protocol/envelope.ts";
import { parseArguments, usage } from "../arguments.ts";
import { endOfInput } from "../end_of_input.ts";
import { EXIT } from "../exit_status.ts";
import { openSidecar, type Sidecar } from "../open_sidecar.ts";

/** Prints one line, `{"url","token"}`, on stdout and nothing else there ever. */
export async function serve(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("serve", args, { port: true });
  if (positionals.length > 0) throw usage("serve", `expected no file, found ${positionals.join(" ")}`);
  const port = portOption(options.port);
  console.log = console.error;
  const sidecar = await startSidecar(port);
  say(sidecar.server.ready);
  await endOfInput();
  await sidecar.close();
  return EXIT.completed;
}

function portOption(value: string | undefined): number {
  const port = Number(value ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw usage("serve", `expected --port from 0 to 65535, found ${value}`, "port");
}

async function startSidecar(port: number): Promise<Sidecar> {
  try {
    return await openSidecar(port);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message =
      `Cannot serve on 127.0.0.1:${port}: expected a free port, found: ${reason}: choose another --port`;
    throw new SeisProcError("usage", message, { argument: "port" }, cause);
  }
}

function say(ready: ReadyLine): void {
  const line = new TextEncoder().encode(JSON.stringify(ready) + "\n");
  for (let written = 0; written < line.length;) written += Deno.stdout.writeSync(line.subarray(written));
}
