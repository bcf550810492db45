/** Checkpoints of a running job: outputs to disk first, then the list of blocks. */
import path from "node:path";
import { type Checkpoint, checkpointForPlan, writeCheckpoint } from "../jobs/folder/checkpoint.ts";
import { writingError } from "../files/file_errors.ts";
import type { BlockNotes, JobNotes } from "./job_notes.ts";
import type { JobPlan } from "./job_plan.ts";

/** What a checkpoint keeps besides the list of blocks. */
interface Extra {
  readonly notes: BlockNotes;
  /** All blocks are on disk and outputs are being renamed: some may have their final names already. */
  readonly finishing: boolean;
}

export interface Resumption {
  readonly done: Uint8Array;
  readonly notes: BlockNotes;
  readonly finishing: boolean;
}

/** Bytes after which written data is sent to disk, so that little is left for the end. */
const WRITE_OUT_BYTES = 8 << 20;

/**
 * Brings outputs to disk and then writes the list of the blocks that are there: in this order, so that whatever the list
 * names survives a power cut. Works in the background; one piece of work at a time.
 */
export class Checkpointer {
  readonly #folder: string;
  readonly #plan: JobPlan;
  readonly #done: Uint8Array;
  readonly #notes: JobNotes;
  #working: Promise<void> = Promise.resolve();
  #busy = false;
  #sentBytes = 0;
  /** A sync failed: the system may have dropped what it could not write, and a later sync would not tell. */
  #broken = false;

  constructor(
    folder: string,
    plan: JobPlan,
    done: Uint8Array,
    notes: JobNotes,
  ) {
    this.#folder = folder;
    this.#plan = plan;
    this.#done = done;
    this.#notes = notes;
  }

  /** A disk that is slower than the times between checkpoints must not pile them up. */
  get isBusy(): boolean {
    return this.#busy;
  }

  /** Sends what was written to disk when there is much of it. */
  writeOut(bytesWritten: number): Promise<void> {
    if (this.#busy || bytesWritten - this.#sentBytes < WRITE_OUT_BYTES) return Promise.resolve();
    this.#sentBytes = bytesWritten;
    return this.#exclusively(() => this.#syncOutputs());
  }

  /** Returns the number of blocks in the list, which is taken before the sync. */
  async write(finishing = false): Promise<number> {
    let blocks = 0;
    await this.#exclusively(async () => {
      const done = this.#done.slice();
      const extra: Extra = { notes: this.#notes.all, finishing };
      await this.#syncOutputs();
      this.#save(done, extra);
      blocks = done.reduce((sum, one) => sum + one, 0);
    });
    return blocks;
  }

  #save(done: Uint8Array, extra: Extra): void {
    const { fingerprint, blocks } = this.#plan;
    try {
      writeCheckpoint(this.#folder, { fingerprint, blocks, done, extra });
    } catch (error) {
      throw writingError(path.join(this.#folder, "checkpoint"), error);
    }
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#working.catch(() => {});
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    const next = this.idle().then(() => this.#broken ? Promise.reject(new Error("a sync failed")) : work());
    this.#working = next;
    return next.finally(() => {
      if (this.#working === next) this.#busy = false;
    });
  }

  async #syncOutputs(): Promise<void> {
    this.#broken = true;
    for (const output of this.#plan.outputs) await output.syncInBackground();
    this.#broken = false;
  }
}

/**
 * What an earlier attempt left to go on from; undefined to start from the beginning.
 * @throws SeisProcError `plan-changed`, `job-damaged`, `job-newer`
 */
export function resumptionOf(folder: string, plan: JobPlan): Resumption | undefined {
  const checkpoint = checkpointForPlan(folder, plan);
  if (!checkpoint) return undefined;
  return { done: checkpoint.done, ...parseExtra(checkpoint) };
}

function parseExtra({ extra }: Checkpoint): Extra {
  const known: Partial<Extra> = typeof extra === "object" && extra !== null ? extra : {};
  return { notes: known.notes ?? { skipped: [], remarks: [] }, finishing: known.finishing ?? false };
}
