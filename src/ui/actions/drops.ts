/** What is done with files that were dropped on the window, or chosen in the path browser. */
import { askForPath } from "../state/browser_wish.ts";
import { openProcess } from "../state/overlays.ts";
import { showToast } from "../state/toasts.ts";
import { DROPS } from "../texts/drops.ts";
import { openPath } from "./surveys.ts";

/** What a host tells of a drop. */
export interface DroppedThings {
  readonly paths: readonly string[];
  readonly names: readonly string[];
}

const SEGY = /\.(sgy|segy|seg-y|seg|su|zarr)$/i;
const FLOW = /\.json$/i;

/** Opens what has a path; what has only a name is looked for on this disk. */
export async function takeDrop({ paths, names }: DroppedThings): Promise<void> {
  const all = paths.length > 0 ? paths : names;
  if (all.length === 0) return;
  const segy = all.filter((one) => SEGY.test(one)), flow = all.find((one) => FLOW.test(one));
  if (segy.length === 0 && flow === undefined) {
    return void showToast("warning", DROPS.nothing(all.length), { detail: DROPS.expected });
  }
  for (const one of segy) await openDropped(one, paths.length > 0);
  if (flow !== undefined) await processDropped(flow, paths.length > 0);
}

/** "Open SEG-Y": chooses a file in the path browser. */
export async function chooseAndOpen(): Promise<void> {
  const path = await askForPath("segy");
  if (path !== null) await openPath(path);
}

async function openDropped(one: string, isPath: boolean): Promise<void> {
  const path = isPath ? one : await askForPath("segy", { name: one });
  if (path !== null) await openPath(path);
}

async function processDropped(one: string, isPath: boolean): Promise<void> {
  const path = isPath ? one : await askForPath("flow", { name: one });
  if (path !== null) openProcess(path);
}
