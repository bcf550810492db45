/** What the user may ask of jobs. The events tell what came of it; a refusal becomes a toast. */
import type { Job, JobRequest, JobState } from "../../shared/job/job.ts";
import type { Replies } from "../../shared/protocol/commands.ts";
import { loadOlderJobs } from "../connection/connect.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { endedJobs } from "../state/jobs.ts";
import { go, route } from "../state/route.ts";
import { attempt } from "./failure.ts";

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

/** Asks one after another, so that the order is kept. */
export async function askAll(verb: JobVerb, jobs: readonly Pick<Job, "id" | "state">[]): Promise<void> {
  for (const { id, state } of jobs) if (verbsOf(state).includes(verb)) await ask(verb, id);
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

/** Lines of the job's log. */
export function logOf(job: string, limit: number, signal?: AbortSignal): Promise<Replies["job_log"]> {
  return theSidecar().ask("job_log", { job, limit }, signal);
}

/** Asks for the jobs that the event stream did not begin with, page by page. */
export async function loadAllJobs(): Promise<void> {
  for (let more = true; more;) {
    const oldest = endedJobs.peek().reduce((least, { id }) => id < least ? id : least, "~");
    more = await loadOlderJobs(oldest);
  }
}
