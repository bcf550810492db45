/** What finished blocks have to say: gathers that were skipped, and remarks on the data. Kept with the blocks. */
import type { SkippedGather } from "../../src/shared/job/runner_messages.ts";
import { type CountedRemark, Remarks, remarkSentence } from "../../src/shared/processes/remark.ts";

export interface BlockNotes {
  readonly skipped: readonly SkippedGather[];
  readonly remarks: readonly CountedRemark[];
}

export class JobNotes {
  readonly #skipped: SkippedGather[] = [];
  readonly #remarks = new Remarks();
  /** Blocks that have some. */
  readonly #blocks = new Set<number>();

  add(block: number, notes: BlockNotes): void {
    this.#blocks.add(block);
    this.#take(notes);
  }

  /** What an earlier attempt had to say, and of which blocks: one byte each. */
  restore(notes: BlockNotes, noted: Uint8Array): void {
    noted.forEach((one, block) => one && this.#blocks.add(block));
    this.#take(notes);
  }

  /** One byte per block: 1 when it has notes. */
  blocks(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, (_, block) => this.#blocks.has(block) ? 1 : 0);
  }

  #take({ skipped, remarks }: BlockNotes): void {
    this.#skipped.push(...skipped);
    this.#remarks.addAll(remarks);
  }

  /** All so far, as a checkpoint keeps them. */
  get all(): BlockNotes {
    return { skipped: [...this.#skipped], remarks: this.#remarks.list };
  }

  /** In the order of the traces. */
  get skipped(): readonly SkippedGather[] {
    return this.#skipped.toSorted((a, b) => a.trace - b.trace);
  }

  get warnings(): readonly string[] {
    return this.#remarks.list.map(remarkSentence);
  }
}
