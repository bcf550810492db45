/**
 * Ownership is an exclusive lock of the operating system on a file: it ends with its process, however that ends.
 *
 * `<job>/lock`: whoever appends to the job's events holds it; the manager of a running job holds it all the time.
 * `<job>/runner.lock`: held by the runner, so that no second runner starts while one that lost its manager winds
 * down. The file holds the runner's process id.
 */
import fs from "node:fs";
import path from "node:path";
import { syncFolder } from "../../files/durable_file.ts";

export class FileLock {
  readonly #file: Deno.FsFile;

  private constructor(readonly path: string, file: Deno.FsFile) {
    this.#file = file;
  }

  /** Takes the lock, or returns undefined when somebody holds it. Also undefined when the folder is gone. */
  static tryTake(file: string): FileLock | undefined {
    const handle = openForLock(file);
    if (handle === undefined) return undefined;
    if (handle.tryLockSync(true) && isStill(handle, file)) return new FileLock(file, handle);
    handle.close();
    return undefined;
  }

  /** What the file says about its last holder. */
  read(): string {
    const bytes = new Uint8Array(256);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    return new TextDecoder().decode(bytes.subarray(0, this.#file.readSync(bytes) ?? 0));
  }

  /** Replaces what the file says about its holder. */
  write(text: string): void {
    this.#file.truncateSync(0);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    this.#file.writeSync(new TextEncoder().encode(text));
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

export function lockJob(folder: string): FileLock | undefined {
  return FileLock.tryTake(path.join(folder, "lock"));
}

/** Called by a runner at its start and kept until its process ends; undefined when another runner lives. */
export function lockRunner(folder: string): FileLock | undefined {
  const lock = FileLock.tryTake(path.join(folder, "runner.lock"));
  lock?.write(String(process.pid));
  return lock;
}

/** The process id of a runner that works in this folder, or undefined. */
export function livingRunner(folder: string): number | undefined {
  const file = path.join(folder, "runner.lock");
  if (!fs.existsSync(file)) return undefined;
  const lock = FileLock.tryTake(file);
  if (lock === undefined) return Number(fs.readFileSync(file, "utf8")) || 0;
  lock.release();
  return undefined;
}

/** Kills a runner that outlived its manager. Its lock proves that the process id is that of a runner. */
export function killOrphan(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch {
    // It ended at this moment.
  }
}

export function isLocked(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const lock = FileLock.tryTake(file);
  lock?.release();
  return lock === undefined;
}

function openForLock(file: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(file, { read: true, write: true, create: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The folder may have been removed while we waited: then the lock is on a file that nobody finds any more. */
function isStill(handle: Deno.FsFile, file: string): boolean {
  try {
    const found = fs.statSync(file), held = handle.statSync();
    return process.platform === "win32" || found.ino === held.ino;
  } catch {
    return false;
  }
}
