import type { Submission } from "../jobs/manager.ts";
import { followJob } from "./follow_job.ts";
import { openManager } from "./open_manager.ts";

/** Submits a job to this process' own manager and follows it to its rest. Returns the exit status. */
export async function submitAndFollow(submission: Submission, json: boolean): Promise<number> {
  const manager = openManager("run");
  try {
    const job = await manager.submit(submission);
    return await followJob(manager, job.id, json);
  } finally {
    await manager.shutdown();
  }
}
