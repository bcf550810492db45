/** `seisproc jobs list` and `show`. */
import type { Job } from "../../../src/shared/job/job.ts";
import { toWireError } from "../../../src/shared/errors.ts";
import { cut, jsonLine, printable } from "../../../src/shared/shown.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { EXIT } from "../exit_status.ts";
import { fractionOf, type JobsDoor } from "./jobs_door.ts";

/** Every job in one line, and on stderr every folder that is none. */
export function list({ manager, json, print, printAll, warn }: JobsDoor): number {
  const jobs = manager.list();
  if (jobs.length === 0 && !json) print("No jobs");
  const lines = jobs.values().map((job) =>
    json ? jsonLine({ ...job, fraction: fractionOf(job) }) : printable(lineOf(job))
  );
  if (printAll !== undefined) printAll(lines);
  else for (const line of lines) print(line);
  for (const { error } of manager.problems()) warn(error.message);
  return EXIT.completed;
}

/** All that is known of a job. What of it cannot be read is said, the rest is shown. */
export function show({ manager, json, print, warn }: JobsDoor, job: Job): number {
  const request = requestOf(manager, job.id);
  const log = manager.history(job.id).events.filter((event) => event.event === "log");
  if (json) print(jsonLine({ ...job, fraction: fractionOf(job), ...request, log }));
  else {
    for (const [name, value] of rowsOf(job)) print(`${name.padEnd(15)} ${value}`);
    for (const event of log) print(`${time(event.at)} ${event.level}: ${event.text}`);
  }
  if (request.problem === undefined) return EXIT.completed;
  warn(request.problem.message);
  return EXIT.failed;
}

function requestOf(manager: JobManager, id: string) {
  try {
    return { request: manager.request(id) };
  } catch (error) {
    return { problem: toWireError(error) };
  }
}

function lineOf(job: Job): string {
  const percent = `${Math.floor(100 * fractionOf(job))} %`;
  const columns = [
    job.id,
    job.state.padEnd(11),
    percent.padStart(5),
    job.priority.padEnd(8),
    job.type.padEnd(11),
  ];
  return [...columns, cut(job.name)].join("  ");
}

function rowsOf(job: Job): (readonly [string, string])[] {
  return [
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
    ...(job.tags.length > 0 ? [["tags", job.tags.join(", ")] as const] : []),
    ...(job.error !== null ? [["error", job.error.message] as const] : []),
    ...job.damage.map((text) => ["damage", text] as const),
  ];
}

function time(at: number | null): string {
  return at === null ? "-" : new Date(at).toLocaleString("sv");
}

function blocksOnDisk({ plan, state, blocksOnDisk }: Job): string {
  if (plan === null) return "-";
  return `${state === "completed" ? plan.blocks : blocksOnDisk} of ${plan.blocks}`;
}
