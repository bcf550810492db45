/** Exit statuses of every command: fixed, because scripts depend on them. */
import type { JobState } from "../../src/shared/job/job.ts";

export const EXIT = { completed: 0, failed: 1, usage: 2, cancelled: 3, resumable: 4 } as const;

/** The status that tells how a job stands. */
export function exitOfState(state: JobState): number {
  switch (state) {
    case "completed":
      return EXIT.completed;
    case "cancelled":
      return EXIT.cancelled;
    case "queued":
    case "paused":
    case "interrupted":
      return EXIT.resumable;
    default:
      return EXIT.failed;
  }
}
