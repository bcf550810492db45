/**
 * Every command that the window may send, with its reply: both sides' contract in one place. A command is one POST to
 * `/command`. Paths are absolute. Adding a command: here, its parser in `parse_commands.ts`, its check in
 * `parse_replies.ts`, its handler in `sidecar/server/`, its example in PROTOCOL.md.
 */
import type { WireError } from "../errors.ts";
import type { Flow, OutputFormat } from "../flow/flow.ts";
import type { JobEvent } from "../job/events.ts";
import type { Job, JobEstimate, JobRequest, JobState, JobType, Priority } from "../job/job.ts";
import type { Count, Times } from "../job/progress.ts";
import type { LogPage } from "./log_page.ts";
import type { GroupSummary } from "../job/group.ts";
import type { ErrorPolicy, RunnerOptions } from "../job/work.ts";
import type { WordMapping } from "../seismic/word_mapping.ts";
import type { Alert, AlertAction, AlertRuleId, RuleView } from "../monitor/alert.ts";
import type { DocumentEntry, DocumentKind, Settings } from "./settings.ts";
import type { ResourceSample } from "../monitor/resources.ts";
import type { ProcessDescription } from "../processes/describe.ts";
import type { ReadOptions } from "../seismic/read_options.ts";
import type { TraceChoice } from "../seismic/trace_choice.ts";
import type { ScanReport } from "../seismic/scan_report.ts";
import type { LengthUnit } from "../seismic/survey.ts";
import type { HeaderWord, WordType } from "../seismic/trace_header.ts";

export type Nothing = Readonly<Record<never, never>>;

export interface OneJob {
  readonly job: string;
}

/** Which jobs; without any field the newest 200. */
export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly types?: readonly JobType[];
  /** Part of the name, a tag or the error, in any case of letters. */
  readonly text?: string;
  /** One of its tags. */
  readonly tag?: string;
  /** The tag of its error, such as `file-missing`. */
  readonly errorTag?: string;
  /** Jobs of this group. */
  readonly parent?: string;
  /** Only jobs older than this one: pages go from the newest to the oldest. */
  readonly before?: string;
  /** Only jobs that ended at this moment or later, milliseconds since 1970. */
  readonly endedSince?: number;
  /** Only jobs that ended before this moment. */
  readonly endedBefore?: number;
  /** 200 unless told, at most 1000. */
  readonly limit?: number;
}

export const MANY_VERBS = ["pause", "finish", "resume", "cancel", "retry", "remove"] as const;
export type ManyVerb = typeof MANY_VERBS[number];

/** What may be said about any job besides its work. */
export interface JobWishes {
  readonly name?: string;
  readonly priority?: Priority;
  readonly tags?: readonly string[];
  /** The id of the group that it belongs to, and what that is called. */
  readonly parent?: string;
  readonly group?: string;
  readonly timeoutSeconds?: number;
  /** Replaces an output that is there; else `output-exists`. */
  readonly overwrite?: boolean;
}

/** A flow document as it is saved; its input opened, its output in a chosen folder. */
export interface FlowSubmission extends JobWishes {
  readonly flow: unknown;
  readonly onError?: ErrorPolicy;
  /** Wins over what the flow says of its input. */
  readonly read?: ReadOptions;
  readonly map?: readonly WordMapping[];
  readonly littleEndian?: boolean;
  readonly runner?: RunnerOptions;
}

export interface ImportSubmission extends JobWishes, TraceChoice {
  readonly input: string;
  readonly to: string;
  readonly read?: ReadOptions;
  readonly map?: readonly WordMapping[];
  readonly copy?: boolean;
  readonly runner?: RunnerOptions;
}

export interface ExportSubmission extends JobWishes, TraceChoice {
  readonly input: string;
  readonly to: string;
  readonly read?: ReadOptions;
  readonly map?: readonly WordMapping[];
  readonly format?: OutputFormat;
  readonly littleEndian?: boolean;
  readonly runner?: RunnerOptions;
}

export type WorkSubmission =
  | ({ readonly kind: "flow" } & FlowSubmission)
  | ({ readonly kind: "import" } & ImportSubmission)
  | ({ readonly kind: "export" } & ExportSubmission);

/** A survey and how it is read. */
export interface SurveyChoice {
  /** A SEG-Y file or a dataset that was opened. */
  readonly survey: string;
  /** What is forced in place of what the file says. */
  readonly read?: ReadOptions;
  readonly map?: readonly WordMapping[];
}

/**
 * How traces become gathers: sorted by `order` (header words, first key first, `-` in front turns around; the first
 * makes the gathers), or in the order of the file by the word `key`.
 */
export interface GatherOrder extends SurveyChoice {
  readonly order?: readonly string[];
  readonly key?: string;
}

/** A SEG-Y file that was opened, with what the user says in place of its headers. */
export interface ScanRequest {
  readonly path: string;
  readonly read?: ReadOptions;
  readonly map?: readonly WordMapping[];
}

/**
 * Which gathers of an order: by number from `first` on, or from the first one whose first key has this `value` on (none
 * when there is none); 200 unless told.
 */
export interface GatherListing extends GatherOrder {
  readonly value?: number;
  readonly first?: number;
  readonly limit?: number;
}

/** A trace by its place from 0: in its gather, in the order, or in the file. */
export interface TraceWordsRequest extends GatherOrder {
  readonly gather?: number;
  readonly trace: number;
}

/** A page of a job's log; see `LogPage`. */
export interface LogRequest extends OneJob {
  /** Absent: from the end, or with `back` false from the beginning. */
  readonly from?: number;
  /** Towards the beginning, unless told. */
  readonly back?: boolean;
  /** Lines, or of a search lines that match; 200 unless told. */
  readonly limit?: number;
  readonly text?: string;
  readonly context?: number;
}

export interface Until {
  /** When to go on by itself, in milliseconds since 1970; absent: when somebody says so. */
  readonly until?: number;
}

/** The requests by command. */
export interface Requests {
  readonly hello: Nothing;
  readonly list_processes: Nothing;

  readonly list_jobs: JobFilter;
  readonly get_job: OneJob;
  readonly list_job_stamps: Nothing;
  /** At most 500. */
  readonly get_jobs: { readonly jobs: readonly string[] };
  readonly job_request: OneJob;
  /** Events of the job's journal from number `after` on; 1000 unless told. */
  readonly job_history: OneJob & { readonly after?: number; readonly limit?: number };
  /** Log lines of the job; `text` searches. */
  readonly job_log: OneJob & { readonly after?: number; readonly limit?: number; readonly text?: string };
  readonly read_log: LogRequest;
  readonly preflight: { readonly work: WorkSubmission };
  readonly submit: { readonly work: WorkSubmission };
  /** The same work once more; its paths count as chosen. */
  readonly rerun_job: OneJob & { readonly output?: string; readonly overwrite?: boolean };
  /** Many works of one name; each is checked by itself. */
  readonly preflight_group: { readonly works: readonly WorkSubmission[] };
  readonly submit_group: { readonly name: string; readonly works: readonly WorkSubmission[] };
  readonly list_groups: Nothing;
  readonly get_group: { readonly group: string };
  /** One verb for many jobs: those named, or all that match. */
  readonly change_jobs: {
    readonly verb: ManyVerb;
    readonly jobs?: readonly string[];
    readonly filter?: Omit<JobFilter, "before" | "limit">;
    readonly keepPartial?: boolean;
  };
  readonly pause_job: OneJob & Until;
  readonly resume_job: OneJob;
  readonly finish_job: OneJob;
  readonly cancel_job: OneJob & { readonly keepPartial?: boolean };
  readonly retry_job: OneJob;
  readonly remove_job: OneJob;
  readonly rename_job: OneJob & { readonly name: string };
  readonly set_priority: OneJob & { readonly priority: Priority };
  readonly reorder_job: OneJob & { readonly before: string | null };
  readonly tag_job: OneJob & { readonly tags: readonly string[] };
  readonly pause_all: Until;
  readonly resume_all: Nothing;
  readonly cancel_all: { readonly keepPartial?: boolean };
  readonly hold_queue: Until;
  readonly get_timetable: Nothing;
  readonly release_queue: Nothing;
  readonly set_limits: { readonly heavy: number; readonly light: number };

  readonly open_path: { readonly path: string };
  readonly choose_folder: { readonly path: string };
  readonly list_grants: Nothing;
  readonly list_folder: { readonly path: string | null };
  readonly load_flow: { readonly path: string };
  readonly scan_file: ScanRequest;
  /** What a scan that somebody waits for has found by now. */
  readonly scan_so_far: ScanRequest;
  readonly describe_survey: SurveyChoice;
  readonly list_gathers: GatherListing;
  readonly trace_words: TraceWordsRequest;

  readonly list_alerts: Nothing;
  readonly acknowledge_alert: { readonly alert: number };
  readonly snooze_rule: { readonly rule: AlertRuleId; readonly seconds: number };
  readonly clear_alerts: { readonly what: number | "acknowledged" | "all" };
  readonly list_rules: Nothing;
  readonly set_rule: { readonly rule: AlertRuleId; readonly change: RuleChange };
  readonly get_resources: Nothing;

  readonly get_settings: Nothing;
  readonly set_settings: { readonly change: Partial<Settings> };
  readonly list_documents: { readonly kind: DocumentKind };
  readonly get_document: OneDocument;
  readonly put_document: OneDocument & { readonly value: unknown };
  readonly remove_document: OneDocument;
}

export interface OneDocument {
  readonly kind: DocumentKind;
  readonly name: string;
}

export interface RuleChange {
  readonly on?: boolean;
  readonly coolDownSeconds?: number;
  readonly actions?: readonly AlertAction[];
  readonly limits?: Readonly<Record<string, number>>;
}

/** The replies by command. */
export interface Replies {
  readonly hello: Hello;
  readonly list_processes: { readonly processes: readonly ProcessDescription[] };

  readonly list_jobs: JobPage;
  readonly get_job: { readonly job: Job };
  /** All jobs, oldest first: what is told of a job is the same as long as its stamp is. */
  readonly list_job_stamps: { readonly stamps: readonly (readonly [job: string, stamp: number])[] };
  readonly get_jobs: { readonly jobs: readonly Job[]; readonly missing: readonly string[] };
  readonly job_request: { readonly request: JobRequest };
  readonly job_history: {
    readonly events: readonly JobEvent[];
    readonly total: number;
    /** Lines of the journal that are no events, as text. */
    readonly unknownLines: readonly string[];
  };
  readonly job_log: { readonly lines: readonly LogLine[]; readonly total: number };
  readonly read_log: LogPage;
  readonly preflight: PreflightAnswer;
  readonly submit: { readonly job: Job };
  readonly rerun_job: { readonly job: Job };
  readonly preflight_group: {
    readonly estimate: JobEstimate;
    /** One for each work, in their order. */
    readonly works: readonly (PreflightAnswer | { readonly error: WireError })[];
  };
  readonly submit_group: {
    readonly group: GroupSummary;
    readonly jobs: readonly Job[];
    /** Works that became no job, by their place from 0. */
    readonly refused: readonly { readonly work: number; readonly error: WireError }[];
  };
  readonly list_groups: { readonly groups: readonly GroupSummary[] };
  readonly get_group: { readonly group: GroupSummary };
  readonly change_jobs: {
    readonly changed: number;
    readonly refused: readonly { readonly job: string; readonly error: WireError }[];
  };
  readonly pause_job: Nothing;
  readonly resume_job: Nothing;
  readonly finish_job: Nothing;
  readonly cancel_job: Nothing;
  readonly retry_job: Nothing;
  readonly remove_job: Nothing;
  readonly rename_job: Nothing;
  readonly set_priority: Nothing;
  readonly reorder_job: Nothing;
  readonly tag_job: Nothing;
  readonly pause_all: Nothing;
  readonly resume_all: Nothing;
  readonly cancel_all: Nothing;
  readonly hold_queue: Nothing;
  readonly get_timetable: Times;
  readonly release_queue: Nothing;
  readonly set_limits: Nothing;

  readonly open_path: OpenedPath;
  readonly choose_folder: { readonly path: string };
  readonly list_grants: { readonly opened: readonly string[]; readonly folders: readonly string[] };
  readonly list_folder: FolderListing;
  /** The document with its paths absolute and velocity files read into it. */
  readonly load_flow: { readonly flow: Flow };
  readonly scan_file: { readonly report: ScanReport };
  readonly scan_so_far: { readonly report: ScanReport | null };
  readonly describe_survey: { readonly survey: SurveyView };
  readonly list_gathers: GatherPage;
  readonly trace_words: TraceWords;

  readonly list_alerts: { readonly alerts: readonly Alert[] };
  readonly acknowledge_alert: Nothing;
  readonly snooze_rule: Nothing;
  readonly clear_alerts: Nothing;
  readonly list_rules: { readonly rules: readonly RuleView[] };
  readonly set_rule: { readonly rule: RuleView };
  /** One look now; the event stream tells resources once a second to readers that ask for them. */
  readonly get_resources: { readonly resources: ResourceSample };

  readonly get_settings: { readonly settings: Settings };
  readonly set_settings: { readonly settings: Settings };
  readonly list_documents: { readonly documents: readonly DocumentEntry[] };
  readonly get_document: { readonly value: unknown };
  readonly put_document: Nothing;
  readonly remove_document: Nothing;
}

export type CommandName = keyof Requests;
/** One command with its request, told apart by `command`. */
export type Command = { [C in CommandName]: { readonly command: C } & Requests[C] }[CommandName];
export type CommandOf<C extends CommandName> = Extract<Command, { readonly command: C }>;

export interface Hello {
  readonly program: string;
  readonly protocol: number;
  /** Which run of the sidecar this is: sequence numbers count within one. */
  readonly stream: string;
  readonly workspace: string;
  readonly cores: number;
}

export interface JobPage {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** How many match, on all pages. */
  readonly total: number;
  /** Ids of what waits, in the order in which it will start. */
  readonly queue: readonly string[];
  /** Folders of the workspace that are no readable jobs. */
  readonly problems: readonly { readonly folder: string; readonly error: WireError }[];
}

export interface LogLine {
  readonly at: number;
  readonly level: "info" | "warning" | "error";
  readonly text: string;
}

export interface PreflightAnswer {
  readonly estimate: JobEstimate;
  readonly warnings: readonly string[];
}

export interface OpenedPath {
  /** With links resolved: what the other commands take. */
  readonly path: string;
  readonly kind: "file" | "dataset";
  readonly bytes: number;
}

export interface FolderListing {
  readonly path: string;
  /** Null at the top. */
  readonly parent: string | null;
  /** Folders first, by name. */
  readonly entries: readonly FolderEntry[];
  /** There are more entries than are listed. */
  readonly cut: boolean;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: "folder" | "segy" | "dataset" | "flow";
  /** Null for folders and datasets. */
  readonly bytes: number | null;
}

export interface SurveyView {
  readonly path: string;
  readonly name: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly startMs: number;
  readonly lengthUnit: LengthUnit;
  readonly sampleFormat: number;
  readonly textHeaders: readonly (readonly string[])[];
  /** Fields of the binary header by name. */
  readonly binaryHeader: Readonly<Record<string, number>>;
  readonly words: readonly HeaderWord[];
  readonly warnings: readonly string[];
}

export interface GatherPage {
  /** Gathers of the whole survey, and the traces of the largest. */
  readonly gathers: number;
  readonly largest: number;
  /** Header words whose values name a gather. */
  readonly keys: readonly string[];
  readonly page: readonly {
    readonly gather: number;
    readonly values: readonly number[];
    readonly traces: number;
  }[];
  /** Traces whose place is known, while gathers are still being found: what is above is what is known so far. */
  readonly soFar?: Count;
}

export interface TraceWords {
  /** Its number in the survey, from 0. */
  readonly trace: number;
  readonly words: readonly {
    readonly name: string;
    readonly byte: number;
    readonly type: WordType;
    readonly title: string;
    readonly stored: number;
    /** With its scalar applied. */
    readonly value: number;
  }[];
}
