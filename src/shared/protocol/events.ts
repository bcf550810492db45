/**
 * What `GET /events` streams: one JSON object a line. The first line is `hello` or `reset`. News carry the numbers of
 * the job manager's own stream, which rise by one for each news; a number is missing only where a newer progress of the
 * same job follows for a reader that lags.
 */
import { isRecord } from "../is_record.ts";
import {
  type Check,
  fields,
  isArray,
  isBoolean,
  isNumber,
  isRecordOf,
  isString,
  nullable,
  oneOf,
} from "../job/parse.ts";
import { type GroupSummary, isGroupSummary } from "../job/group.ts";
import { type Job, JOB_STATES, JOB_TYPES, PRIORITIES } from "../job/job.ts";
import type { News } from "../job/news.ts";
import { isReadingProgress } from "../job/reading_progress.ts";
import { isSettings } from "./settings.ts";
import type { Alert } from "../monitor/alert.ts";

export type ServerEvent =
  /** The stream goes on after the number that was asked for. */
  | { readonly event: "hello"; readonly stream: string; readonly sequence: number }
  /** What was missed is no longer kept, or nothing was known: forget all and begin with this. */
  | {
    readonly event: "reset";
    readonly stream: string;
    /** The snapshot includes all news up to this number. */
    readonly sequence: number;
    readonly why: ResetReason;
    readonly snapshot: Snapshot;
  }
  | { readonly event: "news"; readonly news: News }
  /** Nothing happened: the connection lives. */
  | { readonly event: "heartbeat"; readonly sequence: number; readonly at: number };

/** `start`: no number was given; `other_run`: it was of another run of the sidecar; `gap`: too old. */
export type ResetReason = "start" | "other_run" | "gap";

/** How all stands: every job that has not ended, and the newest of those that have; `list_jobs` gives the others. */
export interface Snapshot {
  readonly jobs: readonly Job[];
  readonly total: number;
  /** Why no job starts, or null. */
  readonly held: string | null;
  readonly alerts: readonly Alert[];
  /** Groups of which a job has not ended. */
  readonly groups: readonly GroupSummary[];
}

export const isJob: Check = fields({
  id: isString,
  name: isString,
  type: oneOf(JOB_TYPES),
  state: oneOf(JOB_STATES),
  priority: oneOf(PRIORITIES),
  tags: isArray(isString),
  inputs: isArray(isString),
  outputs: isArray(isString),
  processes: isArray(isString),
  createdAt: isNumber,
  attempt: isNumber,
  progress: nullable(isRecord),
  result: nullable(isRecord),
  error: nullable(isRecord),
});

export const isAlert: Check = fields({
  id: isNumber,
  at: isNumber,
  rule: isString,
  severity: isString,
  text: isString,
  subject: nullable(isString),
  actions: isArray(isString),
  acknowledged: isBoolean,
});

const NEWS: Readonly<Record<string, Check>> = {
  job: fields({ job: isJob }),
  progress: fields({ job: isString, progress: isRecord }),
  log: fields({ job: isString, level: oneOf(["info", "warning", "error"]), text: isString }),
  removed: fields({ job: isString }),
  group: fields({ group: isGroupSummary }),
  queue: fields({ held: nullable(isString) }),
  alert: fields({ alert: isAlert }),
  alert_changed: fields({ alert: isAlert }),
  alerts_cleared: fields({ alerts: isArray(isNumber) }),
  rule: fields({ rule: isRecord }),
  settings: fields({ settings: isSettings }),
  timetable: fields({ holds: isRecordOf(isNumber), jobs: isRecordOf(isNumber) }),
  document: fields({ kind: isString, name: isString }),
  resources: fields({ resources: isRecord }),
  reading: fields({ reading: isReadingProgress }),
};

const snapshot: Check = fields({
  jobs: isArray(isJob),
  total: isNumber,
  held: nullable(isString),
  alerts: isArray(isAlert),
  groups: isArray(isGroupSummary),
});

const EVENTS: Readonly<Record<string, Check>> = {
  hello: fields({ stream: isString, sequence: isNumber }),
  reset: fields({
    stream: isString,
    sequence: isNumber,
    why: oneOf(["start", "other_run", "gap"]),
    snapshot,
  }),
  news: fields({
    news: (news) =>
      isRecord(news) && isNumber(news.sequence) && isNumber(news.at) &&
      NEWS[String(news.news)]?.(news) === true,
  }),
  heartbeat: fields({ sequence: isNumber, at: isNumber }),
};

/** The event in a line of the stream, or undefined when it is none that this version knows. */
export function parseServerEvent(value: unknown): ServerEvent | undefined {
  return isServerEvent(value) ? value : undefined;
}

function isServerEvent(value: unknown): value is ServerEvent {
  if (!isRecord(value) || !isString(value.event)) return false;
  return Object.hasOwn(EVENTS, value.event) && EVENTS[value.event](value);
}
