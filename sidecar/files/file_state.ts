/** What tells one state of a file, or of a whole folder, from another without reading it. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { lookThrough } from "./file_kind.ts";

export interface FileState {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** When anything of it was changed last, its times included: nobody can set it. Whole seconds in this runtime. */
  readonly changedMs: number;
  /** Another file has another one, whatever its name, size and times. */
  readonly identity: string;
}

/** The state of what lies at a path, links followed; undefined when nothing does. */
export function stateOf(file: string): FileState | undefined {
  const stat = lookThrough(file);
  if (!stat) return undefined;
  return stat.isDirectory() ? stateOfFolder(file) : stateOfFile(file, stat);
}

/** What changed between two states of one path, in words; undefined when nothing did. */
export function changeBetween(before: FileState, now: FileState | undefined): string | undefined {
  if (!now) return "it is gone";
  if (now.bytes !== before.bytes) return `its size is now ${now.bytes}`;
  if (Math.abs(now.modifiedMs - before.modifiedMs) >= 1) return "its time changed";
  if (now.identity !== before.identity) return "another took its place";
  return now.changedMs === before.changedMs ? undefined : "its time of change is another";
}

/** Tells whether two names at two times are one file; empty where the file system does not keep such numbers. */
export function identityOf(file: string): string {
  const stat = lookThrough(file);
  return stat && keepsNumbers(file) ? String(stat.ino) : "";
}

function stateOfFile(file: string, stat: fs.Stats): FileState {
  const identity = keepsNumbers(file) ? String(stat.ino) : "";
  return { path: file, bytes: stat.size, modifiedMs: stat.mtimeMs, changedMs: stat.ctimeMs ?? 0, identity };
}

/** Of all files in it: their sizes together, the latest times, and a hash over what each is. */
function stateOfFolder(folder: string): FileState {
  const hash = crypto.createHash("sha256"), keeps = keepsNumbers(folder);
  let bytes = 0, modifiedMs = 0, changedMs = 0;
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const stat = fs.statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (!stat?.isFile() || isLitter(path.basename(name))) continue;
    bytes += stat.size;
    modifiedMs = Math.max(modifiedMs, stat.mtimeMs);
    changedMs = Math.max(changedMs, stat.ctimeMs ?? 0);
    hash.update(JSON.stringify([name, stat.size, stat.mtimeMs, stat.ctimeMs, keeps ? stat.ino : 0]));
  }
  return { path: folder, bytes, modifiedMs, changedMs, identity: hash.digest("hex") };
}

/** What a file manager writes into folders that it shows. */
export function isLitter(name: string): boolean {
  return name === ".DS_Store" || name === "Thumbs.db";
}

/** FAT, exFAT, FUSE and SMB, by the numbers of statfs(2): there a file may have another number each time it is looked at. */
const MAKE_UP_NUMBERS: ReadonlySet<number> = new Set([
  0x4d44,
  0x2011bab0,
  0x65735546,
  0xff534d42,
  0xfe534d42,
]);

function keepsNumbers(file: string): boolean {
  try {
    return !MAKE_UP_NUMBERS.has(fs.statfsSync(file).type >>> 0);
  } catch {
    return true;
  }
}
