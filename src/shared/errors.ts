/**
 * Errors are data: a tag, typed fields and a message; the same tag travels on the wire.
 *
 * Message grammar: what could not be done, what was expected, what was found, what to do.
 */
import { isRecord } from "./is_record.ts";
import { sentence } from "./shown.ts";

/** What a field of an error holds; with `?` it may be absent, as it must be when it was added later. */
type FieldKind = "text" | "number" | "text?" | "number?";

/** The fields that each kind of error carries. Bytes of a file and traces count from 1. */
const FIELDS = {
  /** The command line was wrong. */
  "usage": { argument: "text?" },
  "file-missing": { file: "text" },
  "file-unreadable": { file: "text", reason: "text" },
  "not-segy": { file: "text", reason: "text" },
  "file-cut-short": {
    file: "text",
    trace: "number",
    byte: "number",
    expectedBytes: "number",
    foundBytes: "number",
  },
  "sample-format-unknown": { file: "text", code: "number" },
  "header-invalid": { file: "text", field: "text", found: "number" },
  /** The file cannot be what the user forces it to be: sizes do not fit. */
  "reading-impossible": { file: "text", reason: "text" },
  /** A text header that is too long or wide, or that no encoding holds. */
  "text-header-invalid": { file: "text", reason: "text" },
  /** Traces that the input does not have. */
  "traces-outside": { first: "number", last: "number", traces: "number" },
  /** An expression that holds for no trace. */
  "nothing-selected": { file: "text", expression: "text" },
  "samples-not-finite": { file: "text", trace: "number", count: "number", process: "text?" },
  /** The output format cannot hold samples: NaN made by a process, or numbers beyond an integer format. */
  "samples-out-of-range": { file: "text", trace: "number", count: "number", format: "text" },
  "input-changed": { file: "text", what: "text" },
  "dataset-invalid": { file: "text", reason: "text" },
  /** The flow document is wrong at `where`, such as `processes[1].parameters.highHz`. */
  "flow-invalid": { where: "text", flow: "text?" },
  "process-unknown": { process: "text", where: "text?" },
  "parameter-invalid": { process: "text", parameter: "text", where: "text?" },
  "header-word-unknown": { word: "text", where: "text?" },
  "expression-invalid": { expression: "text", column: "number" },
  "output-exists": { file: "text" },
  "output-is-input": { file: "text" },
  "output-unwritable": { file: "text", reason: "text" },
  "disk-full": { file: "text", neededBytes: "number?", freeBytes: "number?" },
  "memory-short": { neededBytes: "number", limitBytes: "number" },
  "job-not-found": { job: "text" },
  "job-transition": { job: "text", from: "text", to: "text" },
  "job-owned": { job: "text" },
  "job-type-unavailable": { type: "text" },
  "job-damaged": { job: "text", reason: "text" },
  "job-newer": { job: "text", version: "number" },
  "plan-changed": { job: "text", what: "text" },
  "runner-died": { job: "text", exit: "text" },
  "timed-out": { job: "text", seconds: "number" },
  "workspace-unusable": { folder: "text", reason: "text" },
  "protocol": { reason: "text" },
  "unauthorized": {},
  "path-not-opened": { file: "text" },
  /** A page of another origin, or another host name, asked. */
  "origin-refused": { found: "text" },
  "not-found": { what: "text" },
  "too-large": { what: "text", limit: "number" },
  "busy": { what: "text", limit: "number" },
  "alert-not-found": { alert: "number" },
  /** Whoever asked has gone, or the sidecar closes. */
  "given-up": {},
  /** A defect of this program. */
  "internal": { where: "text?" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

type Held<K extends FieldKind> = K extends `text${string}` ? string : number;
type Maybe<F> = { [N in keyof F]: F[N] extends `${string}?` ? N : never }[keyof F];
type FieldsOf<F extends Readonly<Record<string, FieldKind>>> =
  & { readonly [N in Exclude<keyof F, Maybe<F>>]: Held<F[N]> }
  & { readonly [N in Maybe<F>]?: Held<F[N]> };

export type ErrorTag = keyof typeof FIELDS;
export type ErrorFields = { readonly [T in ErrorTag]: FieldsOf<typeof FIELDS[T]> };

/** An error as it is written to job folders and to the wire. */
export type WireError = {
  readonly [T in ErrorTag]: { readonly tag: T; readonly message: string; readonly fields: ErrorFields[T] };
}[ErrorTag];

export class SeisProcError<T extends ErrorTag = ErrorTag> extends Error {
  override readonly name = "SeisProcError";

  /** The message is shown as it is: control characters in it are escaped, long values cut. The fields stay true. */
  constructor(readonly tag: T, message: string, readonly fields: ErrorFields[T], cause?: unknown) {
    super(sentence(message, Object.values(fields)), cause === undefined ? undefined : { cause });
  }
}

/** The parts of a message: what could not be done, what was expected, what was found, what to do. */
export interface Refused {
  /** After "Cannot". */
  readonly cannot: string;
  readonly expected: string;
  readonly found: string;
  readonly advice: string;
}

/** An error whose message has all parts of the grammar. */
export function refusal<T extends ErrorTag>(
  tag: T,
  { cannot, expected, found, advice }: Refused,
  fields: ErrorFields[T],
  cause?: unknown,
): SeisProcError<T> {
  const message = `Cannot ${cannot}: expected ${expected}, found ${found}: ${advice}`;
  return new SeisProcError(tag, message, fields, cause);
}

/** Narrows an unknown caught value to an error with this tag. */
export function hasTag<T extends ErrorTag>(error: unknown, tag: T): error is SeisProcError<T> {
  return error instanceof SeisProcError && error.tag === tag;
}

/** Turns anything caught into wire form; what is not a SeisProcError is a defect and becomes `internal`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof SeisProcError) {
    const wire = { tag: error.tag, message: error.message, fields: { ...error.fields } };
    return isWireError(wire) ? wire : { tag: "internal", message: error.message, fields: {} };
  }
  const message = error instanceof Error ? error.message : String(error);
  // Errors of the system carry the paths that their messages name.
  const values = error instanceof Error ? Object.values(error) : [];
  return { tag: "internal", message: sentence(`Internal error: ${message}`, values), fields: {} };
}

export function fromWireError({ tag, message, fields }: WireError): SeisProcError {
  return new SeisProcError<ErrorTag>(tag, message, fields);
}

/** The error that came over the wire or lies in a file; one of a kind unknown here is `internal`; undefined: it is none. */
export function parseWireError(value: unknown): WireError | undefined {
  if (isWireError(value)) return value;
  if (!isRecord(value) || typeof value.tag !== "string" || typeof value.message !== "string") {
    return undefined;
  }
  return isRecord(value.fields) ? { tag: "internal", message: value.message, fields: {} } : undefined;
}

function isWireError(value: unknown): value is WireError {
  if (!isRecord(value) || typeof value.message !== "string" || !isRecord(value.fields)) return false;
  const { tag, fields } = value;
  if (typeof tag !== "string" || !isErrorTag(tag)) return false;
  return Object.entries<FieldKind>(FIELDS[tag]).every(([name, kind]) => holds(fields[name], kind));
}

function isErrorTag(tag: string): tag is ErrorTag {
  return Object.hasOwn(FIELDS, tag);
}

function holds(value: unknown, kind: FieldKind): boolean {
  if (value === undefined) return kind.endsWith("?");
  return kind.startsWith("text") ? typeof value === "string" : typeof value === "number";
}

/** Mistakes in what was asked, not in the data: these end a command with status 2. */
const REQUEST_TAGS: ReadonlySet<ErrorTag> = new Set<ErrorTag>([
  "usage",
  "flow-invalid",
  "process-unknown",
  "parameter-invalid",
  "header-word-unknown",
  "reading-impossible",
  "traces-outside",
  "text-header-invalid",
  "nothing-selected",
  "expression-invalid",
  "output-is-input",
  "output-exists",
]);

export function isRequestError(tag: ErrorTag): boolean {
  return REQUEST_TAGS.has(tag);
}
