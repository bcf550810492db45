/** A job that waited may find another world than the one that its preflight saw. */
import { toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { Preflight } from "../../../src/shared/job/preflight.ts";
import { readJobRequest } from "../folder/job_folder.ts";

const FRESH_MS = 2000;

/** Why the job cannot start now, or undefined. Jobs that go on from a checkpoint are checked by their runner. */
export async function refusalBeforeStart(
  job: Job,
  folder: string,
  preflight: Preflight,
): Promise<WireError | undefined> {
  const waited = Math.abs(Date.now() - (job.queuedAt ?? 0));
  if (job.queuedWhy !== "retried" && (job.queuedWhy !== "submitted" || waited < FRESH_MS)) return undefined;
  try {
    await preflight(readJobRequest(folder).work);
    return undefined;
  } catch (error) {
    return toWireError(error);
  }
}
