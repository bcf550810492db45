/**
 * Partial output lies beside its final name as `<path>.part`, a file or a folder. `<path>.part.lock` names the job that
 * made it.
 */
import fs from "node:fs";
import type { Job } from "../../src/shared/job/job.ts";
import { removeCheckpoint } from "./checkpoint.ts";

export function partPath(output: string): string {
  return `${output}.part`;
}

export function partLockPath(output: string): string {
  return `${partPath(output)}.lock`;
}

export function partialPaths(job: Pick<Job, "plan">): string[] {
  return (job.plan?.outputs ?? []).map((output) => partPath(output.path));
}

/**
 * Removes what a job left unfinished, with the checkpoint that speaks of it, or keeps both. Returns what became of it;
 * null when there was nothing. What another job has begun in its place is left alone.
 */
export function settlePartialOutput(folder: string, job: Job, keep: boolean): "removed" | "kept" | null {
  const there = partialPaths(job).filter((path) => fs.existsSync(path) && isOf(job.id, path));
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

function isOf(job: string, part: string): boolean {
  try {
    return ["", job].includes(fs.readFileSync(`${part}.lock`, "utf8"));
  } catch {
    return true;
  }
}
