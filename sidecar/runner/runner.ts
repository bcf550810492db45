/** Entry of the runner process: `runner.ts <job folder>`; see `src/shared/job/runner_messages.ts` for its contract. */
import path from "node:path";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import { parseWork } from "../../src/shared/job/parse_work.ts";
import { readJobRequest } from "../jobs/folder/job_folder.ts";
import { lockRunner } from "../jobs/folder/job_lock.ts";
import { workerCount } from "../flow/worker_count.ts";
import { readCommands } from "./commands.ts";
import { toldAsFullDisk } from "./full_disk.ts";
import { WorkerPool } from "./pool.ts";

const EXIT_STATUS: Record<RunnerEnd["outcome"], number> = {
  completed: 0,
  failed: 1,
  cancelled: 3,
  paused: 4,
  interrupted: 4,
};

const encoder = new TextEncoder();

function say(message: RunnerMessage): void {
  const line = encoder.encode(JSON.stringify(message) + "\n");
  try {
    for (let written = 0; written < line.length;) written += Deno.stdout.writeSync(line.subarray(written));
  } catch {
    // Nobody listens any more: the end of stdin says so too, and the job folder keeps the checkpoint.
  }
}

/** A runner that lost its manager may still be winding down in this folder. */
function takeFolder(folder: string): void {
  if (lockRunner(folder)) return;
  const job = path.basename(folder);
  const message =
    `Cannot run job ${job}: expected no other runner in its folder, found one: wait for it to end`;
  throw new SeisProcError("job-owned", message, { job });
}

async function main(folder: string): Promise<RunnerEnd> {
  try {
    takeFolder(folder);
    const work = parseWork(readJobRequest(folder).work);
    // Workers take 30 to 40 ms to start; the rest of the program is loaded meanwhile.
    const pool = new WorkerPool(workerCount(work));
    const { JobRun } = await import("./run_job.ts");
    const run = new JobRun(folder, work, pool, say);
    readCommands((command) => run.obey(command), () => run.obey({ command: "interrupt" }));
    // Terminals signal whole groups of processes: what becomes of the job is for its manager to say.
    Deno.addSignalListener("SIGINT", () => {});
    if (Deno.build.os !== "windows") {
      Deno.addSignalListener("SIGHUP", () => {});
      Deno.addSignalListener("SIGTERM", () => run.obey({ command: "interrupt" }));
    }
    return await run.run();
  } catch (error) {
    const told = toldAsFullDisk(error, [path.join(folder, "runner.lock")]);
    return { outcome: "failed", error: toWireError(told), transient: false };
  }
}

const end = await main(Deno.args[0]);
say({ message: "ended", end });
Deno.exit(EXIT_STATUS[end.outcome]);
