import type { Job } from "../../src/shared/job/job.ts";
import type { News } from "../../src/shared/job/news.ts";
import type { JobManager } from "../jobs/manager.ts";
import { exitOfState } from "./exit_status.ts";
import { LaunchWatch } from "./launch_watch.ts";
import { duration, progressLine } from "./progress_line.ts";

/**
 * Follows a job of this process to its rest: JSON lines or a progress line, Ctrl-C as the command line promises
 * (once: finish the blocks in hand and stop; twice: cancel). Returns the exit status.
 */
export async function followJob(manager: JobManager, id: string, json: boolean): Promise<number> {
  const first = manager.get(id);
  const show = json ? showJson(id) : showTerminal(first);
  if (json) console.log(JSON.stringify({ id, name: first.name }));
  const unsubscribe = manager.news.subscribe(show);
  const stopSignals = onInterrupt(manager, id);
  const watch = new LaunchWatch(() => void manager.shutdown("the program that started it is gone"));
  try {
    const job = await manager.whenAtRest(id);
    sayEnd(job, json);
    return exitOfState(job.state);
  } finally {
    watch.close();
    stopSignals();
    unsubscribe();
  }
}

function showJson(id: string): (news: News) => void {
  return (news) => {
    if (news.news === "progress" && news.job === id) {
      console.log(JSON.stringify({ news: "progress", progress: news.progress }));
    }
    if (news.news === "job" && news.job.id === id) {
      console.log(JSON.stringify({ news: "state", state: news.job.state, reason: news.job.reason }));
    }
    if (news.news === "log" && news.job === id) {
      console.log(JSON.stringify({ news: "log", level: news.level, text: news.text }));
    }
  };
}

function showTerminal({ id, name }: Job): (news: News) => void {
  const terminal = Deno.stderr.isTerminal();
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  return (news) => {
    if (terminal && news.news === "progress" && news.job === id) {
      write(`\r\x1b[K${progressLine(name, news.progress, columns())}`);
    }
    if (news.news === "log" && news.job === id && news.level !== "info") {
      write(`${terminal ? "\r\x1b[K" : ""}${news.level}: ${news.text}\n`);
    }
    if (terminal && news.news === "job" && news.job.id === id && news.job.endedAt !== null) write("\r\x1b[K");
  };
}

function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

function onInterrupt(manager: JobManager, id: string): () => void {
  let times = 0;
  const interrupted = () => {
    times++;
    const asked = times === 1 ? manager.finishAndStop(id) : manager.cancel(id);
    if (times === 1) console.error("\nFinishing the blocks in hand; Ctrl-C again cancels the job");
    asked.catch(() => {});
  };
  const terminated = () => void manager.shutdown("terminated");
  const signals: [Deno.Signal, () => void][] = Deno.build.os === "windows"
    ? [["SIGINT", interrupted]]
    : [["SIGINT", interrupted], ["SIGTERM", terminated], ["SIGHUP", terminated]];
  for (const [signal, listener] of signals) Deno.addSignalListener(signal, listener);
  return () => signals.forEach(([signal, listener]) => Deno.removeSignalListener(signal, listener));
}

function sayEnd(job: Job, json: boolean): void {
  if (json) {
    const { id, name, state, result, error, reason } = job;
    console.log(JSON.stringify({ id, name, state, result, error, reason }));
  } else if (job.result) {
    const { result } = job;
    for (const { path, bytes, traces } of result.outputs) {
      console.log(`${path}: ${traces.toLocaleString("en")} traces, ${(bytes / 1e6).toFixed(1)} MB`);
    }
    const rate = Math.round(result.tracesRead / Math.max(result.seconds, 1e-3)).toLocaleString("en");
    console.log(
      `${result.tracesRead.toLocaleString("en")} traces in ${duration(result.seconds)} (${rate} traces/s)`,
    );
    for (const { trace, traces, error } of result.skipped) {
      console.log(`skipped: ${traces} from trace ${trace}: ${error.message}`);
    }
  } else console.log(`${job.name}: ${job.state}${job.reason ? ` (${job.reason})` : ""}`);
  if (job.error) console.error(job.error.message);
  if (!json && exitOfState(job.state) === 4) console.log(`Go on with: seisproc jobs resume ${job.id}`);
}
