/**
 * Exclusive locks of the operating system on files: they end with their process, however that ends. What such a file
 * says, one line of JSON, is written here and nowhere else: which process of which machine took it, and for which job
 * where its name does not say so.
 */
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../src/shared/is_record.ts";
import { syncFolder } from "./durable_file.ts";
import { isPlainFile, lookAt, requireFile } from "./file_kind.ts";
import { type HostProcess, thisProcess } from "./host_process.ts";

export interface LockHolder extends Partial<HostProcess> {
  readonly job?: string;
}

/** A job's id alone, as version 0.1.0 wrote it. */
const JOB_ID = /^\d{8}-\d{6}-\d{3}-[0-9a-f]{6}$/;

/** What a lock may say besides its process: the job that a partial output is of, the role of a manager. */
export interface LockWords {
  readonly job?: string;
  readonly role?: string;
}

/** All locks have this length, so that one holder's words replace another's in one write and are never cut. */
const LOCK_BYTES = 256;

/** What a lock that this process takes says. */
export function holderText(words: LockWords = {}): string {
  return JSON.stringify({ seisproc: "lock", ...words, ...thisProcess() }).padEnd(LOCK_BYTES - 1) + "\n";
}

/** Undefined for the text of a file that is no lock of this program, and for an empty one. */
export function parseHolder(text: string): LockHolder | undefined {
  if (JOB_ID.test(text)) return { job: text };
  const value = parseJson(text);
  if (!isRecord(value) || value.seisproc !== "lock") return undefined;
  const { job, host, pid } = value;
  if (typeof host !== "string" || typeof pid !== "number" || !Number.isSafeInteger(pid)) return undefined;
  if (job === undefined) return { host, pid };
  return typeof job === "string" && JOB_ID.test(job) ? { job, host, pid } : undefined;
}

/** What a lock file says of who took it last; undefined when there is none or it says nothing that we know. */
export function readHolder(file: string): LockHolder | undefined {
  try {
    const stat = lookAt(file);
    if (stat === undefined || !isPlainFile(stat) || stat.size > LOCK_BYTES) return undefined;
    return parseHolder(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

export class FileLock {
  readonly #file: Deno.FsFile;

  private constructor(readonly path: string, file: Deno.FsFile) {
    this.#file = file;
  }

  /**
   * Takes the lock, or returns undefined when somebody holds it. Also undefined when the folder is gone.
   * @throws SeisProcError `file-unreadable` when something else than a file lies there
   */
  static tryTake(file: string): FileLock | undefined {
    const handle = openForLock(file);
    if (handle === undefined) return undefined;
    if (handle.tryLockSync(true) && isStill(handle, file)) return new FileLock(file, handle);
    handle.close();
    return undefined;
  }

  /** What the file says about its last holder: longer than any lock where it is something else. */
  read(): string {
    const bytes = new Uint8Array(LOCK_BYTES + 1);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    return new TextDecoder().decode(bytes.subarray(0, this.#file.readSync(bytes) ?? 0));
  }

  /** Makes the file say that this process took it. */
  tell(words: LockWords = {}): void {
    const text = new TextEncoder().encode(holderText(words));
    this.#file.seekSync(0, Deno.SeekMode.Start);
    for (let done = 0; done < text.length;) done += this.#file.writeSync(text.subarray(done));
  }

  /** Brings what was written to disk. */
  sync(): void {
    this.#file.syncSync();
    syncFolder(path.dirname(this.path));
  }

  release(): void {
    this.#file.close();
  }
}

export function isLocked(file: string): boolean {
  if (lookAt(file) === undefined) return false;
  const lock = FileLock.tryTake(file);
  lock?.release();
  return lock === undefined;
}

/** Made exclusively where there is none; a link is never followed. */
function openForLock(file: string): Deno.FsFile | undefined {
  const options = { read: true, write: true };
  for (;;) {
    try {
      const there = lookAt(file);
      if (there === undefined) return Deno.openSync(file, { ...options, createNew: true });
      requireFile(file, there, "a lock file");
      return Deno.openSync(file, options);
    } catch (error) {
      // Another process made or removed it at this moment.
      if (error instanceof Deno.errors.AlreadyExists) continue;
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      if (!fs.existsSync(path.dirname(file))) return undefined;
    }
  }
}

/** The file may have been removed while we waited: then the lock is on a file that nobody finds any more. */
function isStill(handle: Deno.FsFile, file: string): boolean {
  if (process.platform === "win32") return true;
  const found = lookAt(file), held = handle.statSync();
  return found !== undefined && found.ino === held.ino && found.dev === held.dev;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
