/** Finds jobs by what the store knows without decoding them; only a search for text reads them. */
import { isEnded, type Job } from "../../../src/shared/job/job.ts";
import type { JobFilter } from "../../../src/shared/protocol/commands.ts";
import type { JobFacts } from "./job_index.ts";
import type { JobStore } from "./job_store.ts";

export interface Found {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Of the matching jobs the newest `limit` before `filter.before`, newest first. */
export function searchJobs(store: JobStore, filter: JobFilter, limit: number): Found {
  const { before } = filter;
  const ids = matchingJobs(store, filter);
  const older = before === undefined ? ids : ids.filter((id) => id < before);
  return { ids: older.slice(-limit).reverse(), total: ids.length };
}

/** The ids of all jobs that match, oldest first. */
export function matchingJobs(store: JobStore, filter: JobFilter): string[] {
  const { text, tag, errorTag } = filter;
  const matching = [...store.facts()].filter((job) => matches(job, filter)).sort(byId).map((job) => job.id);
  const found = text === undefined ? matching : withText(store, text, matching);
  if (tag === undefined && errorTag === undefined) return found;
  return found.filter((id) => {
    const job = store.get(id);
    if (tag !== undefined && job?.tags.includes(tag) !== true) return false;
    return errorTag === undefined || job?.error?.tag === errorTag;
  });
}

/** The last `ended` of the jobs that ended, by that time, and then all others, oldest first. */
export function latestJobs(store: JobStore, ended: number): Found {
  const facts = [...store.facts()].sort(byId);
  const over = facts.filter((job) => isEnded(job.state)).sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  const open = facts.filter((job) => !isEnded(job.state));
  return { ids: [...over.slice(-ended), ...open].map((job) => job.id), total: facts.length };
}

export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function matches(job: JobFacts, { states, types, parent, endedSince, endedBefore }: JobFilter): boolean {
  if (states !== undefined && !states.includes(job.state)) return false;
  if (types !== undefined && !types.includes(job.type)) return false;
  if (parent !== undefined && job.parent !== parent) return false;
  if (endedBefore !== undefined && (job.endedAt === null || job.endedAt >= endedBefore)) return false;
  return endedSince === undefined || (job.endedAt !== null && job.endedAt >= endedSince);
}

/** Text in names, ids, tags and errors. */
function withText(store: JobStore, text: string, ids: readonly string[]): string[] {
  const wanted = text.toLowerCase();
  return store.idsWithText(text, ids).filter((id) => {
    const job = store.get(id);
    return job !== undefined && textsOf(job).some((one) => one.toLowerCase().includes(wanted));
  });
}

function textsOf(job: Job): string[] {
  return [job.name, job.id, job.error?.message ?? "", ...job.tags];
}
