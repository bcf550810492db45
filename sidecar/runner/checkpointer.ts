/** Checkpoints of a running job: outputs to disk first, then the list of blocks. */
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import { isRecord } from "../../src/shared/is_record.ts";
import { checkpointForPlan, writeCheckpoint } from "../jobs/folder/checkpoint.ts";
import { writingError } from "../files/file_errors.ts";
import { identityOf } from "../files/file_state.ts";
import { partPath } from "../files/partial_names.ts";
import type { BlockNotes, JobNotes } from "./job_notes.ts";
import type { JobPlan } from "./job_plan.ts";

/** What a checkpoint keeps besides the list of blocks. */
interface Extra {
  readonly notes: BlockNotes;
  /** By what each partial output is known to be the same file. */
  readonly identities: readonly string[];
  /** All blocks are on disk and outputs are being renamed: some may have their final names already. */
  readonly isFinishing: boolean;
}

/** All that a checkpoint keeps, one byte a block for what is done and for what has notes. */
export interface Kept extends Extra {
  readonly done: Uint8Array;
  readonly noted: Uint8Array;
  readonly checksums: BigInt64Array;
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
  readonly #identities: readonly string[];
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
    this.#identities = plan.outputs.map(({ path: file }) => identityOf(partPath(file)));
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
  async write(isFinishing = false): Promise<number> {
    let blocks = 0;
    await this.#exclusively(async () => {
      const done = this.#done.slice(), noted = this.#notes.blocks(done.length);
      const extra: Extra = { notes: this.#notes.all, identities: this.#identities, isFinishing };
      await this.#syncOutputs();
      this.#requireSame();
      this.#save(done, noted, extra);
      blocks = done.reduce((sum, one) => sum + one, 0);
    });
    return blocks;
  }

  /** Workers write to files that they opened; what took their names since was written by nobody here. */
  #requireSame(): void {
    this.#plan.outputs.forEach(({ path: file }, i) => {
      const part = partPath(file);
      if (identityOf(part) === this.#identities[i]) return;
      const reason = `expected ${part} as this job made it, found that another took its place`;
      const message = `Cannot write ${file}: ${reason}: run the job again`;
      throw new SeisProcError("output-unwritable", message, { file, reason });
    });
  }

  #save(done: Uint8Array, noted: Uint8Array, extra: Extra): void {
    const { fingerprint, blocks, checksums } = this.#plan;
    try {
      writeCheckpoint(this.#folder, { fingerprint, blocks, done, noted, checksums, extra });
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
 * What the checkpoint of an earlier attempt says, for the same plan; undefined when there is none.
 * @throws SeisProcError `plan-changed`, `job-damaged`, `job-newer`
 */
export function keptFor(folder: string, plan: JobPlan): Kept | undefined {
  const found = checkpointForPlan(folder, plan);
  if (!found) return undefined;
  const { done, blocks, noted = new Uint8Array(blocks), checksums = new BigInt64Array(), extra } = found;
  return { done, noted, checksums, ...parseExtra(extra) };
}

/** The file was sealed by this program, so its parts are what they were written as. */
function parseExtra(extra: unknown): Extra {
  const known: Partial<Extra> = isRecord(extra) ? extra : {};
  const { notes = { skipped: [], remarks: [] }, identities = [], isFinishing = false } = known;
  return { notes, identities, isFinishing };
}
