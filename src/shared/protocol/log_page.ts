/** A page of a job's log. */
import { type Check, fields, isArray, isNumber, isString, nullable, oneOf } from "../job/parse.ts";

export interface LogPageLine {
  /** Where the line lies in the journal. */
  readonly byte: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `attempt`: the job was queued here; the text says why: `submitted`, `resumed`, `retried`, `repeated`. */
  readonly kind: "log" | "attempt";
  readonly level: "info" | "warning" | "error";
  readonly text: string;
  /** The line holds what was searched; others stand around it. */
  readonly match?: boolean;
}

export interface LogPage {
  /** In the order of the log, whichever way it was read. */
  readonly lines: readonly LogPageLine[];
  /** `from` of the page before this one and of the one behind it; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** Bytes of the whole journal. */
  readonly size: number;
}

export const isLogPage: Check = fields({
  lines: isArray(fields({
    byte: isNumber,
    at: isNumber,
    kind: oneOf(["log", "attempt"]),
    level: oneOf(["info", "warning", "error"]),
    text: isString,
  })),
  before: nullable(isNumber),
  after: nullable(isNumber),
  size: isNumber,
});
