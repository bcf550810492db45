/** A hang-up of the terminal ends what runs, unless it was started to outlive its terminal (`nohup`). */
import fs from "node:fs";

/** Calls `act` when the terminal hangs up and nobody said to ignore that; returns how to stop listening. */
export function onHangUp(act: () => void): () => void {
  if (Deno.build.os === "windows") return () => {};
  const listener = hangUpIsIgnored() ? () => {} : act;
  Deno.addSignalListener("SIGHUP", listener);
  return () => Deno.removeSignalListener("SIGHUP", listener);
}

/** The launcher says so, or this process was started with the signal ignored. */
function hangUpIsIgnored(): boolean {
  if (Deno.env.get("SEISPROC_HANG_UP") === "ignored") return true;
  try {
    const status = fs.readFileSync("/proc/self/status", "utf8");
    const last = /^SigIgn:\s*[0-9a-f]*([0-9a-f])$/m.exec(status)?.[1];
    return last !== undefined && parseInt(last, 16) % 2 === 1;
  } catch {
    return false;
  }
}
