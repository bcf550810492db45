import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { FileLock } from "../jobs/job_lock.ts";

/**
 * Keeps two jobs from writing one output at the same time: a lock on `<output>.part.lock` that ends with this process.
 */
export class OutputLocks {
  private readonly locks: FileLock[] = [];

  /** @throws SeisProcError `output-unwritable` when another job writes one of these outputs */
  take(outputs: readonly { readonly path: string }[]): void {
    for (const { path } of outputs) {
      const lock = FileLock.tryTake(`${path}.part.lock`);
      if (lock) this.locks.push(lock);
      else if (fs.existsSync(`${path}.part.lock`)) {
        const reason = "another job is writing it: wait for that job or choose another output";
        throw new SeisProcError("output-unwritable", `Cannot write ${path}: ${reason}`, {
          file: path,
          reason,
        });
      }
    }
  }

  release(): void {
    for (const lock of this.locks) {
      fs.rmSync(lock.path, { force: true });
      lock.release();
    }
    this.locks.length = 0;
  }
}
