/** Bytes per second that jobs read and write, by what their runners tell: where the platform hides the disks' own figures. */
import type { Job } from "../../src/shared/job/job.ts";
import type { ResourceSample } from "../../src/shared/monitor/resources.ts";

type Told = Pick<Job, "id" | "progress">;

export class JobDiskMeter {
  #last: { readonly at: number; readonly jobs: ReadonlyMap<string, Moved> } | undefined;

  constructor(readonly clock: () => number = () => performance.now()) {}

  /** Since the last call; null in the first. A job that is new counts from its next look on. */
  rates(jobs: readonly Told[]): ResourceSample["disk"] {
    const now = { at: this.clock(), jobs: new Map(jobs.map(({ id, progress }) => [id, movedOf(progress)])) };
    const last = this.#last;
    this.#last = now;
    if (last === undefined) return null;
    const seconds = Math.max(1e-3, (now.at - last.at) / 1000);
    let read = 0, written = 0;
    for (const [id, moved] of now.jobs) {
      const before = last.jobs.get(id) ?? moved;
      // A job that begins anew counts from nothing again.
      read += Math.max(0, moved.read - before.read);
      written += Math.max(0, moved.written - before.written);
    }
    return { of: "jobs", readBytesPerSecond: read / seconds, writtenBytesPerSecond: written / seconds };
  }
}

interface Moved {
  readonly read: number;
  readonly written: number;
}

function movedOf(progress: Told["progress"]): Moved {
  return { read: progress?.bytesRead ?? 0, written: progress?.bytesWritten ?? 0 };
}
