/** Preflight whose estimate is measured: a job that may take long is tried on a few of its blocks. */
import fs from "node:fs";
import path from "node:path";
import type { Work } from "../../../src/shared/job/work.ts";
import type { FlowWork } from "../plan_flow.ts";
import { preflight, type PreflightReport, SCAN_TRACES_PER_SECOND } from "../preflight.ts";
import { workerCount } from "../worker_count.ts";
import type { Trial } from "./trial.ts";
import type { TrialAsk } from "./trial_worker.ts";

/** A job that by rough figures takes less starts at once: figures may be wrong by several times. */
const WORTH_A_TRIAL_SECONDS = 1;
/** A trial that hangs on a disk or has endless gathers is given up. */
const PATIENCE_MS = 3000;
const KEPT = 64;

/** By what the time of a trace depends on: many works of one kind, and one that is asked and then submitted, share. */
const trials = new Map<string, Promise<Trial | null>>();

/**
 * Checks as `preflight` does and measures how long the job will take, at most 0.3 s long, in a worker.
 * @throws SeisProcError what `preflight` throws
 */
export async function measuredPreflight(work: Work): Promise<PreflightReport> {
  const report = preflight(work);
  if (work.kind !== "flow" || report.estimate.seconds < WORTH_A_TRIAL_SECONDS) return report;
  const trial = await trialOf(work, report);
  return trial === null ? report : { ...report, estimate: { ...report.estimate, seconds: secondsOf(trial) } };

  function secondsOf({ secondsPerTrace, readsHeadersFirst }: Trial): number {
    const atOnce = Math.min(workerCount(work), navigator.hardwareConcurrency);
    const planning = readsHeadersFirst ? report.traces / SCAN_TRACES_PER_SECOND : 0;
    return planning + secondsPerTrace * report.traces / atOnce;
  }
}

function trialOf(work: FlowWork, report: PreflightReport): Promise<Trial | null> {
  const key = kindOf(work, report);
  const known = trials.get(key);
  if (known !== undefined) return known;
  // One after the other, so that none disturbs another.
  const last = [...trials.values()].at(-1);
  const trial = Promise.resolve(last).then(() => tryInWorker(work));
  trials.set(key, trial);
  if (trials.size > KEPT) trials.delete([...trials.keys()][0]);
  return trial;
}

/** What works have in common that take the same time a trace: what is done, from which and to which folder. */
function kindOf({ flow, onError }: FlowWork, { traceBytes }: PreflightReport): string {
  const { input: { path: from, traces: _, ...input }, output: { path: to, text: __, ...output } } = flow;
  const places = [path.dirname(from), path.extname(from), path.dirname(to), path.extname(to)];
  return JSON.stringify([flow.processes, input, output, places, traceBytes, onError]);
}

async function tryInWorker(work: FlowWork): Promise<Trial | null> {
  const folder = temporaryFolder();
  if (folder === undefined) return null;
  const worker = new Worker(new URL("./trial_worker.ts", import.meta.url).href, { type: "module" });
  const { promise, resolve } = Promise.withResolvers<Trial | null>();
  const timer = setTimeout(resolve, PATIENCE_MS, null);
  worker.onmessage = ({ data }: MessageEvent<Trial | null>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    resolve(null);
  };
  worker.postMessage({ work, folder } satisfies TrialAsk);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.terminate();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined where none can be made: then the rough figures stand. */
function temporaryFolder(): string | undefined {
  try {
    return Deno.makeTempDirSync({ prefix: "seisproc-trial-" });
  } catch {
    return undefined;
  }
}
