/**
 * Which desktop serves a workspace: `desktop.json` there names its address, key and process, for this user's eyes
 * alone. It counts as long as `desktop.lock` is held; after a crash the lock is free and the file is stale.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { FileLock } from "../../files/file_lock.ts";
import { temporaryName } from "../../files/host_process.ts";

export interface DesktopSession {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

export class SessionLock {
  readonly #lock: FileLock;

  private constructor(readonly workspace: string, lock: FileLock) {
    this.#lock = lock;
  }

  /** Undefined when another desktop serves the workspace. */
  static tryTake(workspace: string): SessionLock | undefined {
    const lock = FileLock.tryTake(path.join(workspace, "desktop.lock"));
    lock?.tell();
    return lock && new SessionLock(workspace, lock);
  }

  publish(session: Omit<DesktopSession, "pid">): void {
    writePrivate(sessionFile(this.workspace), JSON.stringify({ ...session, pid: process.pid }) + "\n");
  }

  release(): void {
    fs.rmSync(sessionFile(this.workspace), { force: true });
    fs.rmSync(doorFile(this.workspace), { force: true });
    this.#lock.release();
  }
}

/** What the desktop that holds the lock has published; undefined when it has not yet. */
export function readSession(workspace: string): DesktopSession | undefined {
  try {
    const value = parseLine(fs.readFileSync(sessionFile(workspace), "utf8"));
    if (!isRecord(value)) return undefined;
    const { url, token, pid } = value;
    const isWhole = typeof url === "string" && typeof token === "string" && typeof pid === "number";
    return isWhole ? { url, token, pid } : undefined;
  } catch {
    return undefined;
  }
}

/** The address of a page that is signed in; no server ever sees what follows the `#`. */
export function pageOf({ url, token }: Pick<DesktopSession, "url" | "token">, open?: string): string {
  const fragment = new URLSearchParams({ token, ...(open === undefined ? {} : { open }) });
  return `${url}/#${fragment}`;
}

/**
 * A file that leads a browser to the page. The list of processes shows what a browser is started with to everybody: the
 * file's name there, and the key only in the file.
 */
export function writeDoor(workspace: string, page: string): string {
  const file = doorFile(workspace);
  const address = page.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html = `<!doctype html><meta charset="utf-8"><title>SeisProc</title>
<meta http-equiv="refresh" content="0;url=${address}">
`;
  writePrivate(file, html);
  return file;
}

function sessionFile(workspace: string): string {
  return path.join(workspace, "desktop.json");
}

function doorFile(workspace: string): string {
  return path.join(workspace, "desktop.html");
}

/** Replaces a file by one that only this user may read. */
function writePrivate(file: string, text: string): void {
  const temporary = temporaryName(file);
  fs.writeFileSync(temporary, text, { mode: 0o600, flag: "wx" });
  fs.renameSync(temporary, file);
}
