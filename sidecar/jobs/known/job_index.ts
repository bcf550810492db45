/**
 * Summaries of all jobs in one file, so that a workspace of thousands opens at once. Never the truth: a row counts only
 * while the size and time of the job's events are what it names; else the job is read again.
 *
 * Each line is JSON with its facts at fixed places and a checksum of all before it,
 * `[4,<its length>,"c","p","<id>",<size>,<mtimeMs>,<endedAt>,"<parent>",{job},"<crc>"]`. So the file is gone through
 * without decoding it, and a job is decoded only when somebody asks for it; then its line must be as it was written.
 */
import { Buffer } from "node:buffer";
import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { isRecord } from "../../../src/shared/is_record.ts";
import type { Job, JobState, JobType } from "../../../src/shared/job/job.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { EVENTS_FILE } from "../folder/journal.ts";
import { isJobId, type Workspace } from "../folder/workspace.ts";

/** Lines of another version, or of another shape of `Job`, are passed over: their jobs are read from the folders. */
const START = "[4,", VERSION = START.charCodeAt(1);
const AT = {
  length: 3,
  comma: 15,
  state: 17,
  type: 21,
  id: 25,
  size: 53,
  mtimeMs: 66,
  endedAt: 81,
  parent: 97,
  job: 125,
} as const;
const ID_LENGTH = 26, SIZE_LENGTH = 12, TIME_LENGTH = 14;
const NO_PARENT = "-".repeat(ID_LENGTH);
/** `,"0123abcd"` before the closing bracket and the line feed. */
const CRC_LENGTH = 11, CRC_DIGITS = 8;
const PIECE = 1 << 18;

const STATE_LETTERS: Readonly<Record<JobState, string>> = {
  created: "n",
  queued: "q",
  running: "r",
  pausing: "s",
  paused: "p",
  cancelling: "x",
  cancelled: "X",
  interrupted: "i",
  completed: "c",
  failed: "f",
  timed_out: "t",
};
const TYPE_LETTERS: Readonly<Record<JobType, string>> = {
  segy_import: "i",
  segy_export: "e",
  processing: "p",
  migration: "m",
  qc_batch: "q",
  stacking: "k",
  sort: "s",
};
const STATES = byLetter(STATE_LETTERS), TYPES = byLetter(TYPE_LETTERS);

/** Size and time of a job's events. */
export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** What is known of a job without decoding it. */
export interface JobFacts {
  readonly id: string;
  readonly state: JobState;
  readonly type: JobType;
  readonly endedAt: number | null;
  readonly parent: string | null;
}

/** A line of the index, which lies at these bytes of the file. */
export interface IndexRow extends JobFacts, Stamp {
  readonly at: number;
  readonly length: number;
}

export class JobIndex {
  #fd: number | undefined;

  constructor(readonly workspace: Workspace) {}

  /** The latest row of each job and the number of lines; nothing when there is no index. */
  read(): { rows: Map<string, IndexRow>; lines: number } {
    const rows = new Map<string, IndexRow>();
    let lines = 0;
    if (!fs.existsSync(this.workspace.index)) return { rows, lines };
    try {
      eachLine(this.#file(), (bytes, from, to, at) => {
        lines++;
        const row = rowOf(bytes, from, to, at);
        if (row !== undefined) rows.set(row.id, row);
      });
    } catch {
      // An index that cannot be read costs time only.
    }
    return { rows, lines };
  }

  /** Reads lines, quickly when they are asked for in the order of the file. */
  reader(pieceBytes = PIECE): IndexReader {
    return new IndexReader(() => this.#file(), pieceBytes);
  }

  /** Adds the jobs whose events are as their stamp says; returns their rows. A failure only costs time later. */
  append(entries: readonly (Job & { readonly stamp: Stamp })[]): IndexRow[] {
    try {
      const lines = entries.filter(({ stamp, ...job }) => fits(job, stamp)).map(({ stamp, ...job }) =>
        lineOf(job, stamp)
      );
      let at = fs.fstatSync(this.#file()).size;
      fs.writeSync(this.#file(), Buffer.concat(lines));
      return lines.flatMap((line) => {
        const row = rowOf(line, 0, line.length, at);
        at += line.length;
        return row ?? [];
      });
    } catch {
      return [];
    }
  }

  /** Leaves out the lines that no row names; returns the rows at their new places, none when it could not be done. */
  rewrite(rows: Iterable<IndexRow>): Map<string, IndexRow> {
    const reader = this.reader();
    try {
      replaceFile(this.workspace.index, linesOf(reader, rows));
    } catch {
      // The old index stays; what holds of it is told by its stamps.
    }
    this.close();
    return this.read().rows;
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** One handle for reading and appending: rows stay true when another process replaces the file. */
  #file(): number {
    return this.#fd ??= fs.openSync(this.workspace.index, "a+");
  }
}

/** Reads pieces of the index file, one at a time. */
export class IndexReader {
  #piece: Buffer = Buffer.alloc(0);
  #from = 0;

  constructor(readonly file: () => number, readonly pieceBytes: number) {}

  /** The job of a row; undefined when the file does not say so any more. */
  job(row: IndexRow): Job | undefined {
    const line = this.line(row);
    if (line === undefined || !isWhole(line)) return undefined;
    const job = parseLine(line.toString("utf8", AT.job, line.length - 2 - CRC_LENGTH));
    return isJobOf(job, row.id) ? job : undefined;
  }

  /** The line of a row is as it was written. */
  holds(row: IndexRow): boolean {
    const line = this.line(row);
    return line !== undefined && isWhole(line);
  }

  /** The job of a row as JSON text. */
  text(row: IndexRow): string {
    return this.line(row)?.toString("utf8", AT.job) ?? "";
  }

  /** The bytes of a row's line, valid until the next call. */
  line(row: IndexRow): Buffer | undefined {
    const from = row.at - this.#from;
    const line = from >= 0 && from + row.length <= this.#piece.length
      ? this.#piece.subarray(from, from + row.length)
      : this.#read(row);
    return line.length === row.length && line.toString("latin1", AT.id, AT.id + ID_LENGTH) === row.id
      ? line
      : undefined;
  }

  #read(row: IndexRow): Buffer {
    const wanted = Math.max(row.length, this.pieceBytes);
    const piece = this.#piece.buffer.byteLength >= wanted
      ? Buffer.from(this.#piece.buffer)
      : Buffer.alloc(wanted);
    try {
      this.#piece = piece.subarray(0, fs.readSync(this.file(), piece, 0, piece.length, row.at));
    } catch {
      this.#piece = piece.subarray(0, 0);
    }
    this.#from = row.at;
    return this.#piece.subarray(0, row.length);
  }
}

/** Size and time of a job's events; undefined when they are gone. */
export function eventsStamp(workspace: Workspace, id: string): Stamp | undefined {
  try {
    // Less than half the time of node:fs, which counts for thousands of jobs.
    const { size, mtime } = Deno.statSync(path.join(workspace.jobs, id, EVENTS_FILE));
    return { size, mtimeMs: mtime?.getTime() ?? 0 };
  } catch {
    return undefined;
  }
}

/** What does not fit its place is not indexed. */
function fits(job: Job, { size, mtimeMs }: Stamp): boolean {
  const isCount = (value: number, length: number) =>
    Number.isSafeInteger(value) && value >= 0 && value < 10 ** length;
  return isJobId(job.id) && (job.parent === null || isJobId(job.parent)) && isCount(size, SIZE_LENGTH) &&
    isCount(mtimeMs, TIME_LENGTH) && isCount(job.endedAt ?? 0, TIME_LENGTH);
}

function lineOf(job: Job, { size, mtimeMs }: Stamp): Buffer {
  const number = (value: number, length: number) => String(value).padStart(length);
  const letters = `"${STATE_LETTERS[job.state]}","${TYPE_LETTERS[job.type]}"`;
  const times = [number(mtimeMs, TIME_LENGTH), number(job.endedAt ?? 0, TIME_LENGTH)];
  const facts = `${letters},"${job.id}",${number(size, SIZE_LENGTH)},${times.join(",")},"${
    job.parent ?? NO_PARENT
  }"`;
  const rest = Buffer.from(`,${facts},${JSON.stringify({ ...job, progress: lastOf(job) })}`);
  const length = AT.comma + rest.length + CRC_LENGTH + 2;
  const line = Buffer.concat([Buffer.from(START + number(length, SIZE_LENGTH)), rest]);
  return Buffer.concat([line, Buffer.from(`,"${crcOf(line)}"]\n`)]);
}

/** What its workers did is of no interest any more. */
function lastOf({ progress }: Job): Job["progress"] {
  return progress && { ...progress, lanes: [] };
}

function crcOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(CRC_DIGITS, "0");
}

function isWhole(line: Buffer): boolean {
  const end = line.length - 2 - CRC_LENGTH;
  return line.toString("latin1", end) === `,"${crcOf(line.subarray(0, end))}"]\n`;
}

function* linesOf(reader: IndexReader, rows: Iterable<IndexRow>): Iterable<Uint8Array> {
  for (const row of rows) yield reader.line(row) ?? new Uint8Array();
}

/** Calls with each whole line: the bytes that hold it, from, to (behind its line feed), and its place in the file. */
function eachLine(fd: number, line: (bytes: Buffer, from: number, to: number, at: number) => void): void {
  let bytes: Buffer = Buffer.alloc(PIECE), kept = 0, at = 0;
  for (;;) {
    const read = fs.readSync(fd, bytes, kept, bytes.length - kept, at + kept);
    if (read === 0) return;
    const end = kept + read;
    let from = 0;
    for (let to; (to = endOfLine(bytes, from, end)) > 0; from = to) line(bytes, from, to, at + from);
    const next = from === 0 && end === bytes.length ? Buffer.alloc(2 * bytes.length) : bytes;
    bytes.copy(next, 0, from, end);
    bytes = next;
    kept = end - from;
    at += from;
  }
}

/** Behind the line feed of a line, mostly found by the length that it names; 0 when it is not whole here. */
function endOfLine(bytes: Buffer, from: number, end: number): number {
  const named = from + AT.comma < end ? from + numberAt(bytes, from + AT.length, SIZE_LENGTH) : 0;
  if (named > from + AT.job && named <= end && bytes[named - 1] === 10 && bytes[named - 2] === 0x5d) {
    return named;
  }
  const feed = bytes.indexOf(10, from);
  return feed < end ? feed + 1 : 0;
}

function rowOf(bytes: Buffer, from: number, to: number, at: number): IndexRow | undefined {
  if (to - from <= AT.job || bytes[to - 2] !== 0x5d || bytes[from + AT.job] !== 0x7b) return undefined;
  if (bytes[from + 1] !== VERSION || bytes[from + AT.id - 1] !== 0x22) return undefined;
  const state = STATES.get(bytes[from + AT.state]), type = TYPES.get(bytes[from + AT.type]);
  const id = bytes.toString("latin1", from + AT.id, from + AT.id + ID_LENGTH);
  if (state === undefined || type === undefined || !isJobId(id)) return undefined;
  return {
    id,
    state,
    type,
    at,
    length: to - from,
    size: numberAt(bytes, from + AT.size, SIZE_LENGTH),
    mtimeMs: numberAt(bytes, from + AT.mtimeMs, TIME_LENGTH),
    endedAt: numberAt(bytes, from + AT.endedAt, TIME_LENGTH) || null,
    parent: parentAt(bytes, from + AT.parent),
  };
}

function parentAt(bytes: Buffer, from: number): string | null {
  return bytes[from] === 0x2d ? null : bytes.toString("latin1", from, from + ID_LENGTH);
}

/** Digits behind spaces. Text that is no number gives a number that no stamp has. */
function numberAt(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) {
    if (bytes[at] === 0x20) continue;
    const digit = bytes[at] - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value;
}

function byLetter<N extends string>(letters: Readonly<Record<N, string>>): ReadonlyMap<number, N> {
  const names: N[] = Object.keys(letters).filter((name): name is N => name in letters);
  return new Map(names.map((name) => [letters[name].charCodeAt(0), name]));
}

function isJobOf(value: unknown, id: string): value is Job {
  return isRecord(value) && value.id === id;
}
