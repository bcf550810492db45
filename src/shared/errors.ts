/**
 * Errors are data: a tag, typed fields and a message; the same tag travels on the wire.
 *
 * Message grammar: what could not be done, what was expected, what was found, what to do.
 */

/** The fields that each kind of error carries. Bytes are offsets from 0 in the file, traces count from 1. */
export interface ErrorFields {
  /** The command line was wrong. */
  "usage": { argument?: string };
  "file-missing": { file: string };
  "file-unreadable": { file: string; reason: string };
  "not-segy": { file: string; reason: string };
  "file-cut-short": { file: string; trace: number; byte: number; expectedBytes: number; foundBytes: number };
  "sample-format-unknown": { file: string; code: number };
  "header-invalid": { file: string; field: string; found: number };
  "samples-not-finite": { file: string; trace: number; count: number; process?: string };
  /** The output format cannot hold samples: NaN made by a process, or numbers beyond an integer format. */
  "samples-out-of-range": { file: string; trace: number; count: number; format: string };
  "input-changed": { file: string; what: string };
  "dataset-invalid": { file: string; reason: string };
  /** The flow document is wrong at `where`, such as `processes[1].parameters.highHz`. */
  "flow-invalid": { where: string; flow?: string };
  "process-unknown": { process: string; where?: string };
  "parameter-invalid": { process: string; parameter: string; where?: string };
  "header-word-unknown": { word: string; where?: string };
  "expression-invalid": { expression: string; column: number };
  "output-exists": { file: string };
  "output-is-input": { file: string };
  "output-unwritable": { file: string; reason: string };
  "disk-full": { file: string; neededBytes?: number; freeBytes?: number };
  "memory-short": { neededBytes: number; limitBytes: number };
  "job-not-found": { job: string };
  "job-transition": { job: string; from: string; to: string };
  "job-owned": { job: string };
  "job-type-unavailable": { type: string };
  "job-damaged": { job: string; reason: string };
  "job-newer": { job: string; version: number };
  "plan-changed": { job: string; what: string };
  "runner-died": { job: string; exit: string };
  "timed-out": { job: string; seconds: number };
  "workspace-unusable": { folder: string; reason: string };
  "protocol": { reason: string };
  "unauthorized": Record<never, never>;
  "path-not-opened": { file: string };
  /** A page of another origin, or another host name, asked. */
  "origin-refused": { found: string };
  "not-found": { what: string };
  "too-large": { what: string; limit: number };
  "busy": { what: string; limit: number };
  "alert-not-found": { alert: number };
  /** A defect of this program. */
  "internal": { where?: string };
}

export type ErrorTag = keyof ErrorFields;

/** An error as it is written to job folders and to the wire. */
export interface WireError {
  readonly tag: ErrorTag;
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

export class SeisProcError<T extends ErrorTag = ErrorTag> extends Error {
  override readonly name = "SeisProcError";

  constructor(readonly tag: T, message: string, readonly fields: ErrorFields[T], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** Narrows an unknown caught value to an error with this tag. */
export function hasTag<T extends ErrorTag>(error: unknown, tag: T): error is SeisProcError<T> {
  return error instanceof SeisProcError && error.tag === tag;
}

/** Turns anything caught into wire form; what is not a SeisProcError is a defect and becomes `internal`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof SeisProcError) {
    return { tag: error.tag, message: error.message, fields: { ...error.fields } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { tag: "internal", message: `Internal error: ${message}`, fields: {} };
}

export function fromWireError(wire: WireError): SeisProcError {
  return new SeisProcError(wire.tag, wire.message, wire.fields as ErrorFields[typeof wire.tag]);
}

/** Mistakes in what was asked, not in the data: these end a command with status 2. */
const REQUEST_TAGS: ReadonlySet<ErrorTag> = new Set<ErrorTag>([
  "usage",
  "flow-invalid",
  "process-unknown",
  "parameter-invalid",
  "header-word-unknown",
  "expression-invalid",
  "output-is-input",
  "output-exists",
]);

export function isRequestError(tag: ErrorTag): boolean {
  return REQUEST_TAGS.has(tag);
}
