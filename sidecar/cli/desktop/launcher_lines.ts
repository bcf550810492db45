/**
 * What the desktop's sidecar and its launcher tell each other: JSON lines over pipes. The launcher writes one line,
 * `ForSidecar`, and ends the sidecar by closing that pipe. `sidecar/launcher/desktop.mjs` is the other side.
 */
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";

export interface ForSidecar {
  /** The key of the page: kept over restarts, and never in arguments, where others could read it. */
  readonly token: string;
}

export type ForLauncher =
  /** It serves. `page` opens a page that is signed in; `door` is a file that leads there without naming the key. */
  | { readonly tell: "ready"; readonly port: number; readonly page: string; readonly door: string }
  /** Another one serves this workspace already: its page. */
  | { readonly tell: "running"; readonly page: string; readonly door: string }
  /** For the terminal. */
  | { readonly tell: "say"; readonly text: string };

export function tellLauncher(line: ForLauncher): void {
  const bytes = new TextEncoder().encode(JSON.stringify(line) + "\n");
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}

/** The key in the launcher's line; undefined for anything else. */
export function parseForSidecar(line: string): ForSidecar | undefined {
  const value = parseLine(line);
  if (!isRecord(value) || typeof value.token !== "string" || !/^[\w-]{43}$/.test(value.token)) {
    return undefined;
  }
  return { token: value.token };
}
