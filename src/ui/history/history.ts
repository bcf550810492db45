/**
 * Jobs kept in this browser, so that a page lists all of a workspace without asking for them again. Rows carry their
 * workspace; those of another are never shown.
 */
import { Dexie } from "dexie";
import { isRecord } from "../../shared/is_record.ts";
import type { Job } from "../../shared/job/job.ts";
import { isJob } from "../../shared/protocol/events.ts";
import { Database, type HistoryRow } from "./database.ts";

const MOST_AT_ONCE = 500;
const IDLE_MS = 1000;

export interface Kept {
  readonly job: Job;
  readonly stamp: number | null;
}

export class History {
  #database = new Database();
  readonly #waiting = new Map<string, Kept>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onRefusal` is told why the browser keeps nothing, or nothing more; the page works without. */
  constructor(readonly workspace: string, readonly onRefusal: (reason: string) => void) {}

  /** Keeps jobs that have ended, some time when nothing else is to do. */
  keep(all: readonly Kept[]): void {
    for (const one of all) if (one.job.endedAt !== null) this.#waiting.set(one.job.id, one);
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#whenIdle(), IDLE_MS);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#waiting.delete(id);
    const keys = ids.map((id): [string, string] => [this.workspace, id]);
    await this.#guarded(() => this.#database.jobs.bulkDelete(keys));
  }

  /** What is kept of this workspace, a page after another, so that the window can draw in between. */
  async *pages(): AsyncGenerator<readonly Kept[]> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.#guarded(() => this.#page(after));
      if (rows === undefined || rows.length === 0) return;
      yield rows.filter(isWhole).map(({ job, stamp }) => ({ job, stamp }));
      if (rows.length < MOST_AT_ONCE) return;
      after = rows[rows.length - 1].id;
    }
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    const some = [...this.#waiting.values()].slice(0, MOST_AT_ONCE);
    for (const { job } of some) this.#waiting.delete(job.id);
    const { workspace } = this;
    const rows = some.map(({ job, stamp }): HistoryRow => ({
      ...{ workspace, id: job.id, endedAt: job.endedAt ?? 0, stamp, job },
    }));
    await this.#guarded(() => this.#database.jobs.bulkPut(rows));
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#whenIdle(), 0);
  }

  #page(after: string | undefined): Promise<HistoryRow[]> {
    const from = after ?? Dexie.minKey;
    return this.#database.jobs
      .where("[workspace+id]")
      .between([this.workspace, from], [this.workspace, Dexie.maxKey], after === undefined, true)
      .limit(MOST_AT_ONCE)
      .toArray();
  }

  #whenIdle(): void {
    this.#timer = undefined;
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => void this.flush());
    else void this.flush();
  }

  /** A database that the browser closed, such as when the user deletes it, is opened once more. */
  async #guarded<T>(act: () => PromiseLike<T>): Promise<T | undefined> {
    try {
      return await this.#reopening(act);
    } catch (error) {
      this.onRefusal(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #reopening<T>(act: () => PromiseLike<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "DatabaseClosedError") throw error;
      this.#database = new Database();
      return await act();
    }
  }
}

/** What another version of the program left may be anything. */
function isWhole(row: unknown): row is HistoryRow {
  return isRecord(row) && isJob(row.job);
}
