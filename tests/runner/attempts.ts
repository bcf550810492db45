/** Attempts of a job in one folder, in this process, that can be stopped or disturbed after any block. */
import fs from "node:fs";
import path from "node:path";
import { JobRun } from "../../sidecar/runner/run_job.ts";
import type { RunnerCommand, RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { InProcessPool } from "./in_process_pool.ts";

export interface Attempt {
  readonly end: RunnerEnd;
  readonly blocks: number;
  readonly blocksKept: number;
  readonly warnings: readonly string[];
}

export interface AttemptOptions {
  /** Pauses after so many blocks; 0: before the first. */
  readonly pauseAfter?: number;
  readonly onBlock?: (written: number) => void;
  /** Said before it starts. */
  readonly asked?: RunnerCommand;
}

/** One run of the job in its folder. */
export async function attempt(folder: string, work: Work, options: AttemptOptions = {}): Promise<Attempt> {
  fs.mkdirSync(folder, { recursive: true });
  let blocks = 0, blocksKept = 0;
  const warnings: string[] = [];
  const say = (message: RunnerMessage) => {
    if (message.message === "planned") ({ blocks, blocksKept } = message);
    if (message.message === "log" && message.level === "warning") warnings.push(message.text);
  };
  const pool = new InProcessPool((written) => {
    options.onBlock?.(written);
    if (written === options.pauseAfter) run.obey({ command: "pause" });
  });
  const run = new JobRun(folder, work, pool, say);
  if (options.asked) run.obey(options.asked);
  return { end: await run.run(), blocks, blocksKept, warnings };
}

let jobs = 0;

/** A folder for a new job, with the name of one. */
export function newJobFolder(parent: string): string {
  return path.join(parent, "jobs", `20260101-000000-000-${(0xabc000 + jobs++).toString(16)}`);
}
