/** Entry of the runner process: `runner.ts <job folder>`; see `src/shared/job/runner_messages.ts` for its contract. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import { parseWork } from "../../src/shared/job/parse_work.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { jobOwned } from "../jobs/job_errors.ts";
import { lockRunner } from "../jobs/job_lock.ts";
import { readCommands } from "./commands.ts";
import { JobRun } from "./run_job.ts";

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

function readWork(folder: string): Work {
  try {
    const job: unknown = JSON.parse(fs.readFileSync(path.join(folder, "job.json"), "utf8"));
    return parseWork(typeof job === "object" && job !== null && "work" in job ? job.work : undefined);
  } catch (cause) {
    if (cause instanceof SeisProcError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot run job ${path.basename(folder)}: expected a readable job.json, found: ${reason}`;
    throw new SeisProcError("job-damaged", message, { job: path.basename(folder), reason }, cause);
  }
}

async function main(folder: string): Promise<RunnerEnd> {
  try {
    // Held until this process ends: whoever would start another runner here sees that this one lives.
    if (lockRunner(folder) === undefined) throw jobOwned(path.basename(folder));
    const run = new JobRun(folder, readWork(folder), say);
    readCommands((command) => run.obey(command), () => run.obey({ command: "interrupt" }));
    Deno.addSignalListener("SIGINT", () => {});
    if (Deno.build.os !== "windows") {
      Deno.addSignalListener("SIGTERM", () => run.obey({ command: "interrupt" }));
    }
    return await run.run();
  } catch (error) {
    return { outcome: "failed", error: toWireError(error), transient: false };
  }
}

const end = await main(Deno.args[0]);
say({ message: "ended", end });
Deno.exit(EXIT_STATUS[end.outcome]);
