/** The folder that holds everything about jobs: `jobs/<id>/`, and what processes that share it tell each other. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { kindInWords, kindOf, lookThrough } from "../../files/file_kind.ts";
import { refusal } from "../../../src/shared/errors.ts";
import { keepSpare } from "./spare.ts";

export interface Workspace {
  readonly root: string;
  /** One folder per job. */
  readonly jobs: string;
  /** One locked file per manager that lives. */
  readonly managers: string;
  /** Ids of jobs whose folder changed, one a line. */
  readonly changes: string;
  /** Summaries of jobs; can be deleted at any time. */
  readonly index: string;
  /** Copies of files that the user dropped; outputs may go there too. */
  readonly files: string;
  /** Indexes of surveys that were looked at; can be deleted at any time. */
  readonly views: string;
  /** What the user made in windows. */
  readonly user: string;
}

/** `$SEISPROC_WORKSPACE`, else the platform's folder for data of programs. */
export function workspaceFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  if (environment.SEISPROC_WORKSPACE) return path.resolve(environment.SEISPROC_WORKSPACE);
  const home = environment.HOME ?? os.homedir();
  switch (process.platform) {
    case "win32":
      return path.join(environment.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "SeisProc");
    case "darwin":
      return path.join(home, "Library", "Application Support", "SeisProc");
    default:
      return path.join(environment.XDG_DATA_HOME || path.join(home, ".local", "share"), "seisproc");
  }
}

/**
 * Opens a workspace and makes its folders.
 * @throws workspace-unusable
 */
export function openWorkspace(root: string = workspaceFolder()): Workspace {
  const jobs = path.join(root, "jobs"), managers = path.join(root, "managers");
  const changes = path.join(root, "changes");
  try {
    requireKind(root, "folder");
    requireKind(changes, "file");
    fs.mkdirSync(jobs, { recursive: true });
    fs.mkdirSync(managers, { recursive: true });
    fs.closeSync(fs.openSync(changes, "a"));
    keepSpare(root);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const said = {
      cannot: `use the workspace ${root}`,
      expected: "a folder to write to",
      found: reason,
      advice: "set SEISPROC_WORKSPACE to another folder",
    };
    throw refusal("workspace-unusable", said, { folder: root, reason }, error);
  }
  const index = path.join(root, "index.jsonl"), files = path.join(root, "files");
  return {
    root,
    jobs,
    managers,
    changes,
    index,
    files,
    views: path.join(root, "views"),
    user: path.join(root, "user"),
  };
}

/** Looked at before it is opened: a pipe would wait for somebody who writes to it. */
function requireKind(file: string, kind: "file" | "folder"): void {
  const stat = lookThrough(file);
  if (stat === undefined || kindOf(stat) === kind) return;
  throw new Error(`${kindInWords(kindOf(stat))} at ${file}`);
}

export function jobFolder(workspace: Workspace, id: string): string {
  return path.join(workspace.jobs, id);
}

/** Ids name folders: nothing else than this is looked up. */
export function isJobId(id: string): boolean {
  return /^\d{8}-\d{6}-\d{3}-[0-9a-f]{6}$/.test(id);
}
