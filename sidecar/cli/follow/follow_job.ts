/**
 * A job of this process as the command line follows it to its rest: Ctrl-C as promised (once: finish the blocks in hand
 * and stop; twice: cancel), ended when this process is told to end.
 */
import type { Job } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { RunOptions } from "../../jobs/processing_api.ts";
import { JobMonitor } from "../../monitor/job_monitor.ts";
import { exitOfState } from "../exit_status.ts";
import { openManager } from "../open_manager.ts";
import { complain } from "../terminal.ts";
import type { Face } from "./face.ts";
import { JsonFace } from "./json_face.ts";
import { LineFace } from "./line_face.ts";
import { onInterrupt, whenToldToEnd } from "./told_to_end.ts";

type Operation = (manager: JobManager, options: RunOptions) => Promise<Job>;

/** Runs one long operation on a manager of this process and shows it. Returns the exit status. */
export async function runAndShow(json: boolean, operation: Operation): Promise<number> {
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

async function show(manager: JobManager, json: boolean, operation: Operation): Promise<number> {
  const face = json ? new JsonFace() : new LineFace();
  const endings = [whenToldToEnd((why) => void manager.shutdown(why))];
  try {
    const job = await operation(manager, {
      onSubmitted: (submitted) => {
        face.submitted(submitted);
        endings.push(obeyInterrupts(manager, submitted.id), tellNews(manager, submitted.id, face));
      },
      onProgress: (progress) => face.progress(progress),
    });
    face.end(job);
    return exitOfState(job.state);
  } finally {
    for (const end of endings) end();
  }
}

function tellNews(manager: JobManager, id: string, face: Face): () => void {
  return manager.news.subscribe((news) => {
    if (news.news === "alert" || jobOf(news) === id) face.news(news);
  });
}

function jobOf(news: News): string | undefined {
  if (news.news === "job") return news.job.id;
  return news.news === "log" ? news.job : undefined;
}

function obeyInterrupts(manager: JobManager, id: string): () => void {
  return onInterrupt((times) => {
    // What only waits has nothing in hand: it is left in the queue.
    if (times === 1 && manager.get(id).state === "queued") return void manager.shutdown("interrupted");
    // Behind the ^C that a terminal shows.
    if (times === 1 && Deno.stderr.isTerminal()) complain("");
    if (times === 1) complain("Finishing the blocks in hand; Ctrl-C again cancels the job");
    const asked = times === 1 ? manager.finishAndStop(id) : manager.cancel(id);
    asked.catch(() => {});
  });
}
