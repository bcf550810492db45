/** What the job system costs and how fast it obeys, measured on the real manager and the real runner. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawn } from "node:child_process";
import { measuredPreflight } from "../../sidecar/flow/estimate/measured_preflight.ts";
import { loadFlow } from "../../sidecar/flow/document/load_flow.ts";
import { flowWork, typeOfFlow } from "../../sidecar/jobs/adapters/processing_job_adapter.ts";
import { JobManager, type Submission } from "../../sidecar/jobs/manager.ts";
import type { ManagerRole } from "../../sidecar/jobs/known/presence.ts";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import { openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import { isEnded } from "../../src/shared/job/job.ts";
import type { RunnerOptions } from "../../src/shared/job/work.ts";
import { pause, summarize, timeInTurn } from "./measure.ts";

export function openManager(root: string, role: ManagerRole = "run"): JobManager {
  const workspace = openWorkspace(root);
  const preflight = measuredPreflight;
  return JobManager.open({ workspace, role, launcher: launchRunner, preflight, program: "bench" });
}

function submission(flowFile: string, runner: RunnerOptions = {}) {
  const flow = loadFlow(flowFile);
  return { type: typeOfFlow(flow), name: flow.name, work: flowWork({ flow, runner }) };
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
    const [managed, alone] = await timeInTurn(runs, [
      async () => void (id = await runJob(manager, ask)),
      () => runAlone(path.join(manager.workspace.jobs, id)),
    ]);
    return { manager: managed.median, runner: alone.median };
  } finally {
    await manager.shutdown();
  }
}

async function runJob(manager: JobManager, ask: Submission): Promise<string> {
  const { id } = await manager.submit(ask);
  const job = await manager.whenAtRest(id);
  if (job.state !== "completed") throw new Error(`${job.name} is ${job.state}: ${job.error?.message}`);
  return id;
}

/** Seconds that preflight expected of a job, and that it took. */
export async function estimateAndTruth(
  flowFile: string,
  environment: { readonly SEISPROC_WORKSPACE: string },
): Promise<{ expected: number; taken: number }> {
  const manager = openManager(environment.SEISPROC_WORKSPACE);
  try {
    const { estimate, result } = manager.get(await runJob(manager, submission(flowFile)));
    return { expected: estimate?.seconds ?? 0, taken: result?.seconds ?? 0 };
  } finally {
    await manager.shutdown();
  }
}

/** A checkpoint that comes after the end of any job. */
const NEVER_MS = 3_600_000;

/** Seconds of a job with a checkpoint every so many milliseconds, and without any on the way. */
export async function checkpointCost(
  flowFile: string,
  environment: { readonly SEISPROC_WORKSPACE: string },
  everyMs: number,
  runs: number,
): Promise<{ often: number; never: number }> {
  const manager = openManager(environment.SEISPROC_WORKSPACE);
  try {
    const [often, never] = await timeInTurn(
      runs,
      [everyMs, NEVER_MS].map((checkpointMs) => async () => {
        await runJob(manager, submission(flowFile, { checkpointMs }));
      }),
    );
    return { often: often.median, never: never.median };
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
        seconds.push(await latency(manager, flowFile, verb, (i * 37 % 100) * 1.5));
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

/** Tries for a sample whose job had not ended when it was told. */
const TRIES = 20;

async function latency(manager: JobManager, flowFile: string, verb: Latency["verb"], afterMs: number) {
  for (let tries = 0; tries < TRIES; tries++) {
    const seconds = await oneLatency(manager, flowFile, verb, afterMs);
    if (seconds !== undefined) return seconds;
  }
  throw new Error(`the job of ${flowFile} always ended before it could be told to ${verb}`);
}

/** Undefined when the job ended by itself. */
async function oneLatency(
  manager: JobManager,
  flowFile: string,
  verb: Latency["verb"],
  afterMs: number,
): Promise<number | undefined> {
  const { id } = await manager.submit(submission(flowFile));
  await processing(manager, id);
  await pause(afterMs);
  const start = performance.now();
  try {
    await manager[verb](id);
  } catch (error) {
    if (isEnded(manager.get(id).state)) return undefined;
    throw error;
  }
  const { state } = await manager.whenAtRest(id);
  const seconds = (performance.now() - start) / 1000;
  if (state === "paused") await manager.cancel(id);
  return state === (verb === "pause" ? "paused" : "cancelled") ? seconds : undefined;
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
