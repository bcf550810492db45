/** What `seisproc jobs ...` does, on a manager and a place to print to. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isActive, isAtRest, type Job } from "../../../src/shared/job/job.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { cut, jsonLine } from "../../../src/shared/shown.ts";
import type { JobManager } from "../../jobs/manager.ts";

export const JOBS_VERBS = ["list", "show", "watch", "pause", "resume", "cancel", "retry", "remove"] as const;
export type JobsVerb = typeof JOBS_VERBS[number];

export interface JobsDoor {
  readonly manager: JobManager;
  readonly json: boolean;
  /** A cancel leaves partial output as `.part`. */
  readonly keepPartial?: boolean;
  /** A line on stdout. */
  print(line: string): void;
  /** A line on stderr. */
  warn(line: string): void;
  /** Replaces the line in progress on a terminal; does nothing elsewhere. */
  live(name: string, progress: JobProgress | null): void;
  /** Follows a job that this process runs to its rest; returns the exit status. */
  follow(id: string): Promise<number>;
  exitOf(state: Job["state"]): number;
}

/** Runs one verb; returns the exit status. `id`: whole, or a beginning or end that only one job has. */
export async function runJobsVerb(door: JobsDoor, verb: JobsVerb, id: string | undefined): Promise<number> {
  if (verb === "list") return list(door);
  if (id === undefined) throw usage(verb);
  const job = door.manager.get(findJob(door.manager, id));
  switch (verb) {
    case "show":
      return show(door, job);
    case "watch":
      return await watch(door, job);
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
    case "remove":
      await door.manager.remove(job.id);
      sayJob(door, job, "removed");
      return 0;
  }
}

/** The id of the one job that `text` names. */
export function findJob(manager: JobManager, text: string): string {
  const ids = manager.ids();
  if (ids.includes(text)) return text;
  const found = text.length < 3 ? [] : ids.filter((id) => id.startsWith(text) || id.endsWith(text));
  if (found.length === 1) return found[0];
  if (found.length === 0) return text;
  throw new SeisProcError(
    "usage",
    `Cannot choose job ${text}: expected one job, found ${found.length}, such as ${
      found[0]
    }: give more of its id`,
    { argument: text },
  );
}

function list({ manager, json, print, warn }: JobsDoor): number {
  const jobs = manager.list();
  if (json) { for (const job of jobs) print(jsonLine({ ...job, fraction: fractionOf(job) })); }
  else if (jobs.length === 0) print("No jobs");
  else for (const job of jobs) print(lineOf(job));
  for (const { error } of manager.problems()) warn(error.message);
  return 0;
}

function lineOf(job: Job): string {
  const percent = `${Math.floor(fractionOf(job) * 100)} %`;
  const columns = [
    job.id,
    job.state.padEnd(11),
    percent.padStart(5),
    job.priority.padEnd(8),
    job.type.padEnd(11),
  ];
  return [...columns, cut(job.name)].join("  ");
}

/** How far a job is, 0 to 1: of what is on disk while it does not run. */
export function fractionOf(job: Job): number {
  if (job.state === "completed") return 1;
  if (isActive(job.state) && job.progress !== null) return job.progress.fraction;
  return job.plan === null || job.plan.blocks === 0 ? 0 : job.blocksOnDisk / job.plan.blocks;
}

function show({ manager, json, print }: JobsDoor, job: Job): number {
  const request = manager.request(job.id);
  const log = manager.history(job.id).events.filter((event) => event.event === "log");
  if (json) {
    print(jsonLine({ ...job, fraction: fractionOf(job), request, log }));
    return 0;
  }
  const time = (at: number | null) => at === null ? "-" : new Date(at).toLocaleString("sv");
  const rows: [string, string][] = [
    ["name", job.name],
    ["id", job.id],
    ["type", job.type],
    ["state", job.reason === null ? job.state : `${job.state} (${job.reason})`],
    ["priority", job.priority],
    ["attempt", String(job.attempt)],
    ["blocks on disk", blocksOnDisk(job)],
    ["created", time(job.createdAt)],
    ["started", time(job.startedAt)],
    ["ended", time(job.endedAt)],
    ["running for", `${(job.ranMs / 1000).toFixed(1)} s`],
    ["output", job.plan?.outputs.map((output) => output.path).join(", ") || "-"],
  ];
  if (job.tags.length > 0) rows.push(["tags", job.tags.join(", ")]);
  if (job.error !== null) rows.push(["error", job.error.message]);
  for (const [name, value] of rows) print(`${name.padEnd(15)} ${value}`);
  for (const event of log) print(`${time(event.at)} ${event.level}: ${event.text}`);
  return 0;
}

function blocksOnDisk({ plan, state, blocksOnDisk }: Job): string {
  if (plan === null) return "-";
  return `${state === "completed" ? plan.blocks : blocksOnDisk} of ${plan.blocks}`;
}

/** Follows a job wherever it runs; ending the watch leaves the job alone. */
async function watch(door: JobsDoor, { id }: Job): Promise<number> {
  const { manager, json, print } = door;
  let lastState = "";
  const sayState = (job: Job) => {
    if (job.state === lastState) return;
    lastState = job.state;
    door.live(job.name, null);
    sayJob(door, job);
  };
  sayState(manager.get(id));
  const stop = manager.news.subscribe((news) => {
    if (news.news === "job" && news.job.id === id) sayState(news.job);
    if (news.news !== "progress" || news.job !== id) return;
    if (json) print(jsonLine({ news: "progress", progress: news.progress }));
    else door.live(manager.get(id).name, news.progress);
  });
  // Watching a file does not keep a process alive; this does.
  const awake = setInterval(() => {}, 1000);
  try {
    const job = await manager.whenAtRest(id);
    sayState(job);
    if (job.error !== null) door.warn(job.error.message);
    return door.exitOf(job.state);
  } finally {
    clearInterval(awake);
    stop();
  }
}

/** Waits for what was asked and says what became of the job; not what was asked is a failure. */
async function settle(door: JobsDoor, id: string, wanted: Job["state"]): Promise<number> {
  const awake = setInterval(() => {}, 1000);
  try {
    const job = await door.manager.whenAtRest(id);
    sayJob(door, job);
    return job.state === wanted ? 0 : 1;
  } finally {
    clearInterval(awake);
  }
}

async function runOrHandOver(door: JobsDoor, id: string): Promise<number> {
  const job = door.manager.get(id);
  if (job.manager === door.manager.id || isAtRest(job.state)) return await door.follow(id);
  sayJob(door, job, "handed to the desktop");
  return 0;
}

function sayJob({ json, print }: JobsDoor, job: Job, what: string = job.state): void {
  const { id, name, type, state, priority } = job;
  if (json) print(jsonLine({ id, name, type, state, priority, fraction: fractionOf(job), what }));
  else print(`${cut(name)} (${id}): ${what}${job.reason ? ` (${job.reason})` : ""}`);
}

function usage(verb: string): SeisProcError<"usage"> {
  return new SeisProcError(
    "usage",
    `Cannot ${verb} a job: expected its id, found none: see seisproc jobs list`,
    {
      argument: "ID",
    },
  );
}
