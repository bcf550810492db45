/**
 * Ownership is an exclusive lock of the operating system on a file: it ends with its process, however that ends.
 *
 * `<job>/lock`: whoever appends to the job's events holds it; the manager of a running job holds it all the time.
 * `<job>/runner.lock`: held by the runner, so that no second runner starts while one that lost its manager winds
 * down. Both tell process and machine of who took them last (`file_lock.ts`).
 */
import path from "node:path";
import { FileLock, isLocked, type LockHolder, readHolder } from "../../files/file_lock.ts";
import { isOfThisHost } from "../../files/host_process.ts";

export function lockJob(folder: string): FileLock | undefined {
  const lock = FileLock.tryTake(path.join(folder, "lock"));
  if (lock !== undefined) tellIfThereIsRoom(lock);
  return lock;
}

/**
 * Called by a runner at its start and kept until its process ends; undefined when another runner lives. Whoever looks
 * whether one lives holds the lock for an instant, so one refusal means nothing.
 */
export function lockRunner(folder: string): FileLock | undefined {
  for (let tries = 0; tries < 1000; tries++) {
    const lock = FileLock.tryTake(path.join(folder, "runner.lock"));
    if (lock === undefined) continue;
    lock.tell();
    return lock;
  }
  return undefined;
}

/** Who writes to the job now, as its lock tells; undefined when nobody does. */
export function ownerOf(folder: string): LockHolder | undefined {
  const file = path.join(folder, "lock");
  return isLocked(file) ? readHolder(file) ?? {} : undefined;
}

/** Who runs in this folder, as its lock tells; undefined when nobody does. */
export function runnerOf(folder: string): LockHolder | undefined {
  const file = path.join(folder, "runner.lock");
  return isLocked(file) ? readHolder(file) ?? {} : undefined;
}

/** The process id of a runner that works in this folder, 0 where it is not one of this machine, or undefined. */
export function livingRunner(folder: string): number | undefined {
  const holder = runnerOf(folder);
  return holder && pidHere(holder);
}

/** The id of the process that took a lock; 0 for one of another machine, where the id would be somebody else's. */
export function pidHere({ host = "", pid = 0 }: LockHolder): number {
  return isOfThisHost({ host }) ? pid : 0;
}

/** The lock holds without these words, which are for people and for ending what hangs. */
function tellIfThereIsRoom(lock: FileLock): void {
  try {
    lock.tell();
  } catch {
    // A full disk must not stand in the way of what makes room.
  }
}
