/** What the user may ask of jobs. The events tell what came of it; a refusal becomes a toast. */
import type { Job, JobRequest, JobState, Priority } from "../../shared/job/job.ts";
import type { JobEvent } from "../../shared/job/events.ts";
import { showJobs } from "../connection/connect.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { endedJobs, peekJob } from "../state/jobs.ts";
import { go, route } from "../state/route.ts";
import { attempt } from "./failure.ts";

/** Events of a journal that are asked for at once. */
const PAGE = 10_000;

export type JobVerb = "pause_job" | "resume_job" | "finish_job" | "cancel_job" | "retry_job" | "remove_job";

/** What a job in this state can be asked. */
export function verbsOf(state: JobState): readonly JobVerb[] {
  switch (state) {
    case "created":
    case "queued":
      return ["cancel_job"];
    case "running":
      return ["pause_job", "finish_job", "cancel_job"];
    case "pausing":
      return ["cancel_job"];
    case "paused":
    case "interrupted":
      return ["resume_job", "cancel_job"];
    case "cancelling":
      return [];
    case "completed":
      return ["remove_job"];
    case "failed":
    case "cancelled":
    case "timed_out":
      return ["retry_job", "remove_job"];
  }
}

export async function ask(verb: JobVerb, job: string): Promise<boolean> {
  const done = await attempt(() => theSidecar().ask(verb, { job }));
  const { view, rest } = route.peek();
  if (done && verb === "remove_job" && view === "jobs" && rest === job) go("jobs");
  return done;
}

export function pauseAll(): Promise<boolean> {
  return attempt(() => theSidecar().ask("pause_all", {}));
}

export function resumeAll(): Promise<boolean> {
  return attempt(() => theSidecar().ask("resume_all", {}));
}

export function cancelAll(keepPartial: boolean): Promise<boolean> {
  return attempt(() => theSidecar().ask("cancel_all", { keepPartial }));
}

/** What the job was asked to do. */
export async function requestOf(job: string): Promise<JobRequest> {
  return (await theSidecar().ask("job_request", { job })).request;
}

/** All that the job's journal tells: its states, progress and log from the first line on. */
export async function journalOf(job: string, signal?: AbortSignal): Promise<readonly JobEvent[]> {
  const events: JobEvent[] = [];
  for (let total = 1; events.length < total;) {
    const page = await theSidecar().ask("job_history", { job, after: events.length, limit: PAGE }, signal);
    if (page.events.length === 0) break;
    events.push(...page.events);
    total = page.total;
  }
  return events;
}

export function renameJob(job: string, name: string): Promise<boolean> {
  return attempt(() => theSidecar().ask("rename_job", { job, name }));
}

export function prioritise(job: string, priority: Priority): Promise<boolean> {
  return attempt(() => theSidecar().ask("set_priority", { job, priority }));
}

/** Cancels and leaves the partial output beside where the output would be. */
export function cancelKeeping(job: string): Promise<boolean> {
  return attempt(() => theSidecar().ask("cancel_job", { job, keepPartial: true }));
}

/** Adds tags to jobs, or takes them away. */
export async function tagAll(jobs: readonly Job[], tag: string, on: boolean): Promise<void> {
  for (const { id } of jobs) {
    const tags = (peekJob(id)?.tags ?? []).filter((one) => one !== tag);
    await attempt(() => theSidecar().ask("tag_job", { job: id, tags: on ? [...tags, tag] : tags }));
  }
}

/** Asks for the jobs that the event stream did not begin with, page by page. */
export async function loadAllJobs(): Promise<void> {
  for (let more = true; more;) {
    const oldest = endedJobs.peek().reduce((least, { id }) => id < least ? id : least, "~");
    const { jobs, total } = await theSidecar().ask("list_jobs", { before: oldest, limit: 1000 });
    showJobs(jobs, total);
    more = jobs.length > 0;
  }
}
