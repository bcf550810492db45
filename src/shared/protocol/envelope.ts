/** How commands, replies and errors are wrapped on the wire, and which HTTP status stands for which error. */
import { type ErrorTag, fromWireError, parseWireError, SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { fields, isString } from "../job/parse.ts";

/** Both sides compare this first; it changes when a request or reply changes its meaning. */
export const PROTOCOL_VERSION = 1;

/** The port that `neutralino.config.json` fixes for the window's own page. */
export const WINDOW_PORT = 47210;

/** What `seisproc serve` prints as its only line on stdout. */
export interface ReadyLine {
  readonly url: string;
  readonly token: string;
}

/** Bounds of what a client may send; more is refused before it is looked at. */
export const BOUNDS = {
  bodyBytes: 4 << 20,
  bodiesBytes: 64 << 20,
  headerBytes: 16 << 10,
  headers: 64,
  urlBytes: 16 << 10,
  nesting: 64,
  connections: 512,
  requests: 64,
  jobsAtOnce: 500,
  worksAtOnce: 1000,
  documents: 2000,
  readers: 32,
} as const;

const STATUS: Partial<Readonly<Record<ErrorTag, number>>> = {
  "unauthorized": 401,
  "origin-refused": 403,
  "path-not-opened": 403,
  "job-not-found": 404,
  "file-missing": 404,
  "alert-not-found": 404,
  "not-found": 404,
  "output-exists": 409,
  "job-transition": 409,
  "job-owned": 409,
  "too-large": 413,
  "busy": 503,
  "given-up": 503,
  "disk-full": 507,
  "memory-short": 507,
  "internal": 500,
  "workspace-unusable": 500,
};

/** The HTTP status of an error; what is not in the table is a mistake in what was asked. */
export function statusOf(tag: ErrorTag): number {
  return STATUS[tag] ?? 400;
}

export function parseReadyLine(value: unknown): ReadyLine | undefined {
  return isReadyLine(value) ? value : undefined;
}

/**
 * The reply inside an answer.
 * @throws the error that the answer carries, as it was thrown on the other side; `protocol` when it is no answer
 */
export function openAnswer(value: unknown): unknown {
  if (isRecord(value) && "reply" in value) return value.reply;
  const error = isRecord(value) ? parseWireError(value.error) : undefined;
  if (error !== undefined) throw fromWireError(error);
  const reason = "an answer has a reply or an error";
  throw new SeisProcError("protocol", `Cannot read the answer: ${reason}, found neither`, { reason });
}

function isReadyLine(value: unknown): value is ReadyLine {
  return fields({ url: isString, token: isString })(value);
}

/** True when brackets nest deeper than `limit`: checked before parsing, so that no parser needs a deep stack. */
export function nestsDeeper(json: string, limit: number): boolean {
  let depth = 0, inText = false;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (inText) {
      if (c === 92) i++;
      else if (c === 34) inText = false;
    } else if (c === 34) inText = true;
    else if (c === 91 || c === 123) {
      if (++depth > limit) return true;
    } else if (c === 93 || c === 125) depth--;
  }
  return false;
}
