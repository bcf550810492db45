/** Reads and creates job folders. What cannot be read is said with a reason, never passed over. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { refusal, SeisProcError, toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { JobEvent } from "../../../src/shared/job/events.ts";
import { type Job, JOB_FORMAT, type JobRequest } from "../../../src/shared/job/job.ts";
import { parseEvent } from "../../../src/shared/job/parse_event.ts";
import { newerJob, parseJobRequest } from "../../../src/shared/job/parse_request.ts";
import { replay } from "../../../src/shared/job/replay.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { sketchOf } from "../../dataset/work_paths.ts";
import { replaceFile, syncFolder } from "../../files/durable_file.ts";
import { systemCode } from "../../files/file_errors.ts";
import { FileLock, isLocked } from "../../files/file_lock.ts";
import { EVENTS_FILE } from "./journal.ts";
import { sealed, sealedDocument, unsealed, unsealedDocument } from "./sealed_line.ts";
import { isJobId, type Workspace } from "./workspace.ts";

const REQUEST_FILE = "job.json", LOCK_FILE = "lock";
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

/**
 * Makes a job's folder with its first events: wholly there and on disk, or not at all. Its lock is held meanwhile, so
 * that others see whether whoever makes it still lives.
 */
export function createJobFolder(
  workspace: Workspace,
  request: JobRequest,
  events: readonly JobEvent[],
): string {
  const folder = path.join(workspace.jobs, request.id);
  const making = path.join(workspace.jobs, `.new-${request.id}`);
  fs.mkdirSync(making);
  const lock = FileLock.tryTake(path.join(making, LOCK_FILE));
  const write = (name: string, text: string) =>
    replaceFile(path.join(making, name), [new TextEncoder().encode(text)]);
  try {
    write(REQUEST_FILE, sealedDocument(request));
    write(EVENTS_FILE, events.map(sealed).join(""));
    // Windows moves no folder with an open file in it.
    if (process.platform === "win32") lock?.release();
    fs.renameSync(making, folder);
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true });
    throw error;
  } finally {
    if (process.platform !== "win32") lock?.release();
  }
  syncFolder(workspace.jobs);
  return folder;
}

/** Removes a folder, or what else lies in its place, so that a crash on the way leaves no half job. */
export function removeJobFolder(workspace: Workspace, name: string): void {
  const removed = path.join(workspace.jobs, `.removed-${crypto.randomBytes(8).toString("hex")}`);
  fs.renameSync(path.join(workspace.jobs, name), removed);
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
        error: toWireError(
          damaged(name, reason, `move it out, or remove it with "seisproc jobs remove ${name}"`),
        ),
      });
    }
  }
  return { ids, problems, leftovers };
}

/** Half the time of node:fs, which counts for thousands of jobs. */
function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), (entry) => entry.name);
}

/**
 * Cleans what a crash left of folders in the making or being removed. One whose maker lives stays, and so does one
 * without a lock while it is young: its maker may be about to lock it.
 */
export function removeLeftovers(workspace: Workspace, olderThanMs = 60_000): void {
  for (const name of fs.readdirSync(workspace.jobs).filter((name) => UNFINISHED.test(name))) {
    const folder = path.join(workspace.jobs, name);
    if (isInUse(folder, olderThanMs)) continue;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isInUse(folder: string, olderThanMs: number): boolean {
  if (path.basename(folder).startsWith(".removed-")) return false;
  if (fs.existsSync(path.join(folder, LOCK_FILE))) return isLocked(path.join(folder, LOCK_FILE));
  const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age <= olderThanMs;
}

/**
 * What a job was asked to do.
 * @throws job-damaged, job-newer, job-not-found
 */
export function readJobRequest(folder: string): JobRequest {
  const id = path.basename(folder), document = parseLine(readText(folder, REQUEST_FILE));
  const request = unsealedDocument(document);
  if (request !== undefined || document === undefined) return parseJobRequest(id, request);
  throw damaged(
    id,
    `${REQUEST_FILE} is not as it was written (checksum)`,
    "remove the job and submit it again",
  );
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
  const lost = first !== undefined && first.event !== "created" ? creationOf(folder) : [];
  const job = replay(id, [...lost, ...sketched(folder, events)]);
  if (job === undefined) {
    throw damaged(id, `${EVENTS_FILE} does not begin with its creation`, "remove the job");
  }
  return unknownLines.length === 0 ? job : { ...job, damage: [...job.damage, ...unknownLines] };
}

/** The event of its creation, which the journal lost, as the request tells it; none when that cannot be read either. */
function creationOf(folder: string): JobEvent[] {
  try {
    const { createdAt, seisproc, id: _, work, ...asked } = readJobRequest(folder);
    return [{ event: "created", format: seisproc, ...asked, ...sketchOf(work), at: createdAt }];
  } catch {
    return [];
  }
}

/** Journals of the first version do not tell what a job works on: its request does. */
function sketched(folder: string, events: readonly JobEvent[]): readonly JobEvent[] {
  const [first, ...rest] = events;
  if (first?.event !== "created" || first.inputs !== undefined) return events;
  try {
    return [{ ...first, ...sketchOf(readJobRequest(folder).work) }, ...rest];
  } catch {
    return events;
  }
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
    const event = parseEvent(unsealed(line));
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
  const said = {
    cannot: `find job ${id}`,
    expected: "a job of this workspace",
    found: "none",
    advice: 'list them with "seisproc jobs list"',
  };
  return refusal("job-not-found", said, { job: id });
}

function damaged(id: string, reason: string, advice: string, cause?: unknown): SeisProcError<"job-damaged"> {
  const said = { cannot: `read job ${id}`, expected: "a job folder", found: `that ${reason}`, advice };
  return refusal("job-damaged", said, { job: id, reason }, cause);
}
