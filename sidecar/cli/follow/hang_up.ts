/** A hang-up of the terminal ends what runs, unless it was started to outlive its terminal (`nohup`). */

/** Calls `act` when the terminal hangs up and nobody said to ignore that; returns how to stop listening. */
export function onHangUp(act: () => void): () => void {
  if (Deno.build.os === "windows") return () => {};
  const listener = hangUpIsIgnored() ? () => {} : act;
  Deno.addSignalListener("SIGHUP", listener);
  return () => Deno.removeSignalListener("SIGHUP", listener);
}

/** The launcher says so: this process may not look at its own signals. */
function hangUpIsIgnored(): boolean {
  return Deno.env.get("SEISPROC_HANG_UP") === "ignored";
}
