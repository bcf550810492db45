/**
 * Removing a job's folder with what the job left beside its outputs, also where its journal or its request cannot be
 * read: then the outputs are looked for in whatever of the two still tells of them. Only what a lock of the job claims
 * is removed, so a wrong name in a damaged file does no harm.
 */
import fs from "node:fs";
import path from "node:path";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { noisePath } from "../../files/partial_names.ts";
import { removeJobFolder } from "../folder/job_folder.ts";
import { lockJob } from "../folder/job_lock.ts";
import { settleOutputs } from "../folder/partial_output.ts";
import { isJobId, jobFolder, type Workspace } from "../folder/workspace.ts";
import { jobOwned } from "./job_errors.ts";
import { endRunner } from "./orphans.ts";

/**
 * Removes a folder that is no job that can be read.
 * @throws job-owned when a process works in it
 */
export function removeUnreadable(workspace: Workspace, name: string): void {
  const folder = jobFolder(workspace, name);
  if (!isJobId(name) || !fs.statSync(folder).isDirectory()) return removeJobFolder(workspace, name);
  const lock = lockJob(folder);
  if (lock === undefined) throw jobOwned(name);
  try {
    endRunner("remove", folder);
    settleOutputs(folder, outputsTold(folder), false);
    if (process.platform !== "win32") removeJobFolder(workspace, name);
  } finally {
    lock.release();
  }
  if (process.platform === "win32") removeJobFolder(workspace, name);
}

/** Every text in the job's files that may be the path of an output. */
function outputsTold(folder: string): Set<string> {
  const texts = ["job.json", "events.jsonl"].flatMap((name) => textsIn(path.join(folder, name)));
  const paths = texts.filter((text) => path.isAbsolute(text));
  return new Set(paths.flatMap((file) => [file, noisePath(file)]));
}

/** All texts in quotes, whether or not what is around them is JSON. */
function textsIn(file: string): string[] {
  return (readIfPossible(file).match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).flatMap((quoted) => {
    const text = parseLine(quoted);
    return typeof text === "string" ? text : [];
  });
}

function readIfPossible(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
