/** When a server is to end. */
import { onHangUp } from "./follow/hang_up.ts";

/** Resolves when whoever started this process is gone, or asks it to end. `input`: what comes of standard input. */
export function endOfInput(input: AsyncIterable<unknown> = Deno.stdin.readable): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGUSR2", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  onHangUp(resolve);
  void drain(input).finally(resolve);
  return promise;
}

async function drain(input: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of input);
}
