/** The order of what waits: a job goes up or down, or directly before another, whose priority it then has. */
import type { Job } from "../../shared/job/job.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { attempt } from "./failure.ts";

type Waiting = Pick<Job, "id" | "priority">;

/** What is asked so that a job of the queue moves by one place; null when it is at that end. */
export function moveOf(queue: readonly Waiting[], id: string, step: -1 | 1): Move | null {
  const at = queue.findIndex((job) => job.id === id), next = queue[at + step];
  if (at < 0 || next === undefined) return null;
  if (step === -1) return { job: id, before: next.id, priority: null };
  const after = queue[at + 2];
  const hasFollower = after !== undefined && after.priority === next.priority;
  return {
    job: id,
    before: hasFollower ? after.id : null,
    priority: next.priority === queue[at].priority || hasFollower ? null : next.priority,
  };
}

export interface Move {
  readonly job: string;
  /** Null: to the end of its priority. */
  readonly before: string | null;
  /** To be taken first; null: it has the right one, or takes that of the job before which it goes. */
  readonly priority: Job["priority"] | null;
}

export function move({ job, before, priority }: Move): Promise<boolean> {
  return attempt(async () => {
    if (priority !== null) await theSidecar().ask("set_priority", { job, priority });
    await theSidecar().ask("reorder_job", { job, before });
  });
}
