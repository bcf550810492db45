/**
 * Lists all jobs of the workspace after the stream has begun: first those that this browser keeps, then, told apart by
 * their stamps, those that are new or differ. What is no longer in the workspace goes. Without a database all come from
 * the sidecar.
 */
import { showJobs, showNoLonger } from "../../connection/connect.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import type { HistoryKeeper } from "../../history/keep_history.ts";
import { peekJob } from "../../state/jobs.ts";

type Kept = Pick<HistoryKeeper, "keep" | "forget" | "pages">;

const MOST_AT_ONCE = 500;

export async function refillHistory(history: Kept, signal?: AbortSignal): Promise<void> {
  const stamps = new Map((await theSidecar().ask("list_job_stamps", {}, signal)).stamps);
  const same = await showKept(history, stamps, signal);
  const asked = [...stamps.keys()].filter((id) => !same.has(id)).reverse();
  for (let i = 0; i < asked.length && signal?.aborted !== true; i += MOST_AT_ONCE) {
    const ids = asked.slice(i, i + MOST_AT_ONCE);
    const { jobs, missing } = await theSidecar().ask("get_jobs", { jobs: ids }, signal);
    showJobs(jobs, stamps.size);
    history.keep(jobs.map((job) => ({ job, stamp: stamps.get(job.id) ?? null })));
    if (missing.length > 0) history.forget(missing);
  }
}

/** Shows what is kept and still true; returns which jobs need not be asked for. */
async function showKept(
  history: Kept,
  stamps: ReadonlyMap<string, number>,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const same = new Set<string>(), gone: string[] = [];
  for await (const page of history.pages()) {
    if (signal?.aborted) break;
    const jobs = page.filter(({ job, stamp }) => stamp !== null && stamps.get(job.id) === stamp).map((
      { job },
    ) => job);
    for (const { id } of jobs) same.add(id);
    for (const { job } of page) if (!stamps.has(job.id)) gone.push(job.id);
    showJobs(jobs, stamps.size);
  }
  if (gone.length > 0) history.forget(gone);
  // A job that the page has from before and the workspace has no more was removed while nobody told.
  showNoLonger(gone.filter((id) => peekJob(id) !== undefined));
  return same;
}
