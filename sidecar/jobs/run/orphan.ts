/**
 * A runner that outlived its manager. It ends by itself when it sees its standard input end; one that hangs is ended by
 * force, by a process of its own: this one may start Deno and nothing else. Who cannot be ended is named.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";

const END_RUNNER = fileURLToPath(new URL("./end_runner.ts", import.meta.url));

/** What became of a runner that was to be ended. */
export type OrphanEnd =
  /** None was there any more. */
  | { readonly end: "gone" }
  | { readonly end: "ended"; readonly host: string; readonly pid: number }
  /** It was killed, but the system does not let it go. */
  | { readonly end: "stays"; readonly host: string; readonly pid: number }
  /** It is of another machine, or this user may not end it. */
  | { readonly end: "elsewhere" | "refused"; readonly host: string; readonly pid: number }
  /** The lock is held, but does not say by whom. */
  | { readonly end: "unknown" };

/** Ends the runner in a job's folder, unless it is of another machine. Takes some 50 ms, and up to 2 s to be sure. */
export function endOrphan(folder: string): OrphanEnd {
  const args = ["run", "--allow-all", "--no-remote", "--cached-only", "--quiet", END_RUNNER, folder];
  try {
    const { stdout } = new Deno.Command(Deno.execPath(), { args, stderr: "null" }).outputSync();
    return parseEnd(parseLine(new TextDecoder().decode(stdout))) ?? { end: "unknown" };
  } catch {
    // No process more can be started: the caller says who is in the way, and tries again.
    return { end: "unknown" };
  }
}

/** What stands in the way and what to do about it; undefined when nothing does. */
export function inTheWay(folder: string, orphan: OrphanEnd): string | undefined {
  switch (orphan.end) {
    case "gone":
    case "ended":
      return undefined;
    case "elsewhere":
      return `process ${orphan.pid} of the machine ${orphan.host}: end it there, or wait until it ends`;
    case "refused":
      return `process ${orphan.pid}, which this user may not end: have it ended, or wait until it ends`;
    case "stays":
      return `process ${orphan.pid}, which was killed and does not end: it waits for a disk or a network, wait with it`;
    case "unknown":
      return `a process that ${
        path.join(folder, "runner.lock")
      } does not name: find who has that file open and end it`;
  }
}

function parseEnd(value: unknown): OrphanEnd | undefined {
  if (!isRecord(value)) return undefined;
  const { end, host, pid } = value;
  if (end === "gone" || end === "unknown") return { end };
  if (typeof host !== "string" || typeof pid !== "number") return undefined;
  if (end === "ended" || end === "stays" || end === "elsewhere" || end === "refused") {
    return { end, host, pid };
  }
  return undefined;
}
