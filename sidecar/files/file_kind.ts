/** What lies at a path, looked at before it is opened: pipes and devices may never answer, links lead elsewhere. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import { systemCode } from "./file_errors.ts";

export type FileKind = "file" | "folder" | "link" | "pipe" | "socket" | "device" | "unknown";

const IN_WORDS: Readonly<Record<FileKind, string>> = {
  file: "a file",
  folder: "a folder",
  link: "a link",
  pipe: "a named pipe",
  socket: "a socket",
  device: "a device",
  unknown: "neither a file nor a folder",
};

export function kindInWords(kind: FileKind): string {
  return IN_WORDS[kind];
}

/** What bears this name itself, a link too; undefined when nothing does. Throws what the system says. */
export function lookAt(file: string): fs.Stats | undefined {
  return look(() => fs.lstatSync(file));
}

/** The same of what a link leads to; undefined also when it leads nowhere. */
export function lookThrough(file: string): fs.Stats | undefined {
  return look(() => fs.statSync(file));
}

function look(ask: () => fs.Stats): fs.Stats | undefined {
  try {
    return ask();
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

export function kindOf(stat: fs.Stats): FileKind {
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "folder";
  if (stat.isFIFO()) return "pipe";
  if (stat.isSocket()) return "socket";
  return stat.isCharacterDevice() || stat.isBlockDevice() ? "device" : "unknown";
}

/** True for a file that has this one name: what is written to it is seen nowhere else. */
export function isPlainFile(stat: fs.Stats): boolean {
  return stat.isFile() && (stat.nlink ?? 1) <= 1;
}

/** What lies at a name, for a message: also says a second name of a file. */
export function describe(stat: fs.Stats): string {
  return stat.isFile() && !isPlainFile(stat)
    ? "a file with a second name (a hard link)"
    : kindInWords(kindOf(stat));
}

/**
 * Refuses what is not a regular file, before it is opened.
 * @throws SeisProcError `file-unreadable`
 */
export function requireFile(file: string, stat: fs.Stats, expected: string): void {
  if (stat.isFile()) return;
  const kind = kindOf(stat);
  const advice = kind === "folder" ? "name the file in it" : "name a file";
  const reason = `expected ${expected}, found ${kindInWords(kind)}: ${advice}`;
  throw new SeisProcError("file-unreadable", `Cannot read ${path.basename(file)}: ${reason}`, {
    file,
    reason,
  });
}
