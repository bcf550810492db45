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

  add({ skipped, remarks }: BlockNotes): void {
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
