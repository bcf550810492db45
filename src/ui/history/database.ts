/** The database in this browser. All of it can be refilled from the sidecar: deleting it loses nothing. */
import { Dexie, type Table } from "dexie";
import type { Job } from "../../shared/job/job.ts";

export interface HistoryRow {
  readonly workspace: string;
  readonly id: string;
  readonly endedAt: number;
  /** With this stamp the sidecar tells the same of the job; null: heard in passing, to be asked again. */
  readonly stamp: number | null;
  readonly job: Job;
}

export class Database extends Dexie {
  declare jobs: Table<HistoryRow, [string, string]>;

  constructor() {
    super("seisproc");
    this.version(1).stores({ jobs: "[workspace+id], [workspace+endedAt]" });
    // Rows of the first version have no stamp: they are asked for once more.
    this.version(2).stores({ jobs: "[workspace+id]" });
  }
}
