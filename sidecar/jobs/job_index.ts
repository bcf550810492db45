/**
 * Summaries of all jobs in one file, so that a workspace of thousands opens at once. Never the truth: an entry counts
 * only while the size and time of the job's events are what it names; else the job is read again.
 */
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../src/shared/is_record.ts";
import type { Job } from "../../src/shared/job/job.ts";
import { isNumber, isString } from "../../src/shared/job/parse.ts";
import { parseLine } from "../../src/shared/protocol/json_lines.ts";
import { replaceFile } from "../files/durable_file.ts";
import { EVENTS_FILE } from "./journal.ts";
import type { Workspace } from "./workspace.ts";

/** Entries of another shape of `Job` are read again from the folders. */
const INDEX_VERSION = 1;

export interface IndexEntry {
  readonly version: number;
  readonly id: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly job: Job;
}

/** The latest entry of each job; nothing when there is no index. */
export function readIndex(workspace: Workspace): { entries: Map<string, IndexEntry>; lines: number } {
  const entries = new Map<string, IndexEntry>();
  const lines = readLines(workspace.index);
  for (const line of lines) {
    const entry = parseLine(line);
    if (isEntry(entry)) entries.set(entry.id, entry);
  }
  return { entries, lines: lines.length };
}

export function indexEntry(workspace: Workspace, job: Job): IndexEntry | undefined {
  const stamp = eventsStamp(workspace, job.id);
  return stamp && { version: INDEX_VERSION, id: job.id, ...stamp, job: { ...job, progress: null } };
}

/** Adds entries; a failure only costs time at the next start. */
export function appendToIndex(workspace: Workspace, entries: readonly IndexEntry[]): void {
  try {
    fs.appendFileSync(workspace.index, linesOf(entries));
  } catch {
    fs.rmSync(workspace.index, { force: true });
  }
}

export function replaceIndex(workspace: Workspace, entries: readonly IndexEntry[]): void {
  try {
    replaceFile(workspace.index, [new TextEncoder().encode(linesOf(entries))]);
  } catch {
    fs.rmSync(workspace.index, { force: true });
  }
}

/** Size and time of a job's events; undefined when they are gone. */
export function eventsStamp(
  workspace: Workspace,
  id: string,
): { size: number; mtimeMs: number } | undefined {
  try {
    // Less than half the time of node:fs, which counts for thousands of jobs.
    const { size, mtime } = Deno.statSync(path.join(workspace.jobs, id, EVENTS_FILE));
    return { size, mtimeMs: mtime?.getTime() ?? 0 };
  } catch {
    return undefined;
  }
}

function readLines(file: string): string[] {
  try {
    const lines = Deno.readTextFileSync(file).split("\n");
    lines.pop();
    return lines;
  } catch {
    return [];
  }
}

function linesOf(entries: readonly IndexEntry[]): string {
  return entries.map((entry) => JSON.stringify(entry) + "\n").join("");
}

function isEntry(value: unknown): value is IndexEntry {
  return isRecord(value) && value.version === INDEX_VERSION && isString(value.id) && isNumber(value.size) &&
    isNumber(value.mtimeMs) && isRecord(value.job) && value.job.id === value.id;
}
