/** Partial output lies beside its final name as `<path>.part`, a file or a folder. */
import fs from "node:fs";
import type { Job } from "../../src/shared/job/job.ts";
import { removeCheckpoint } from "./checkpoint.ts";

export function partialPaths(job: Pick<Job, "plan">): string[] {
  return (job.plan?.outputs ?? []).map((output) => `${output.path.replace(/\.part$/, "")}.part`);
}

/**
 * Removes what a job left unfinished, with the checkpoint that speaks of it, or keeps both. Returns what became of it;
 * null when there was nothing.
 */
export function settlePartialOutput(folder: string, job: Job, keep: boolean): "removed" | "kept" | null {
  const there = partialPaths(job).filter((path) => fs.existsSync(path));
  if (!keep) {
    removeCheckpoint(folder);
    for (const path of there) {
      fs.rmSync(path, { recursive: true, force: true });
      fs.rmSync(`${path}.lock`, { force: true });
    }
  }
  if (there.length === 0) return null;
  return keep ? "kept" : "removed";
}
