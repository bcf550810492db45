/**
 * Which paths a client may use. Whoever holds the token is the user's own window: what it opens or chooses by name is
 * the user's choice. All other commands take only what was opened or chosen before, so that a flow document from
 * elsewhere cannot read or overwrite what the user never pointed at. Links are resolved before anything is compared.
 */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { OpenedPath } from "../../src/shared/protocol/commands.ts";
import { isDatasetFolder } from "../dataset/dataset_name.ts";
import { systemCode, writingError } from "../files/file_errors.ts";
import { touchedNames } from "../files/partial_names.ts";

export class Grants {
  readonly #opened = new Set<string>();
  readonly #folders = new Set<string>();

  readonly #closed: string | undefined;
  readonly #open: string | undefined;

  /**
   * `closed`: the folder into which nobody may write through the server, the workspace; `open`: the one folder in it
   * that takes outputs all the same.
   */
  constructor(closed?: string, open?: string) {
    this.#closed = closed && realFolder(closed);
    this.#open = open && realFolder(open);
  }

  /**
   * Makes a file, or the folder of a stored dataset, readable.
   * @throws file-missing, file-unreadable
   */
  open(asked: string): OpenedPath {
    const real = resolved(asked);
    const stat = fs.statSync(real);
    const kind = stat.isFile() ? "file" : stat.isDirectory() && isDatasetFolder(real) ? "dataset" : undefined;
    if (kind === undefined) throw notReadable(asked, "it is neither a file nor a stored dataset");
    this.#opened.add(real);
    return { path: real, kind, bytes: stat.isFile() ? stat.size : 0 };
  }

  /**
   * Lets outputs go into a folder and the folders in it.
   * @throws file-missing, file-unreadable
   */
  choose(asked: string): string {
    const real = resolved(asked);
    if (!fs.statSync(real).isDirectory()) throw notReadable(asked, "it is no folder");
    if (path.dirname(real) === real) throw notReadable(asked, "it is a whole volume: choose a folder in it");
    if (this.#isClosed(real)) {
      throw notReadable(asked, "it is SeisProc's own workspace: choose a folder outside of it");
    }
    this.#folders.add(real);
    return real;
  }

  /** The real path of an input that was opened. @throws path-not-opened, file-missing, file-unreadable */
  readable(asked: string): string {
    const real = resolved(asked);
    if (this.#opened.has(real)) return real;
    throw notOpened(asked, "a file that was opened", "open it first");
  }

  /**
   * The real path of an output in a chosen folder, or in one of those that count as chosen `also`.
   * @throws path-not-opened, file-missing, file-unreadable, output-unwritable
   */
  writable(asked: string, also: readonly string[] = []): string {
    if (!path.isAbsolute(asked)) throw notReadable(asked, "its path is not absolute");
    if (asked.includes("\0")) throw notReadable(asked, "its name holds a zero byte");
    const folder = resolved(path.dirname(asked));
    const real = path.join(folder, path.basename(asked));
    const chosen = [...this.#folders, ...also].some((one) => isWithin(folder, one));
    if (!chosen || this.#isClosed(folder) || this.#isClosed(real)) {
      throw notOpened(asked, "an output in a folder that was chosen", "choose its folder first");
    }
    for (const name of touchedNames(real)) {
      if (!isLink(name, asked)) continue;
      throw notOpened(name, "a file of its own", "a link would lead elsewhere, name another output");
    }
    return real;
  }

  list(): { opened: string[]; folders: string[] } {
    return { opened: [...this.#opened].sort(), folders: [...this.#folders].sort() };
  }

  #isClosed(real: string): boolean {
    if (this.#closed === undefined || !isWithin(real, this.#closed)) return false;
    return this.#open === undefined || !isWithin(real, this.#open);
  }
}

/** The absolute path without links. */
export function resolved(asked: string): string {
  if (!path.isAbsolute(asked)) throw notReadable(asked, "its path is not absolute");
  if (asked.includes("\0")) throw notReadable(asked, "its name holds a zero byte");
  try {
    return fs.realpathSync(asked);
  } catch (cause) {
    const code = systemCode(cause) || String(cause);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw notReadable(asked, code, cause);
    const message = `Cannot open ${asked}: expected a file or folder, found none: check the path`;
    throw new SeisProcError("file-missing", message, { file: asked }, cause);
  }
}

/** A folder without links, which need not be there yet. */
function realFolder(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.join(fs.realpathSync(path.dirname(folder)), path.basename(folder));
  }
}

function isLink(file: string, asked: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch (cause) {
    throw writingError(asked, cause);
  }
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

export function notReadable(file: string, reason: string, cause?: unknown): SeisProcError<"file-unreadable"> {
  const message = `Cannot open ${file}: expected what can be opened, found that ${reason}`;
  return new SeisProcError("file-unreadable", message, { file, reason }, cause);
}

function notOpened(file: string, expected: string, advice: string): SeisProcError<"path-not-opened"> {
  const message = `Cannot use ${file}: expected ${expected}, found that it was not: ${advice}`;
  return new SeisProcError("path-not-opened", message, { file });
}
