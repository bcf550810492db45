/** What the job system costs and how fast it obeys, measured on the real manager and the real runner. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawn } from "node:child_process";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { loadFlow } from "../../sidecar/flow/load_flow.ts";
import { flowWork, typeOfFlow } from "../../sidecar/jobs/adapters/processing_job_adapter.ts";
import { JobManager } from "../../sidecar/jobs/manager.ts";
import { launchRunner } from "../../sidecar/jobs/runner_launcher.ts";
import { openWorkspace } from "../../sidecar/jobs/workspace.ts";
import { summarize, time } from "./measure.ts";

function openManager(root: string): JobManager {
  const workspace = openWorkspace(root);
  return JobManager.open({ workspace, role: "run", launcher: launchRunner, preflight, program: "bench" });
}

function submission(flowFile: string) {
  const flow = loadFlow(flowFile);
  return { type: typeOfFlow(flow), name: flow.name, work: flowWork({ flow }) };
}

/** Seconds of one job through a manager, and of its runner alone in the same folder with nobody recording. */
export async function jobShare(
  flowFile: string,
  environment: { readonly SEISPROC_WORKSPACE: string },
  runs: number,
): Promise<{ manager: number; runner: number }> {
  const manager = openManager(environment.SEISPROC_WORKSPACE);
  try {
    const ask = submission(flowFile);
    let id = "";
    const managed = await time(runs, async () => {
      id = (await manager.submit(ask)).id;
      await manager.whenAtRest(id);
    });
    const folder = path.join(manager.workspace.jobs, id);
    const alone = await time(runs, () => runAlone(folder));
    return { manager: managed.median, runner: alone.median };
  } finally {
    await manager.shutdown();
  }
}

function runAlone(folder: string): Promise<void> {
  fs.rmSync(path.join(folder, "checkpoint"), { force: true });
  const { command, args } = launchRunner(folder);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: ["pipe", "ignore", "inherit"] });
    child.on("close", (code) => code === 0 ? resolve() : reject(new Error(`the runner ended with ${code}`)));
  });
}

export interface Latency {
  readonly verb: "cancel" | "pause";
  readonly median: number;
  readonly worst: number;
}

/** Seconds from the command's arrival until the runner is gone and its cores are idle, at random moments of the job. */
export async function jobLatencies(
  flowFile: string,
  environment: { readonly SEISPROC_WORKSPACE: string },
  times: number,
): Promise<Latency[]> {
  const manager = openManager(fs.mkdtempSync(path.join(os.tmpdir(), "seisproc-latency-")));
  try {
    const found: Latency[] = [];
    for (const verb of ["cancel", "pause"] as const) {
      const seconds: number[] = [];
      for (let i = 0; i < times; i++) {
        seconds.push(await oneLatency(manager, flowFile, verb, (i * 37 % 100) * 1.5));
      }
      const { median, max } = summarize(seconds);
      found.push({ verb, median, worst: max });
    }
    return found;
  } finally {
    await manager.shutdown();
    fs.rmSync(manager.workspace.root, { recursive: true, force: true });
    fs.mkdirSync(environment.SEISPROC_WORKSPACE, { recursive: true });
  }
}

async function oneLatency(
  manager: JobManager,
  flowFile: string,
  verb: "cancel" | "pause",
  afterMs: number,
): Promise<number> {
  const { id } = await manager.submit(submission(flowFile));
  await processing(manager, id);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const start = performance.now();
  try {
    await manager[verb](id);
  } catch {
    return 0; // It ended at this moment.
  }
  await manager.whenAtRest(id);
  const seconds = (performance.now() - start) / 1000;
  if (manager.get(id).state === "paused") await manager.cancel(id);
  return seconds;
}

/** Resolves when the job's workers are at work. */
function processing(manager: JobManager, id: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = manager.news.subscribe((news) => {
      const started = news.news === "progress" && news.job === id && news.progress.phase === "processing";
      const ended = news.news === "job" && news.job.id === id && news.job.endedAt !== null;
      if (!started && !ended) return;
      stop();
      resolve();
    });
  });
}
