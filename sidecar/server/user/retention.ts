/** Removes jobs that ended long ago, as the settings say: never those that are pinned, never results. */
import type { JobManager } from "../../jobs/manager.ts";
import { PINNED } from "../../../src/shared/protocol/settings.ts";
import type { SettingsBook } from "./settings_book.ts";

const DAY_MS = 24 * 3600_000;
/** The start is not the time for it. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 6 * 3600_000;

export class Retention {
  #timer: ReturnType<typeof setTimeout>;

  constructor(readonly manager: JobManager, readonly settings: SettingsBook) {
    this.#timer = setTimeout(() => this.#look(), FIRST_AFTER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Removes what is too old now; returns the ids of what it removed. */
  async tidy(now = Date.now()): Promise<string[]> {
    const { retentionDays } = this.settings.now;
    if (retentionDays === null) return [];
    const removed: string[] = [];
    for (const id of this.manager.matching({ endedBefore: now - retentionDays * DAY_MS })) {
      if (this.manager.ifThere(id)?.tags.includes(PINNED) !== false) continue;
      const gone = await this.manager.remove(id).then(() => true, () => false);
      if (gone) removed.push(id);
    }
    return removed;
  }

  #look(): void {
    this.#timer = setTimeout(() => this.#look(), EVERY_MS);
    void this.tidy();
  }
}
