/**
 * Ends the runner that works in a job's folder: `end_runner.ts <job folder>`, started by `orphan.ts` with the right to
 * end processes, which the program itself does not have. Prints what became of it, an `OrphanEnd`, as a line of JSON.
 *
 * Whom it ends is told by the runner's lock, which is held; where the system shows what a process runs, that is checked
 * too, since the words in a lock may be older than its holder or spoilt.
 */
import fs from "node:fs";
import path from "node:path";
import { systemCode } from "../../files/file_errors.ts";
import { isOfThisHost } from "../../files/host_process.ts";
import { runnerOf } from "../folder/job_lock.ts";
import type { OrphanEnd } from "./orphan.ts";

/** So long a killed process may take to give its memory back and its lock up. */
const GIVE_UP_MS = 2000;
const LOOK_EVERY_MS = 20;

async function endRunnerOf(folder: string): Promise<OrphanEnd> {
  const holder = runnerOf(folder);
  if (holder === undefined) return { end: "gone" };
  const { host, pid } = holder;
  if (host === undefined || pid === undefined) return { end: "unknown" };
  if (!isOfThisHost({ host })) return { end: "elsewhere", host, pid };
  if (!runsIn(pid, folder)) return { end: "unknown" };
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!isNoSuchProcess(error)) return { end: "refused", host, pid };
  }
  return await isFree(folder) ? { end: "ended", host, pid } : { end: "stays", host, pid };
}

/** A process that the system shows to have another command line than a runner of this job is not it. */
function runsIn(pid: number, folder: string): boolean {
  try {
    const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words.some((word) => path.basename(word) === path.basename(folder));
  } catch (error) {
    return Deno.build.os !== "linux" || systemCode(error) !== "ENOENT";
  }
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || systemCode(error) === "ESRCH";
}

async function isFree(folder: string): Promise<boolean> {
  for (let waited = 0; waited < GIVE_UP_MS; waited += LOOK_EVERY_MS) {
    if (runnerOf(folder) === undefined) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}

console.log(JSON.stringify(await endRunnerOf(Deno.args[0])));
