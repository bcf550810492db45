/** What a job left beside its outputs, `<path>.part` and its lock: removed or kept when the job ends without a result. */
import fs from "node:fs";
import path from "node:path";
import { hasTag } from "../../../src/shared/errors.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import { parseWork } from "../../../src/shared/job/parse_work.ts";
import { discardPartial, giveBackReplaced } from "../../dataset/discard_partial.ts";
import { outputsOf } from "../../dataset/work_paths.ts";
import { systemCode } from "../../files/file_errors.ts";
import { lookAt } from "../../files/file_kind.ts";
import { FileLock } from "../../files/file_lock.ts";
import { readClaim } from "../../files/output_claim.ts";
import { partialLock, partPath, replacedPath } from "../../files/partial_names.ts";
import { removeCheckpoint } from "./checkpoint.ts";
import { readJobRequest } from "./job_folder.ts";

type Settled = "removed" | "kept" | null;

/**
 * Removes what a job left unfinished, with the checkpoint that speaks of it, or keeps both. Returns what became of it;
 * null when there was nothing.
 */
export function settlePartialOutput(folder: string, job: Pick<Job, "plan">, keep: boolean): Settled {
  return settleOutputs(folder, outputsAsked(folder, job), keep);
}

/**
 * The same for outputs that are known by name, also where neither journal nor request of the job can be read. What no
 * lock of this job claims is left alone, and so is what somebody put into the place of what it made.
 */
export function settleOutputs(folder: string, outputs: Iterable<string>, keep: boolean): Settled {
  if (!keep) removeCheckpoint(folder);
  const settled = [...outputs].map((output) => settleOne(path.basename(folder), output, keep));
  return settled.find((one) => one !== null) ?? null;
}

/** As its journal told and, for a runner that died before it could tell, as its request asks. */
function outputsAsked(folder: string, { plan }: Pick<Job, "plan">): Set<string> {
  const told = (plan?.outputs ?? []).map((output) => output.path);
  try {
    return new Set([...told, ...outputsOf(parseWork(readJobRequest(folder).work))]);
  } catch {
    return new Set(told);
  }
}

function settleOne(job: string, output: string, keep: boolean): Settled {
  const file = partialLock(partPath(output));
  if (readClaim(file)?.job !== job) return null;
  const lock = FileLock.tryTake(file);
  if (lock === undefined) return null;
  try {
    return readClaim(file)?.job === job ? settleClaimed(output, keep) : null;
  } finally {
    lock.release();
  }
}

function settleClaimed(output: string, keep: boolean): Settled {
  const there = lookAt(partPath(output)) !== undefined;
  if (keep) {
    giveBackReplaced(output);
    return there ? "kept" : null;
  }
  discardOurs(output);
  if (!lookAt(replacedPath(output))) fs.rmSync(partialLock(partPath(output)), { force: true });
  return there ? "removed" : null;
}

/** A link, a second name or a folder that is gone: there is nothing of ours to remove. */
function discardOurs(output: string): void {
  try {
    discardPartial(output);
  } catch (error) {
    if (!hasTag(error, "output-exists") && systemCode(error) !== "ENOENT") throw error;
  }
}
