/**
 * Jobs kept in this browser, to be queried without asking the sidecar. All of it can be refilled from the sidecar:
 * deleting the database loses nothing. Rows carry their workspace; those of another are never shown.
 */
import { Dexie, type Table } from "dexie";
import type { Job } from "../../shared/job/job.ts";

export interface HistoryRow {
  readonly workspace: string;
  readonly id: string;
  readonly endedAt: number;
  readonly job: Job;
}

const MOST_AT_ONCE = 500;
const IDLE_MS = 1000;

class Database extends Dexie {
  declare jobs: Table<HistoryRow, [string, string]>;

  constructor() {
    super("seisproc");
    this.version(1).stores({ jobs: "[workspace+id], [workspace+endedAt]" });
  }
}

export class History {
  readonly #database = new Database();
  readonly #waiting = new Map<string, Job>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onRefusal` is told once when the browser refuses to keep anything; the page works without. */
  constructor(readonly workspace: string, readonly onRefusal: (reason: string) => void) {}

  /** Keeps jobs that have ended, some time when nothing else is to do. */
  keep(jobs: readonly Job[]): void {
    for (const job of jobs) if (job.endedAt !== null) this.#waiting.set(job.id, job);
    this.#timer ??= setTimeout(() => this.#whenIdle(), IDLE_MS);
  }

  async remove(id: string): Promise<void> {
    this.#waiting.delete(id);
    await this.#guarded(() => this.#database.jobs.delete([this.workspace, id]));
  }

  /** The jobs of this workspace, the newest end first. */
  async all(): Promise<readonly Job[]> {
    const range = [[this.workspace, Dexie.minKey], [this.workspace, Dexie.maxKey]] as const;
    const rows = await this.#guarded(() =>
      this.#database.jobs.where("[workspace+endedAt]").between(...range).reverse().toArray()
    );
    return (rows ?? []).map(({ job }) => job);
  }

  /** Writes what waits now, such as before the page goes. */
  async flush(): Promise<void> {
    const jobs = [...this.#waiting.values()].slice(0, MOST_AT_ONCE);
    for (const { id } of jobs) this.#waiting.delete(id);
    const { workspace } = this;
    const rows = jobs.map((job) => ({ workspace, id: job.id, endedAt: job.endedAt ?? 0, job }));
    await this.#guarded(() => this.#database.jobs.bulkPut(rows));
    if (this.#waiting.size > 0) await this.flush();
  }

  #whenIdle(): void {
    this.#timer = undefined;
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => void this.flush());
    else void this.flush();
  }

  async #guarded<T>(act: () => PromiseLike<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      this.onRefusal(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}
