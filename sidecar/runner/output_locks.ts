import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { FileLock } from "../jobs/job_lock.ts";
import { partLockPath, partPath } from "../jobs/partial_output.ts";

/**
 * Keeps two jobs from writing one output at the same time: a lock on `<output>.part.lock` that ends with this process.
 * The file stays beside a partial output that is kept and names its job, so that no other job goes on from it.
 */
export class OutputLocks {
  private readonly locks: { readonly output: string; readonly lock: FileLock }[] = [];

  constructor(private readonly job: string) {}

  /** @throws SeisProcError `output-unwritable` when another job writes one of these outputs */
  take(outputs: readonly { readonly path: string }[]): void {
    for (const { path } of outputs) {
      const lock = FileLock.tryTake(partLockPath(path));
      if (lock) this.locks.push({ output: path, lock });
      else if (fs.existsSync(partLockPath(path))) {
        const reason = "expected that nobody writes it, found that another job does";
        const message = `Cannot write ${path}: ${reason}: wait for that job or choose another output`;
        throw new SeisProcError("output-unwritable", message, { file: path, reason });
      }
    }
  }

  /** True when another job has begun one of these outputs since this one did: what lies there is not to go on from. */
  areForeign(): boolean {
    return this.locks.some(({ lock }) => !["", this.job].includes(lock.read()));
  }

  /** Names this job as the one whose bytes the partial outputs hold from now on. */
  claim(): void {
    for (const { lock } of this.locks) lock.write(this.job);
  }

  release(): void {
    for (const { output, lock } of this.locks) {
      if (!fs.existsSync(partPath(output))) fs.rmSync(lock.path, { force: true });
      lock.release();
    }
    this.locks.length = 0;
  }
}
