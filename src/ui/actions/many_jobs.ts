/** One verb for many jobs: a group, failures of one kind, what is selected. Refusals are told in one line. */
import type { Job } from "../../shared/job/job.ts";
import type { Requests } from "../../shared/protocol/commands.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { go, route } from "../state/route.ts";
import { showToast } from "../state/toasts.ts";
import { JOBS } from "../texts/jobs.ts";
import { attempt } from "./failure.ts";
import { type JobVerb, verbsOf } from "./jobs.ts";

type Change = Requests["change_jobs"];

export function changeJobs(change: Change): Promise<boolean> {
  return attempt(async () => {
    const { changed, refused } = await theSidecar().ask("change_jobs", change);
    if (refused.length === 0) return;
    showToast("warning", JOBS.someRefused(refused.length, changed + refused.length), {
      detail: refused[0].error.message,
    });
  });
}

export function changeGroup(group: string, verb: Change["verb"]): Promise<boolean> {
  return changeJobs({ verb, filter: { parent: group } });
}

export function retryFailedOf(group: string): Promise<boolean> {
  return changeJobs({ verb: "retry", filter: { parent: group, states: ["failed", "timed_out"] } });
}

/** Those of them that can be asked. */
export function retryAll(jobs: readonly Job[]): Promise<boolean> {
  return changeJobs({ verb: "retry", jobs: idsOf(jobs, "retry_job") });
}

/** The page of a job that is removed is left. */
export async function removeAll(jobs: readonly Job[]): Promise<void> {
  const ids = idsOf(jobs, "remove_job"), { view, rest } = route.peek();
  const done = await changeJobs({ verb: "remove", jobs: ids });
  if (done && view === "jobs" && ids.includes(rest)) go("jobs");
}

function idsOf(jobs: readonly Job[], verb: JobVerb): readonly string[] {
  return jobs.filter(({ state }) => verbsOf(state).includes(verb)).map(({ id }) => id);
}
