/** Reads and creates job folders. What cannot be read is said with a reason, never passed over. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SeisProcError, toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { JobEvent } from "../../../src/shared/job/events.ts";
import { type Job, JOB_FORMAT, type JobRequest } from "../../../src/shared/job/job.ts";
import { parseEvent } from "../../../src/shared/job/parse_event.ts";
import { newerJob, parseJobRequest } from "../../../src/shared/job/parse_request.ts";
import { replay } from "../../../src/shared/job/replay.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { replaceFile, syncFolder } from "../../files/durable_file.ts";
import { systemCode } from "../../files/file_errors.ts";
import { EVENTS_FILE } from "./journal.ts";
import { isJobId, type Workspace } from "./workspace.ts";

const REQUEST_FILE = "job.json";
/** Folders in the making and folders being removed; left-overs are cleaned at the next start. */
const UNFINISHED = /^\.(new|removed)-/;

/** A folder in the workspace that is no job that this program can show. */
export interface FolderProblem {
  readonly folder: string;
  readonly error: WireError;
}

/** Ids sort by time. */
export function newJobId(now: number): string {
  const digits = new Date(now).toISOString().replace(/[-:]/g, "");
  const [date, time] = digits.split("T");
  return `${date}-${time.slice(0, 6)}-${time.slice(7, 10)}-${crypto.randomBytes(3).toString("hex")}`;
}

/** Makes a job's folder with its first events: wholly there and on disk, or not at all. */
export function createJobFolder(
  workspace: Workspace,
  request: JobRequest,
  events: readonly JobEvent[],
): string {
  const folder = path.join(workspace.jobs, request.id);
  const making = path.join(workspace.jobs, `.new-${request.id}`);
  fs.mkdirSync(making);
  const encode = (text: string) => [new TextEncoder().encode(text)];
  try {
    replaceFile(path.join(making, REQUEST_FILE), encode(JSON.stringify(request, null, 2) + "\n"));
    const lines = events.map((event) => JSON.stringify(event) + "\n").join("");
    replaceFile(path.join(making, EVENTS_FILE), encode(lines));
    fs.renameSync(making, folder);
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true });
    throw error;
  }
  syncFolder(workspace.jobs);
  return folder;
}

/** Removes a folder so that a crash on the way leaves no half job. */
export function removeJobFolder(workspace: Workspace, id: string): void {
  const removed = path.join(workspace.jobs, `.removed-${id}`);
  fs.renameSync(path.join(workspace.jobs, id), removed);
  fs.rmSync(removed, { recursive: true, force: true });
}

export interface FolderNames {
  readonly ids: readonly string[];
  readonly problems: readonly FolderProblem[];
  /** There are folders in the making or being removed, maybe left by a crash. */
  readonly leftovers: boolean;
}

/** All job folders, oldest first, and what else lies among them. */
export function listJobFolders(workspace: Workspace): FolderNames {
  const ids: string[] = [], problems: FolderProblem[] = [];
  let leftovers = false;
  for (const name of namesIn(workspace.jobs).sort()) {
    if (isJobId(name)) ids.push(name);
    else if (UNFINISHED.test(name)) leftovers = true;
    else {
      const reason = "its name is not that of a job";
      problems.push({
        folder: name,
        error: toWireError(damaged(name, reason, "remove it from the workspace")),
      });
    }
  }
  return { ids, problems, leftovers };
}

/** Half the time of node:fs, which counts for thousands of jobs. */
function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), (entry) => entry.name);
}

/** Cleans what a crash left of folders in the making or being removed; young ones may belong to a living process. */
export function removeLeftovers(workspace: Workspace, olderThanMs = 60_000): void {
  for (const name of fs.readdirSync(workspace.jobs)) {
    if (!UNFINISHED.test(name)) continue;
    const folder = path.join(workspace.jobs, name);
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > olderThanMs) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What a job was asked to do.
 * @throws job-damaged, job-newer, job-not-found
 */
export function readJobRequest(folder: string): JobRequest {
  const id = path.basename(folder);
  return parseJobRequest(id, parseLine(readText(folder, REQUEST_FILE)));
}

/**
 * The job as its events tell it.
 * @throws job-damaged, job-newer, job-not-found
 */
export function readJob(folder: string): Job {
  const id = path.basename(folder);
  const { events, unknownLines } = readEvents(folder);
  const first = events[0];
  if (first?.event === "created" && first.format > JOB_FORMAT) throw newerJob(id, first.format);
  const job = replay(id, events);
  if (job === undefined) {
    throw damaged(id, `${EVENTS_FILE} does not begin with its creation`, "remove the job");
  }
  return unknownLines.length === 0 ? job : { ...job, damage: [...job.damage, ...unknownLines] };
}

export interface EventsRead {
  readonly events: readonly JobEvent[];
  /** Lines that are no events, said as text; a torn last line is not one of them. */
  readonly unknownLines: readonly string[];
  /** Bytes of a last line without a line feed. */
  readonly tornBytes: number;
}

/** All events of a job. */
export function readEvents(folder: string): EventsRead {
  const lines = readText(folder, EVENTS_FILE).split("\n");
  const torn = lines.pop() ?? "";
  const events: JobEvent[] = [], unknownLines: string[] = [];
  lines.forEach((line, index) => {
    const event = parseEvent(parseLine(line));
    if (event !== undefined) events.push(event);
    else unknownLines.push(`line ${index + 1} of ${EVENTS_FILE} is not an event of this version`);
  });
  return { events, unknownLines, tornBytes: new TextEncoder().encode(torn).length };
}

function readText(folder: string, name: string): string {
  const id = path.basename(folder);
  try {
    return fs.readFileSync(path.join(folder, name), "utf8");
  } catch (error) {
    if (!fs.existsSync(folder)) throw notFound(id);
    if (systemCode(error) === "ENOENT") {
      const what = name === EVENTS_FILE ? `it has no journal (${name})` : `it has no ${name}`;
      throw damaged(id, what, "remove the folder from the workspace", error);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(id, `${name}: ${reason}`, "check the folder's permissions or remove the job", error);
  }
}

export function notFound(id: string): SeisProcError<"job-not-found"> {
  return new SeisProcError(
    "job-not-found",
    `Cannot find job ${id}: expected a job of this workspace, found none: list them with "seisproc jobs list"`,
    { job: id },
  );
}

function damaged(id: string, reason: string, advice: string, cause?: unknown): SeisProcError<"job-damaged"> {
  return new SeisProcError(
    "job-damaged",
    `Cannot read job ${id}: expected a job folder, found that ${reason}: ${advice}`,
    { job: id, reason },
    cause,
  );
}
