/** Which job an output and its partial files belong to. */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { FileLock, parseHolder } from "../files/file_lock.ts";
import { writingError } from "../files/file_errors.ts";
import { partialLock, partPath } from "../files/partial_names.ts";

type Output = { readonly path: string; isStarted(): boolean };

/**
 * Keeps two jobs from writing one output at the same time: a lock on `<output>.part.lock` that ends with this process.
 * The file names the job that the partial output is of, and stays as long as that, so that no job goes on with the
 * partial output of another.
 */
export class OutputLocks {
  readonly #job: string;
  readonly #locks = new Map<string, FileLock>();
  /** What each file said before: a job, or nothing. */
  readonly #before = new Map<string, string>();

  constructor(job: string) {
    this.#job = job;
  }

  /** @throws SeisProcError `output-unwritable` when another job writes one of these outputs */
  take(outputs: readonly Output[]): void {
    for (const { path } of outputs) {
      const file = partialLock(partPath(path));
      const lock = tryLock(path, file);
      if (lock) this.#keep(path, lock);
      else if (fs.existsSync(file)) {
        const reason = "expected that nobody writes it, found that another job does";
        const message = `Cannot write ${path}: ${reason}: wait for that job or choose another output`;
        throw new SeisProcError("output-unwritable", message, { file: path, reason });
      }
    }
  }

  /** True when the partial output is what this job left, or, of a job that was finishing, has its final name. */
  isOwn(output: Output, finishing: boolean): boolean {
    const before = this.#before.get(output.path);
    return before === this.#job || (finishing && before === "" && !output.isStarted());
  }

  /** True when another job has begun this output since this one did. */
  isOfAnother({ path }: Output): boolean {
    return ![undefined, "", this.#job].includes(this.#before.get(path));
  }

  release(): void {
    for (const [path, lock] of this.#locks) {
      if (!fs.existsSync(partPath(path))) fs.rmSync(lock.path, { force: true });
      lock.release();
    }
    this.#locks.clear();
  }

  /**
   * Names this job in the files, on disk when this returns: before the partial outputs are made, but after a checkpoint
   * that speaks of others is gone, so that dying in between leaves no claim to another job's bytes.
   */
  claim(): void {
    for (const lock of this.#locks.values()) {
      lock.tell({ job: this.#job });
      lock.sync();
    }
  }

  #keep(path: string, lock: FileLock): void {
    this.#locks.set(path, lock);
    this.#before.set(path, parseHolder(lock.read())?.job ?? "");
  }
}

function tryLock(output: string, file: string): FileLock | undefined {
  try {
    return FileLock.tryTake(file);
  } catch (error) {
    throw writingError(output, error);
  }
}
