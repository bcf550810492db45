/** A job that waited may find another world than the one that its preflight saw. */
import { toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { Preflight } from "../../../src/shared/job/preflight.ts";
import { readJobRequest } from "../folder/job_folder.ts";

const FRESH_MS = 2000;

/**
 * Why the job cannot start now, or undefined: what it asks for is no longer what was asked, or cannot be done any more.
 * Jobs that go on from a checkpoint are checked by their runner.
 */
export async function refusalBeforeStart(
  job: Job,
  folder: string,
  preflight: Preflight,
): Promise<WireError | undefined> {
  try {
    const { work } = readJobRequest(folder);
    if (mustLookAgain(job)) await preflight(work);
    return undefined;
  } catch (error) {
    return toWireError(error);
  }
}

/** What was just checked need not be checked again. */
function mustLookAgain({ queuedAt, queuedWhy }: Job): boolean {
  const waited = Math.abs(Date.now() - (queuedAt ?? 0));
  return queuedWhy === "retried" || (queuedWhy === "submitted" && waited >= FRESH_MS);
}
