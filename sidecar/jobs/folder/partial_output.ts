/** Partial output lies beside its final name as `<path>.part`, a file or a folder. */
import fs from "node:fs";
import type { Job } from "../../../src/shared/job/job.ts";
import { readHolder } from "../../files/file_lock.ts";
import { partialLock, partPath } from "../../files/partial_names.ts";
import { removeCheckpoint } from "./checkpoint.ts";

function partialPaths(job: Pick<Job, "plan">): string[] {
  return (job.plan?.outputs ?? []).map((output) => partPath(output.path));
}

/**
 * Removes what a job left unfinished, with the checkpoint that speaks of it, or keeps both. Returns what became of it;
 * null when there was nothing.
 */
export function settlePartialOutput(folder: string, job: Job, keep: boolean): "removed" | "kept" | null {
  const there = partialPaths(job).filter((path) => fs.existsSync(path) && !isOfAnother(path, job.id));
  if (!keep) {
    removeCheckpoint(folder);
    for (const path of there) {
      fs.rmSync(path, { recursive: true, force: true });
      fs.rmSync(partialLock(path), { force: true });
    }
  }
  if (there.length === 0) return null;
  return keep ? "kept" : "removed";
}

/** A later job may have begun an output of the same name. */
function isOfAnother(part: string, job: string): boolean {
  const owner = readHolder(partialLock(part))?.job;
  return owner !== undefined && owner !== job;
}
