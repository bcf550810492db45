/**
 * A job of this process as the command line shows it: JSON lines or a progress line, Ctrl-C as promised (once: finish
 * the blocks in hand and stop; twice: cancel), and an end that tells the result.
 */
import type { Job, JobEstimate } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { RunOptions } from "../../jobs/processing_api.ts";
import { JobMonitor } from "../../monitor/job_monitor.ts";
import { EXIT, exitOfState } from "../exit_status.ts";
import { LaunchWatch } from "./launch_watch.ts";
import { openManager } from "../open_manager.ts";
import { duration, LiveLine } from "./progress_line.ts";

/** Runs one long operation on a manager of this process and shows it. Returns the exit status. */
export async function runAndShow(
  json: boolean,
  operation: (manager: JobManager, options: RunOptions) => Promise<Job>,
): Promise<number> {
  const manager = openManager("run");
  const monitor = new JobMonitor(manager);
  try {
    return await show(manager, json, operation);
  } finally {
    monitor.close();
    await manager.shutdown();
  }
}

/** Follows a job that this process has queued already. */
export function followJob(manager: JobManager, id: string, json: boolean): Promise<number> {
  return show(manager, json, async (_, { onSubmitted, onProgress }) => {
    onSubmitted?.(manager.get(id));
    const stop = manager.news.subscribe((news) => {
      if (news.news === "progress" && news.job === id) onProgress?.(news.progress);
    });
    try {
      return await manager.whenAtRest(id);
    } finally {
      stop();
    }
  });
}

async function show(
  manager: JobManager,
  json: boolean,
  operation: (manager: JobManager, options: RunOptions) => Promise<Job>,
): Promise<number> {
  const live = new LiveLine();
  let name = "";
  const watch = new LaunchWatch(() => void manager.shutdown("the program that started it is gone"));
  const endings: (() => void)[] = [() => watch.close()];
  try {
    const job = await operation(manager, {
      onSubmitted: (submitted) => {
        name = submitted.name;
        if (json) print({ id: submitted.id, name });
        else if (submitted.estimate) live.hint(estimateLine(name, submitted.estimate));
        endings.push(onInterrupt(manager, submitted.id), tellNews(manager, submitted.id, json, live));
      },
      onProgress: (progress: JobProgress) => {
        if (json) print({ news: "progress", progress });
        else live.show(name, progress);
      },
    });
    live.clear();
    sayEnd(job, json);
    return exitOfState(job.state);
  } finally {
    for (const end of endings) end();
  }
}

function print(line: unknown): void {
  console.log(JSON.stringify(line));
}

function estimateLine(name: string, { seconds, memoryBytes, diskBytes }: JobEstimate): string {
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
  return `${name}: about ${duration(seconds)}, ${megabytes(memoryBytes)} of memory, ${
    megabytes(diskBytes)
  } on disk`;
}

/** States, each once, log lines and alerts; on a terminal warnings and errors only. */
function tellNews(manager: JobManager, id: string, json: boolean, live: LiveLine): () => void {
  let told = "";
  return manager.news.subscribe((news) => {
    if (news.news === "job" && news.job.id === id && json) {
      const { state, reason } = news.job;
      const line = { news: "state", state, reason };
      if (JSON.stringify(line) !== told) print(line);
      told = JSON.stringify(line);
    }
    if (news.news === "alert") {
      if (json) print({ news: "alert", alert: news.alert });
      else if (news.alert.subject !== id) live.say(`${news.alert.severity}: ${news.alert.text}`);
    }
    if (news.news !== "log" || news.job !== id) return;
    if (json) print({ news: "log", level: news.level, text: news.text });
    else if (news.level !== "info") live.say(`${news.level}: ${news.text}`);
  });
}

/** Ctrl-C comes from the terminal, from the launcher that hands it on (as SIGUSR2), or from both: then it counts once. */
function onInterrupt(manager: JobManager, id: string): () => void {
  const arrived = { direct: 0, handedOn: 0 };
  let times = 0;
  const interrupted = (way: keyof typeof arrived) => {
    arrived[way]++;
    if (arrived[way] <= times) return;
    times = arrived[way];
    if (times === 1) console.error("\nFinishing the blocks in hand; Ctrl-C again cancels the job");
    const asked = times === 1 ? manager.finishAndStop(id) : manager.cancel(id);
    asked.catch(() => {});
  };
  const terminated = () => void manager.shutdown("terminated");
  const signals: [Deno.Signal, () => void][] = Deno.build.os === "windows"
    ? [["SIGINT", () => interrupted("direct")]]
    : [
      ["SIGINT", () => interrupted("direct")],
      ["SIGUSR2", () => interrupted("handedOn")],
      ["SIGTERM", terminated],
      ["SIGHUP", terminated],
    ];
  for (const [signal, listener] of signals) Deno.addSignalListener(signal, listener);
  return () => signals.forEach(([signal, listener]) => Deno.removeSignalListener(signal, listener));
}

function sayEnd(job: Job, json: boolean): void {
  const { id, name, state, result, error, reason } = job;
  if (json) print({ id, name, state, result, error, reason });
  else if (result) sayResult(result);
  else console.log(`${name}: ${state}${reason ? ` (${reason})` : ""}`);
  if (error) console.error(error.message);
  if (!json && exitOfState(state) === EXIT.resumable) console.log(`Go on with: seisproc jobs resume ${id}`);
}

function sayResult(result: NonNullable<Job["result"]>): void {
  for (const warning of result.warnings) console.error(`warning: ${warning}`);
  for (const { path, bytes, traces } of result.outputs) {
    console.log(`${path}: ${traces.toLocaleString("en")} traces, ${(bytes / 1e6).toFixed(1)} MB`);
  }
  const { tracesRead, seconds, skipped } = result;
  const rate = Math.round(tracesRead / Math.max(seconds, 1e-3)).toLocaleString("en");
  console.log(`${tracesRead.toLocaleString("en")} traces in ${duration(seconds)} (${rate} traces/s)`);
  for (const { trace, traces, error } of skipped) {
    const gather = traces === 1
      ? `trace ${trace}`
      : `gather of ${traces} traces, the first of them trace ${trace}`;
    console.log(`skipped: ${gather}: ${error.message}`);
  }
}
