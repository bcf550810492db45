/** Parses lines of `events.jsonl` and of runners from unknown values. */
import { parseWireError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { JOB_STATES, JOB_TYPES, PAUSE_CAUSES, PRIORITIES } from "./job.ts";
import type { JobEvent } from "./events.ts";
import type { RunnerMessage } from "./runner_messages.ts";
import { type Check, fields, isArray, isBoolean, isNumber, isString, oneOf, optional } from "./parse.ts";

const progress: Check = fields({
  phase: isString,
  phases: isArray(isString),
  fraction: isNumber,
  blocks: isRecord,
  gathers: isRecord,
  traces: isRecord,
  tracesPerSecond: isRecord,
  megabytesPerSecond: isRecord,
  lanes: isArray(isRecord),
  bytesRead: isNumber,
  bytesWritten: isNumber,
  stalled: isBoolean,
  peakMemoryBytes: isNumber,
  warnings: isNumber,
});
const wireError: Check = (value) => parseWireError(value) !== undefined;
const output: Check = fields({ path: isString, bytes: isNumber });
const plan: Check = fields({
  blocks: isNumber,
  blocksKept: isNumber,
  gathers: isNumber,
  traces: isNumber,
  workers: isNumber,
  phases: isArray(isString),
  outputs: isArray(output),
  warnings: isArray(isString),
});
const result: Check = fields({
  outputs: isArray(output),
  tracesRead: isNumber,
  gathers: isNumber,
  bytesRead: isNumber,
  bytesWritten: isNumber,
  seconds: isNumber,
  processingSeconds: isNumber,
  peakMemoryBytes: isNumber,
  skipped: isArray(fields({ trace: isNumber, traces: isNumber, error: wireError })),
  warnings: isArray(isString),
});
const log: Check = fields({ level: oneOf(["info", "warning", "error"]), text: isString });

const STATE_FIELDS: Readonly<Record<string, Check>> = {
  queued: fields({ manager: isString, order: isNumber, why: isString }),
  running: fields({ manager: isString, pid: isNumber }),
  pausing: fields({ why: isString, cause: optional(oneOf(PAUSE_CAUSES)) }),
  paused: fields({ why: isString, cause: optional(oneOf(PAUSE_CAUSES)), error: optional(wireError) }),
  cancelling: fields({ keepPartial: isBoolean }),
  cancelled: fields({ level: oneOf([1, 2, 3, 4, 5]), partialOutput: oneOf(["removed", "kept", null]) }),
  interrupted: fields({ why: isString, error: optional(wireError) }),
  completed: fields({ result }),
  failed: fields({ error: wireError }),
  timed_out: fields({ error: wireError }),
};

const EVENTS: Readonly<Record<string, Check>> = {
  created: fields({
    format: isNumber,
    program: isString,
    name: isString,
    type: oneOf(JOB_TYPES),
    priority: oneOf(PRIORITIES),
    tags: isArray(isString),
    maxAttempts: isNumber,
    group: optional(isString),
    inputs: optional(isArray(isString)),
    outputs: optional(isArray(isString)),
    processes: optional(isArray(isString)),
  }),
  state: (value) =>
    isRecord(value) && oneOf(JOB_STATES)(value.to) && STATE_FIELDS[value.to]?.(value) === true,
  planned: plan,
  progress: fields({ progress }),
  checkpoint: fields({ blocksDone: isNumber }),
  log,
  adopted: fields({ manager: isString }),
  renamed: fields({ name: isString }),
  priority: fields({ priority: oneOf(PRIORITIES) }),
  order: fields({ order: isNumber }),
  tags: fields({ tags: isArray(isString) }),
};

const ENDS: Readonly<Record<string, Check>> = {
  completed: fields({ result }),
  failed: fields({ error: wireError, transient: isBoolean }),
  paused: isRecord,
  cancelled: fields({ level: oneOf([2, 3]) }),
  interrupted: isRecord,
};

const MESSAGES: Readonly<Record<string, Check>> = {
  planned: plan,
  progress: fields({ progress }),
  log,
  checkpoint: fields({ blocksDone: isNumber }),
  ended: fields({ end: (end) => isRecord(end) && ENDS[String(end.outcome)]?.(end) === true }),
};

/** The event in a line, or undefined when it is none. */
export function parseEvent(value: unknown): JobEvent | undefined {
  const event = withKnownErrors(value);
  return isEvent(event) ? event : undefined;
}

/** The message in a line of a runner, or undefined when it is none. */
export function parseRunnerMessage(value: unknown): RunnerMessage | undefined {
  const message = withKnownErrors(value);
  return isRunnerMessage(message) ? message : undefined;
}

/** Errors of kinds that only a newer program knows become `internal`; their message stays. */
function withKnownErrors(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { error, end, result } = value;
  if (error === undefined && end === undefined && result === undefined) return value;
  const known = { ...value };
  if (error !== undefined) known.error = parseWireError(error) ?? error;
  if (end !== undefined) known.end = withKnownErrors(end);
  if (isRecord(result) && Array.isArray(result.skipped)) {
    known.result = { ...result, skipped: result.skipped.map(withKnownErrors) };
  }
  return known;
}

function isEvent(value: unknown): value is JobEvent {
  return isRecord(value) && isNumber(value.at) && EVENTS[String(value.event)]?.(value) === true;
}

function isRunnerMessage(value: unknown): value is RunnerMessage {
  return isRecord(value) && MESSAGES[String(value.message)]?.(value) === true;
}
