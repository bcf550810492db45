/** How far a long reading of a survey is, as the event stream tells it: a scan, or the search for gathers. */
import type { WireError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { type Check, fields, isArray, isNumber, isString, nullable, oneOf, optional } from "./parse.ts";
import type { Count } from "./progress.ts";

export const READING_STATES = ["waiting", "reading", "done", "failed", "given_up"] as const;

export interface ReadingProgress {
  readonly what: "scan" | "gathers";
  readonly survey: string;
  /** How gathers are made, as in `list_gathers`. */
  readonly order?: readonly string[];
  readonly key?: string;
  readonly state: typeof READING_STATES[number];
  /** Readings that come first, while this one waits. */
  readonly before: number;
  readonly traces: Count;
  /** Gathers that can be looked at. */
  readonly gathers: number;
  readonly error: WireError | null;
}

export const isReadingProgress: Check = fields({
  what: oneOf(["scan", "gathers"]),
  survey: isString,
  order: optional(isArray(isString)),
  key: optional(isString),
  state: oneOf(READING_STATES),
  before: isNumber,
  traces: fields({ done: isNumber, total: isNumber }),
  gathers: isNumber,
  error: nullable(isRecord),
});
