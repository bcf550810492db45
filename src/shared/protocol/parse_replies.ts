/** Checks replies on the side that sent the command. */
import { SeisProcError } from "../errors.ts";
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
  optional,
} from "../job/parse.ts";
import type { CommandName, Replies } from "./commands.ts";
import { openAnswer } from "./envelope.ts";
import { isGroupSummary } from "../job/group.ts";
import { isLogPage } from "./log_page.ts";
import { isSettings } from "./settings.ts";
import { isAlert, isJob } from "./events.ts";

const nothing: Check = isRecord;
const estimate: Check = fields({
  seconds: isNumber,
  memoryBytes: isNumber,
  diskBytes: isNumber,
  traces: optional(isNumber),
});
const entry: Check = fields({ name: isString, kind: isString, bytes: nullable(isNumber) });
const rule: Check = fields({
  rule: isString,
  on: isBoolean,
  coolDownSeconds: isNumber,
  actions: isArray(isString),
  limits: isRecord,
  snoozedUntil: nullable(isNumber),
});
const survey: Check = fields({
  path: isString,
  name: isString,
  traces: isNumber,
  samplesPerTrace: isNumber,
  intervalUs: isNumber,
  startMs: isNumber,
  lengthUnit: isString,
  sampleFormat: isNumber,
  textHeaders: isArray(isArray(isString)),
  binaryHeader: isRecord,
  words: isArray(isRecord),
  warnings: isArray(isString),
});

const scanReport: Check = fields({ path: isString, traces: isNumber, findings: isArray(isRecord) });

const isStamp: Check = (value) =>
  Array.isArray(value) && value.length === 2 && isString(value[0]) && isNumber(value[1]);

const REPLIES: { readonly [C in CommandName]: Check } = {
  hello: fields({
    program: isString,
    protocol: isNumber,
    stream: isString,
    workspace: isString,
    cores: isNumber,
  }),
  list_processes: fields({ processes: isArray(fields({ id: isString, parameters: isArray(isRecord) })) }),
  list_jobs: fields({
    jobs: isArray(isJob),
    total: isNumber,
    queue: isArray(isString),
    problems: isArray(fields({ folder: isString, error: isRecord })),
  }),
  get_job: fields({ job: isJob }),
  list_job_stamps: fields({ stamps: isArray(isStamp) }),
  get_jobs: fields({ jobs: isArray(isJob), missing: isArray(isString) }),
  job_request: fields({ request: fields({ id: isString, work: isRecord }) }),
  job_history: fields({ events: isArray(isRecord), total: isNumber, unknownLines: isArray(isString) }),
  job_log: fields({
    lines: isArray(fields({ at: isNumber, level: isString, text: isString })),
    total: isNumber,
  }),
  read_log: isLogPage,
  preflight: fields({ estimate, warnings: isArray(isString) }),
  submit: fields({ job: isJob }),
  rerun_job: fields({ job: isJob }),
  preflight_group: fields({
    estimate,
    works: isArray((one) =>
      fields({ estimate, warnings: isArray(isString) })(one) || fields({ error: isRecord })(one)
    ),
  }),
  submit_group: fields({
    group: isGroupSummary,
    jobs: isArray(isJob),
    refused: isArray(fields({ work: isNumber, error: isRecord })),
  }),
  list_groups: fields({ groups: isArray(isGroupSummary) }),
  get_group: fields({ group: isGroupSummary }),
  change_jobs: fields({ changed: isNumber, refused: isArray(fields({ job: isString, error: isRecord })) }),
  pause_job: nothing,
  resume_job: nothing,
  finish_job: nothing,
  cancel_job: nothing,
  retry_job: nothing,
  remove_job: nothing,
  rename_job: nothing,
  set_priority: nothing,
  reorder_job: nothing,
  tag_job: nothing,
  pause_all: nothing,
  resume_all: nothing,
  cancel_all: nothing,
  hold_queue: nothing,
  get_timetable: fields({ holds: isRecordOf(isNumber), jobs: isRecordOf(isNumber) }),
  release_queue: nothing,
  set_limits: nothing,
  open_path: fields({ path: isString, kind: isString, bytes: isNumber }),
  choose_folder: fields({ path: isString }),
  list_grants: fields({ opened: isArray(isString), folders: isArray(isString) }),
  list_folder: fields({
    path: isString,
    parent: nullable(isString),
    entries: isArray(entry),
    cut: isBoolean,
  }),
  load_flow: fields({
    flow: fields({ name: isString, input: isRecord, processes: isArray(isRecord), output: isRecord }),
  }),
  scan_file: fields({ report: scanReport }),
  scan_so_far: fields({ report: nullable(scanReport) }),
  describe_survey: fields({ survey }),
  list_gathers: fields({
    gathers: isNumber,
    largest: isNumber,
    keys: isArray(isString),
    page: isArray(fields({ gather: isNumber, values: isArray(isNumber), traces: isNumber })),
    soFar: optional(fields({ done: isNumber, total: isNumber })),
  }),
  trace_words: fields({
    trace: isNumber,
    words: isArray(fields({ name: isString, byte: isNumber, stored: isNumber, value: isNumber })),
  }),
  list_alerts: fields({ alerts: isArray(isAlert) }),
  acknowledge_alert: nothing,
  snooze_rule: nothing,
  clear_alerts: nothing,
  list_rules: fields({ rules: isArray(rule) }),
  set_rule: fields({ rule }),
  get_settings: fields({ settings: isSettings }),
  set_settings: fields({ settings: isSettings }),
  list_documents: fields({
    documents: isArray(fields({ name: isString, bytes: isNumber, changedAt: isNumber })),
  }),
  get_document: nothing,
  put_document: nothing,
  remove_document: nothing,
  get_resources: fields({ resources: fields({ at: isNumber, cores: isArray(isNumber), memory: isRecord }) }),
};

/**
 * The reply in the answer to a command.
 * @throws the error that the other side sent; `protocol` when the reply is not of this version
 */
export function parseReply<C extends CommandName>(command: C, answer: unknown): Replies[C] {
  const reply = openAnswer(answer);
  if (isReply(command, reply)) return reply;
  const reason = `the reply to ${command} is not as this version expects it`;
  throw new SeisProcError("protocol", `Cannot use the answer: ${reason}: update both sides`, { reason });
}

function isReply<C extends CommandName>(command: C, reply: unknown): reply is Replies[C] {
  return REPLIES[command](reply);
}
