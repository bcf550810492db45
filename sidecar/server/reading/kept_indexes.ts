/**
 * Where indexes of gathers are kept: `<workspace>/views/<name>/`, with `index.json` written last. Names follow from the
 * survey as it was and how it was read, so that an index is never taken for another survey's. All can be deleted at any
 * time; the oldest are when there are too many.
 */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../../src/shared/is_record.ts";
import { isArray, isNumber, isString } from "../../../src/shared/job/parse.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { writingError } from "../../files/file_errors.ts";
import type { IndexView } from "./questions.ts";

const FILE = "index.json";
const VERSION = 1;
const MOST_BYTES = 4 * 2 ** 30;
const MOST_INDEXES = 500;
/** What has no `index.json` by then was left by a crash. */
const ABANDONED_MS = 24 * 3600_000;

export interface Kept {
  readonly view: IndexView;
}

export class KeptIndexes {
  readonly #known = new Map<string, Kept>();

  constructor(readonly folder: string) {}

  /** The index of this name; undefined when there is none that is whole. */
  find(name: string): Kept | undefined {
    const known = this.#known.get(name) ?? this.#read(name);
    if (known === undefined || !isWhole(known.view)) {
      this.#known.delete(name);
      return undefined;
    }
    this.#known.set(name, known);
    return known;
  }

  /** A folder for an index in the making. */
  newFolder(name: string): string {
    const folder = path.resolve(this.folder, name, crypto.randomBytes(6).toString("hex"));
    try {
      fs.mkdirSync(folder, { recursive: true });
    } catch (cause) {
      throw writingError(folder, cause);
    }
    return folder;
  }

  /** Names an index that is whole. */
  keep(name: string, view: IndexView): void {
    const text = JSON.stringify({ seisproc: VERSION, ...view });
    replaceFile(path.join(this.folder, name, FILE), [new TextEncoder().encode(text)]);
    this.#known.set(name, { view });
    this.#tidy();
  }

  #read(name: string): Kept | undefined {
    const file = path.join(this.folder, name, FILE);
    try {
      const view = parseView(parseLine(fs.readFileSync(file, "utf8")), path.join(this.folder, name));
      if (view === undefined) return undefined;
      const now = new Date();
      fs.utimesSync(file, now, now);
      return { view };
    } catch {
      return undefined;
    }
  }

  /** Removes the indexes that were not used for longest, while there are too many. */
  #tidy(): void {
    const all = fs.readdirSync(this.folder).map((name) => stockOf(path.join(this.folder, name)));
    const kept = all.filter((one) => one.isWhole).sort((a, b) => b.usedMs - a.usedMs);
    let bytes = 0;
    const old = kept.filter((one, i) => (bytes += one.bytes) > MOST_BYTES || i >= MOST_INDEXES);
    const left = all.filter((one) => !one.isWhole && Date.now() - one.usedMs > ABANDONED_MS);
    for (const { folder } of [...old, ...left]) {
      this.#known.delete(path.basename(folder));
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

interface Stock {
  readonly folder: string;
  readonly isWhole: boolean;
  readonly bytes: number;
  readonly usedMs: number;
}

function stockOf(folder: string): Stock {
  const index = fs.statSync(path.join(folder, FILE), { throwIfNoEntry: false });
  const usedMs = (index ?? fs.statSync(folder, { throwIfNoEntry: false }))?.mtimeMs ?? Date.now();
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const bytes = files.reduce((sum, name) => sum + sizeOf(path.join(folder, name)), 0);
  return { folder, isWhole: index !== undefined, bytes, usedMs };
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What `index.json` says, when its files lie where they must. */
function parseView(value: unknown, folder: string): IndexView | undefined {
  if (!isRecord(value) || value.seisproc !== VERSION) return undefined;
  const { starts, order, keys, gathers, largest, traces, startMs } = value;
  const within = (file: string) => path.dirname(path.dirname(file)) === path.resolve(folder);
  if (!isString(starts) || !within(starts)) return undefined;
  if (order !== null && (!isString(order) || !within(order))) return undefined;
  if (!isNumber(gathers) || !isNumber(largest) || !isNumber(traces)) return undefined;
  if (!(startMs === null || isNumber(startMs)) || !isStrings(keys)) return undefined;
  return { starts, order, keys, gathers, largest, traces, startMs };
}

/** Files have the sizes that the index says. */
function isWhole({ starts, order, gathers, traces }: IndexView): boolean {
  return sizeOf(starts) === 4 * (gathers + 1) && (order === null || sizeOf(order) === 4 * traces);
}

function isStrings(value: unknown): value is readonly string[] {
  return isArray(isString)(value);
}
