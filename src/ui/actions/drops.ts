/** What is done with files that were dropped on the window, or chosen in the path browser. */
import { joinPath } from "../format/paths.ts";
import { askForPath, lastFolder } from "../state/browser_wish.ts";
import { openGroup, openProcess } from "../state/overlays.ts";
import { showToast } from "../state/toasts.ts";
import { DROPS } from "../texts/drops.ts";
import { sayFailure } from "./failure.ts";
import { listFolder } from "./folders.ts";
import { openPath } from "./surveys.ts";

/** What a host tells of a drop. */
export interface DroppedThings {
  readonly paths: readonly string[];
  readonly names: readonly string[];
  /** Names of folders. */
  readonly folders: readonly string[];
}

type Kind = "segy" | "flow";
const ENDINGS: Readonly<Record<Kind, RegExp>> = {
  segy: /\.(sgy|segy|seg-y|seg|su|zarr)$/i,
  flow: /\.json$/i,
};

/**
 * Opens what has a path; what has only a name is looked for on this disk. Several files are offered to be processed
 * with a flow, files and a flow are asked for at once. Of
 * folders their files are taken; a path without any ending is taken for a folder.
 */
export async function takeDrop(dropped: DroppedThings): Promise<void> {
  const isPath = dropped.paths.length > 0, all = isPath ? dropped.paths : dropped.names;
  const folders = isPath ? all.filter((one) => !/[^\\/]\.[^\\/.]+$/.test(one)) : dropped.folders;
  if (all.length + folders.length === 0) return;
  const flow = all.find((one) => ENDINGS.flow.test(one));
  const segy = all.filter((one) => ENDINGS.segy.test(one));
  if (segy.length === 0 && flow === undefined && folders.length === 0) {
    return void showToast("warning", DROPS.nothing(all.length), { detail: DROPS.expected });
  }
  const files = [...await pathsOf("segy", segy, isPath), ...await filesIn(folders, isPath)];
  const [flowPath] = await pathsOf("flow", flow === undefined ? [] : [flow], isPath);
  if (flowPath !== undefined && files.length > 0) return openGroup(files, flowPath);
  for (const file of files) await openPath(file);
  if (flowPath !== undefined) openProcess(flowPath);
  else if (files.length > 1) offerGroup(files);
}

/** "Open SEG-Y": chooses a file in the path browser. */
export async function chooseAndOpen(): Promise<void> {
  const path = await askForPath("segy");
  if (path !== null) await openPath(path);
}

function offerGroup(files: readonly string[]): void {
  const process = { label: DROPS.processAll, run: () => openGroup(files) };
  showToast("info", DROPS.several(files.length), { actions: [process] });
}

/** What was found once is likely to have its neighbours beside it: only those that have not are asked for. */
async function pathsOf(kind: Kind, all: readonly string[], isPath: boolean): Promise<string[]> {
  if (isPath) return [...all];
  const found: string[] = [];
  for (const name of all) {
    const beside = found.length > 0 ? await besideLast(name) : null;
    const path = beside ?? await askForPath(kind, { name });
    if (path !== null) found.push(path);
  }
  return found;
}

async function besideLast(name: string): Promise<string | null> {
  const folder = lastFolder.peek();
  if (folder === null) return null;
  const { entries } = await listFolder(folder);
  return entries.some((entry) => entry.name === name) ? joinPath(folder, name) : null;
}

async function filesIn(folders: readonly string[], isPath: boolean): Promise<string[]> {
  const files: string[] = [];
  for (const one of folders) {
    const folder = isPath ? one : await askForPath("folder", { name: one });
    if (folder === null) continue;
    try {
      const { path, entries } = await listFolder(folder);
      const segy = entries.filter(({ kind }) => kind === "segy" || kind === "dataset");
      if (segy.length === 0) showToast("warning", DROPS.emptyFolder, { detail: path });
      files.push(...segy.map(({ name }) => joinPath(path, name)));
    } catch (error) {
      sayFailure(error);
    }
  }
  return files;
}
