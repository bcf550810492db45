/**
 * What the user made in windows: a file for each document, `<workspace>/user/<kind>/<hash of its name>.json`. The server
 * does not look into them.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import { BOUNDS } from "../../../src/shared/protocol/envelope.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import type { DocumentEntry, DocumentKind } from "../../../src/shared/protocol/settings.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { writingError } from "../../files/file_errors.ts";

export class Documents {
  /** `onChange` hears of every document that was written or removed. */
  constructor(
    readonly folder: string,
    readonly onChange: (kind: DocumentKind, name: string) => void = () => {},
  ) {}

  /** By name. What cannot be read is left out. */
  list(kind: DocumentKind): DocumentEntry[] {
    const folder = path.join(this.folder, kind);
    const entries = namesIn(folder).flatMap((file) => entryOf(path.join(folder, file)));
    return entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  }

  /** @throws not-found */
  get(kind: DocumentKind, name: string): unknown {
    const written = readDocument(this.#file(kind, name));
    if (written?.name === name) return written.value;
    throw notFound(kind, name);
  }

  /** @throws too-large, disk-full, output-unwritable */
  put(kind: DocumentKind, name: string, value: unknown): void {
    const file = this.#file(kind, name), folder = path.dirname(file);
    if (!fs.existsSync(file) && namesIn(folder).length >= BOUNDS.documents) {
      const message =
        `Cannot keep ${name}: expected at most ${BOUNDS.documents} of a kind, found that many: remove one`;
      throw new SeisProcError("too-large", message, {
        what: `documents of kind ${kind}`,
        limit: BOUNDS.documents,
      });
    }
    try {
      fs.mkdirSync(folder, { recursive: true });
      replaceFile(file, [new TextEncoder().encode(JSON.stringify({ name, value }))]);
    } catch (cause) {
      throw writingError(file, cause);
    }
    this.onChange(kind, name);
  }

  /** @throws not-found */
  remove(kind: DocumentKind, name: string): void {
    const file = this.#file(kind, name);
    if (!fs.existsSync(file)) throw notFound(kind, name);
    fs.rmSync(file);
    this.onChange(kind, name);
  }

  /** Names become no paths. */
  #file(kind: DocumentKind, name: string): string {
    const hash = createHash("sha256").update(name).digest("hex").slice(0, 40);
    return path.join(this.folder, kind, `${hash}.json`);
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).filter((name) => /^[0-9a-f]{40}\.json$/.test(name));
  } catch {
    return [];
  }
}

function entryOf(file: string): DocumentEntry[] {
  const document = readDocument(file), stat = fs.statSync(file, { throwIfNoEntry: false });
  if (document === undefined || stat === undefined) return [];
  return [{ name: document.name, bytes: stat.size, changedAt: Math.floor(stat.mtimeMs) }];
}

function readDocument(file: string): { readonly name: string; readonly value: unknown } | undefined {
  try {
    const written = parseLine(fs.readFileSync(file, "utf8"));
    if (!isRecord(written) || typeof written.name !== "string") return undefined;
    return { name: written.name, value: written.value };
  } catch {
    return undefined;
  }
}

function notFound(kind: DocumentKind, name: string): SeisProcError<"not-found"> {
  const message = `Cannot find ${name.slice(0, 100)}: expected a ${kind} of that name, found none`;
  return new SeisProcError("not-found", message, { what: `${kind} ${name.slice(0, 100)}` });
}
