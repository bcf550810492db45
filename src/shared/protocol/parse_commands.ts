/** Parses commands from unknown values: one parser for each, checked against the types of `commands.ts`. */
import { OUTPUT_FORMATS } from "../flow/flow.ts";
import { JOB_STATES, JOB_TYPES, PRIORITIES } from "../job/job.ts";
import type { RunnerOptions } from "../job/work.ts";
import type { WordMapping } from "../seismic/word_mapping.ts";
import { ALERT_RULES, type AlertAction } from "../monitor/alert.ts";
import { type ReadOptions, readOptionsOf } from "../seismic/read_options.ts";
import { type TraceRange, traceRange } from "../seismic/trace_choice.ts";
import { WORD_BYTES, type WordType } from "../seismic/trace_header.ts";
import { BOUNDS } from "./envelope.ts";
import { MANY_VERBS } from "./commands.ts";
import type {
  Command,
  CommandName,
  ExportSubmission,
  FlowSubmission,
  GatherListing,
  ImportSubmission,
  JobFilter,
  JobWishes,
  LogRequest,
  Nothing,
  OneDocument,
  OneJob,
  Requests,
  RuleChange,
  ScanRequest,
  SurveyChoice,
  TraceWordsRequest,
  Until,
  WorkSubmission,
} from "./commands.ts";
import { DOCUMENT_KINDS, settingsChange } from "./settings.ts";
import {
  anything,
  choice,
  document,
  finite,
  list,
  maybe,
  numbers,
  orNull,
  type Parser,
  record,
  refused,
  refusedFor,
  shape,
  text,
  truth,
  whole,
} from "./parse_fields.ts";

const ACTIONS: readonly AlertAction[] = ["toast", "notification", "log", "hold_queue", "pause_writers"];
const TIME = whole(0, 1e15);
const name = text(200);
const id = text(64);
const path = text(4096);
const wordName = text(64);
const tags = list(text(64), 32);

const wordType: Parser<WordType> = (value, where) => {
  const known = Object.keys(WORD_BYTES).filter((type) => isWordType(type));
  return choice(known)(value, where);
};
const mapping = shape<WordMapping>({ name: wordName, byte: whole(1, 1 << 20), type: wordType });
export const wordMap = maybe(list(mapping, 256));
const runner = maybe(shape<RunnerOptions>({
  workers: maybe(whole(1, 256)),
  memoryMB: maybe(whole(1, 1 << 20)),
  checkpointMs: maybe(whole(100, 3_600_000)),
}));

const readOptions: Parser<ReadOptions> = (value, where) =>
  readOptionsOf(record(value, where), (field, why) => refusedFor(`${where}.${field}`, why));
const reading = { read: maybe(readOptions), map: wordMap };

export const surveyChoice = { survey: path, ...reading };
export const gatherOrder = {
  ...surveyChoice,
  order: maybe(list(wordName, 8)),
  key: maybe(wordName),
};

const wishes = {
  name: maybe(name),
  priority: maybe(choice(PRIORITIES)),
  tags: maybe(tags),
  parent: maybe(id),
  group: maybe(name),
  timeoutSeconds: maybe(finite(1, 1e9)),
  overwrite: maybe(truth),
} satisfies { [K in keyof JobWishes]-?: Parser<JobWishes[K]> };

const kinds = choice(["flow", "import", "export"]);
const flowWork = shape<{ kind: "flow" } & FlowSubmission>({
  kind: choice(["flow"]),
  ...wishes,
  flow: document,
  onError: maybe(choice(["fail", "skip"])),
  ...reading,
  littleEndian: maybe(truth),
  runner,
});
const range: Parser<TraceRange> = (value, where) => {
  const found = traceRange(value);
  if (found) return found;
  throw refused(where, "the first and the last trace, counted from 1", value);
};
const choiceOfTraces = { select: maybe(text(1000)), traces: maybe(range) };

const importWork = shape<{ kind: "import" } & ImportSubmission>({
  kind: choice(["import"]),
  ...wishes,
  input: path,
  to: path,
  ...reading,
  ...choiceOfTraces,
  copy: maybe(truth),
  runner,
});
const exportWork = shape<{ kind: "export" } & ExportSubmission>({
  kind: choice(["export"]),
  ...wishes,
  input: path,
  to: path,
  ...reading,
  ...choiceOfTraces,
  format: maybe(choice(OUTPUT_FORMATS)),
  littleEndian: maybe(truth),
  runner,
});

const work: Parser<WorkSubmission> = (value, where) => {
  switch (kinds(record(value, where).kind, `${where}.kind`)) {
    case "flow":
      return flowWork(value, where);
    case "import":
      return importWork(value, where);
    case "export":
      return exportWork(value, where);
  }
};

const nothing = shape<Nothing>({});
const oneJob = { job: id };
const job = shape<OneJob>(oneJob);

const cleared: Parser<number | "acknowledged" | "all"> = (value, where) =>
  typeof value === "number" ? TIME(value, where) : choice(["acknowledged", "all"])(value, where);

const until = { until: maybe(TIME) };
const oneDocument = { kind: choice(DOCUMENT_KINDS), name };

const jobFilter = {
  states: maybe(list(choice(JOB_STATES), 32)),
  types: maybe(list(choice(JOB_TYPES), 32)),
  text: maybe(text(200)),
  tag: maybe(text(64)),
  errorTag: maybe(text(64)),
  parent: maybe(id),
  endedSince: maybe(TIME),
  endedBefore: maybe(TIME),
};

const changeJobs: Parser<Requests["change_jobs"]> = (value, where) => {
  const parsed = shape<Requests["change_jobs"]>({
    verb: choice(MANY_VERBS),
    jobs: maybe(list(id)),
    filter: maybe(shape<NonNullable<Requests["change_jobs"]["filter"]>>(jobFilter)),
    keepPartial: maybe(truth),
  })(value, where);
  if ((parsed.jobs === undefined) !== (parsed.filter === undefined)) return parsed;
  throw refused(where, "jobs or filter", parsed.jobs === undefined ? undefined : "both");
};

const PARSERS: { readonly [C in CommandName]: Parser<Requests[C]> } = {
  hello: nothing,
  list_processes: nothing,
  list_jobs: shape<JobFilter>({ ...jobFilter, before: maybe(id), limit: maybe(whole(1, 1000)) }),
  get_job: job,
  list_job_stamps: nothing,
  get_jobs: shape<Requests["get_jobs"]>({ jobs: list(id, BOUNDS.jobsAtOnce) }),
  job_request: job,
  job_history: shape<Requests["job_history"]>({
    ...oneJob,
    after: maybe(TIME),
    limit: maybe(whole(1, 10_000)),
  }),
  job_log: shape<Requests["job_log"]>({
    ...oneJob,
    after: maybe(TIME),
    limit: maybe(whole(1, 10_000)),
    text: maybe(text(200)),
  }),
  read_log: shape<LogRequest>({
    ...oneJob,
    from: maybe(TIME),
    back: maybe(truth),
    limit: maybe(whole(1, 2000)),
    text: maybe(text(200)),
    context: maybe(whole(0, 20)),
  }),
  preflight: shape<Requests["preflight"]>({ work }),
  submit: shape<Requests["submit"]>({ work }),
  rerun_job: shape<Requests["rerun_job"]>({ ...oneJob, output: maybe(path), overwrite: maybe(truth) }),
  preflight_group: shape<Requests["preflight_group"]>({ works: list(work, BOUNDS.worksAtOnce) }),
  submit_group: shape<Requests["submit_group"]>({ name, works: list(work, BOUNDS.worksAtOnce) }),
  list_groups: nothing,
  get_group: shape<Requests["get_group"]>({ group: id }),
  change_jobs: changeJobs,
  pause_job: shape<Requests["pause_job"]>({ ...oneJob, ...until }),
  resume_job: job,
  finish_job: job,
  cancel_job: shape<Requests["cancel_job"]>({ ...oneJob, keepPartial: maybe(truth) }),
  retry_job: job,
  remove_job: job,
  rename_job: shape<Requests["rename_job"]>({ ...oneJob, name }),
  set_priority: shape<Requests["set_priority"]>({ ...oneJob, priority: choice(PRIORITIES) }),
  reorder_job: shape<Requests["reorder_job"]>({ ...oneJob, before: orNull(id) }),
  tag_job: shape<Requests["tag_job"]>({ ...oneJob, tags }),
  pause_all: shape<Until>(until),
  resume_all: nothing,
  cancel_all: shape<Requests["cancel_all"]>({ keepPartial: maybe(truth) }),
  hold_queue: shape<Until>(until),
  get_timetable: nothing,
  release_queue: nothing,
  set_limits: shape<Requests["set_limits"]>({ heavy: whole(1, 64), light: whole(1, 64) }),
  open_path: shape<Requests["open_path"]>({ path }),
  choose_folder: shape<Requests["choose_folder"]>({ path }),
  list_grants: nothing,
  list_folder: shape<Requests["list_folder"]>({ path: orNull(path) }),
  load_flow: shape<Requests["load_flow"]>({ path }),
  scan_file: shape<ScanRequest>({ path, ...reading }),
  scan_so_far: shape<ScanRequest>({ path, ...reading }),
  describe_survey: shape<SurveyChoice>(surveyChoice),
  list_gathers: shape<GatherListing>({
    ...gatherOrder,
    value: maybe(finite(-1e15, 1e15)),
    first: maybe(TIME),
    limit: maybe(whole(1, 1000)),
  }),
  trace_words: shape<TraceWordsRequest>({
    ...gatherOrder,
    gather: maybe(whole(0, 2 ** 40)),
    trace: whole(0, 2 ** 40),
  }),
  list_alerts: nothing,
  acknowledge_alert: shape<Requests["acknowledge_alert"]>({ alert: TIME }),
  snooze_rule: shape<Requests["snooze_rule"]>({ rule: choice(ALERT_RULES), seconds: finite(0, 1e8) }),
  clear_alerts: shape<Requests["clear_alerts"]>({ what: cleared }),
  list_rules: nothing,
  set_rule: shape<Requests["set_rule"]>({
    rule: choice(ALERT_RULES),
    change: shape<RuleChange>({
      on: maybe(truth),
      coolDownSeconds: maybe(finite(0, 1e8)),
      actions: maybe(list(choice(ACTIONS), 16)),
      limits: maybe(numbers),
    }),
  }),
  get_resources: nothing,
  get_settings: nothing,
  set_settings: shape<Requests["set_settings"]>({ change: settingsChange }),
  list_documents: shape<Requests["list_documents"]>({ kind: choice(DOCUMENT_KINDS) }),
  get_document: shape<OneDocument>(oneDocument),
  put_document: shape<Requests["put_document"]>({ ...oneDocument, value: anything }),
  remove_document: shape<OneDocument>(oneDocument),
};

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(PARSERS).filter((one) => isCommandName(one));

/** @throws SeisProcError `protocol` */
export function parseCommand(value: unknown): Command {
  const { command, ...request } = record(value, "");
  if (typeof command !== "string" || !isCommandName(command)) {
    throw refused("command", "the name of a command", command);
  }
  return withName(command, request);
}

function withName<C extends CommandName>(command: C, request: unknown): Command {
  const parsed: Requests[C] = PARSERS[command](request, "");
  // TypeScript does not follow that a name with its own request is one of the commands.
  return { command, ...parsed } as unknown as Command;
}

function isCommandName(value: string): value is CommandName {
  return Object.hasOwn(PARSERS, value);
}

function isWordType(value: string): value is WordType {
  return Object.hasOwn(WORD_BYTES, value);
}
