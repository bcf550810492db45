/** What `seisproc jobs ...` does, on a manager and a place to print to. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isAtRest } from "../../../src/shared/job/job.ts";
import { cut, jsonLine } from "../../../src/shared/shown.ts";
import { isJobId } from "../../jobs/folder/workspace.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { EXIT } from "../exit_status.ts";
import { type JobsDoor, sayJob } from "./jobs_door.ts";
import { list, show } from "./show_jobs.ts";
import { settle, watchAll, watchJob } from "./watch_jobs.ts";

export const JOBS_VERBS = ["list", "show", "watch", "pause", "resume", "cancel", "retry", "remove"] as const;
export type JobsVerb = typeof JOBS_VERBS[number];

/** Runs one verb; returns the exit status. `id`: whole, or a beginning or end that only one job has. */
export async function runJobsVerb(door: JobsDoor, verb: JobsVerb, id: string | undefined): Promise<number> {
  await door.manager.lookAround();
  if (verb === "list") return list(door);
  if (verb === "watch" && id === undefined) return await watchAll(door);
  if (id === undefined) throw usage(verb);
  const whole = findJob(door.manager, id);
  if (verb === "remove") return await remove(door, whole);
  const job = door.manager.get(whole);
  switch (verb) {
    case "show":
      return show(door, job);
    case "watch":
      return await watchJob(door, job);
    case "pause":
      await door.manager.pause(job.id);
      return await settle(door, job.id, "paused");
    case "cancel":
      await door.manager.cancel(job.id, { keepPartial: door.keepPartial ?? false });
      return await settle(door, job.id, "cancelled");
    case "resume":
    case "retry":
      await door.manager[verb](job.id);
      return await runOrHandOver(door, job.id);
  }
}

/** The id of the one job that `text` names. */
export function findJob(manager: JobManager, text: string): string {
  if (isJobId(text)) return text;
  const ids = manager.ids();
  if (ids.includes(text)) return text;
  const found = text.length < 3 ? [] : ids.filter((id) => id.startsWith(text) || id.endsWith(text));
  if (found.length === 1) return found[0];
  if (found.length === 0) return text;
  const message =
    `Cannot choose job ${cut(text)}: expected one job, found ${found.length}, such as ${found[0]}: ` +
    "give more of its id";
  throw new SeisProcError("usage", message, { argument: text });
}

/** Also of what cannot be read as a job. */
async function remove(door: JobsDoor, id: string): Promise<number> {
  const job = door.manager.problem(id) === undefined ? door.manager.get(id) : undefined;
  await door.manager.remove(id);
  if (job !== undefined) sayJob(door, job, "removed");
  else door.print(door.json ? jsonLine({ id, what: "removed" }) : `${id}: removed`);
  return EXIT.completed;
}

async function runOrHandOver(door: JobsDoor, id: string): Promise<number> {
  const job = door.manager.get(id);
  if (job.manager === door.manager.id || isAtRest(job.state)) return await door.follow(id);
  sayJob(door, job, "handed to the desktop");
  return EXIT.completed;
}

function usage(verb: string): SeisProcError<"usage"> {
  const message = `Cannot ${verb} a job: expected its id, found none: see seisproc jobs list`;
  return new SeisProcError("usage", message, { argument: "ID" });
}
