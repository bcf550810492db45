/** Commands about files: what may be used, what folders hold, what surveys are. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { FolderEntry, FolderListing } from "../../../src/shared/protocol/commands.ts";
import { isDatasetFolder } from "../../dataset/dataset_name.ts";
import { notReadable, resolved } from "../grants.ts";
import type { Handlers } from "./command_context.ts";

export const FILE_COMMANDS = {
  open_path: ({ grants }, { path }) => grants.open(path),
  choose_folder: ({ grants }, { path }) => ({ path: grants.choose(path) }),
  list_grants: ({ grants }) => grants.list(),
  list_folder: (_, { path }) => listFolder(path ?? os.homedir()),
  load_flow: async (_, { path }) => {
    const { loadFlow } = await import("../../flow/document/load_flow.ts");
    return { flow: loadFlow(resolved(path)) };
  },
  scan_file: async ({ grants, reading }, { path, ...how }, hungUp) => ({
    report: await reading.scan({ path: grants.readable(path), ...how }, hungUp),
  }),
  scan_so_far: ({ grants, reading }, { path, ...how }) => ({
    report: reading.scanSoFar({ path: grants.readable(path), ...how }),
  }),
  describe_survey: async ({ grants, reading }, choice, hungUp) => ({
    survey: await reading.describe({ ...choice, survey: grants.readable(choice.survey) }, hungUp),
  }),
  list_gathers: ({ grants, reading }, request, hungUp) =>
    reading.gathers({ ...request, survey: grants.readable(request.survey) }, hungUp),
  trace_words: ({ grants, reading }, request, hungUp) =>
    reading.traceWords({ ...request, survey: grants.readable(request.survey) }, hungUp),
} satisfies Partial<Handlers>;

const MOST_ENTRIES = 5000;
const SEGY = /\.(sgy|segy|seg-y|seg|su)$/i;
const FLOW = /\.json$/i;
const ORDER = ["folder", "dataset", "segy", "flow"];

/**
 * For the path browser in the window. It tells names only: folders, datasets, files that by name are SEG-Y or flows;
 * no hidden ones, nothing of what files hold. A link shows as what it leads to.
 */
function listFolder(asked: string): FolderListing {
  const folder = resolved(asked);
  const names = namesIn(folder, asked);
  const entries = names.slice(0, MOST_ENTRIES * 4).flatMap((name) => entryOf(folder, name));
  entries.sort((a, b) =>
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, "en", { numeric: true })
  );
  const parent = path.dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    entries: entries.slice(0, MOST_ENTRIES),
    cut: entries.length > MOST_ENTRIES || names.length > MOST_ENTRIES * 4,
  };
}

function namesIn(folder: string, asked: string): string[] {
  try {
    return fs.readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch (cause) {
    throw notReadable(asked, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function entryOf(folder: string, name: string): FolderEntry[] {
  const stat = statOf(path.join(folder, name));
  if (stat?.isDirectory()) {
    return [{ name, kind: isDatasetFolder(path.join(folder, name)) ? "dataset" : "folder", bytes: null }];
  }
  if (!stat?.isFile()) return [];
  if (SEGY.test(name)) return [{ name, kind: "segy", bytes: stat.size }];
  return FLOW.test(name) ? [{ name, kind: "flow", bytes: stat.size }] : [];
}

/** Undefined for what cannot be looked at, such as a link to nothing. */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file);
  } catch {
    return undefined;
  }
}
