/** Which job an output and its partial files belong to. */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { writingError } from "../files/file_errors.ts";
import { lookAt } from "../files/file_kind.ts";
import { FileLock } from "../files/file_lock.ts";
import { type Claim, claimOn, readClaim } from "../files/output_claim.ts";
import { partialLock, partPath, replacedPath } from "../files/partial_names.ts";

type Output = { readonly path: string; isStarted(): boolean };

/**
 * Keeps two jobs from writing one output at the same time: a lock on `<output>.part.lock` that ends with this process.
 * The file names the job that the partial output is of, and stays as long as that, so that no job goes on with the
 * partial output of another.
 */
export class OutputLocks {
  readonly #job: string;
  readonly #locks = new Map<string, FileLock>();
  /** The job that each file named before. */
  readonly #before = new Map<string, string | undefined>();

  constructor(job: string) {
    this.#job = job;
  }

  /**
   * @throws SeisProcError `output-unwritable` when another job writes one of these outputs, `output-exists` when
   * something that no job made lies at a name that this one would make up
   */
  take(outputs: readonly Output[]): void {
    for (const { path } of outputs) {
      try {
        this.#take(path);
      } catch (error) {
        throw writingError(path, error);
      }
    }
  }

  /** Looked at before, so that nothing is made beside what is foreign, and once more when nobody else can change it. */
  #take(output: string): void {
    claimOn(output);
    const file = partialLock(partPath(output));
    const lock = FileLock.tryTake(file);
    if (!lock) {
      if (lookAt(file)) throw isWritten(output, readClaim(file));
      return;
    }
    this.#locks.set(output, lock);
    this.#before.set(output, claimOn(output)?.job);
  }

  /** True when the partial output is what this job left, or, of a job that was finishing, has its final name. */
  isOwn(output: Output, finishing: boolean): boolean {
    const before = this.#before.get(output.path);
    return before === this.#job || (finishing && before === undefined && !output.isStarted());
  }

  /** True when another job has begun this output since this one did. */
  isOfAnother({ path }: Output): boolean {
    return ![undefined, this.#job].includes(this.#before.get(path));
  }

  /** A lock goes when nothing is left that it claims. */
  release(): void {
    for (const [path, lock] of this.#locks) {
      if (!lookAt(partPath(path)) && !lookAt(replacedPath(path))) fs.rmSync(lock.path, { force: true });
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
}

function isWritten(output: string, claim: Claim | undefined): SeisProcError<"output-unwritable"> {
  const reason = "expected that nobody writes it, found that another job does";
  const who = claim?.host === undefined ? "" : ` (${claim.job}, process ${claim.pid} of ${claim.host})`;
  const message = `Cannot write ${output}: ${reason}: wait for that job${who} or choose another output`;
  return new SeisProcError("output-unwritable", message, { file: output, reason });
}
