/** What a job is: its types, states and fields. The state of every job is a replay of its events. */
import type { WireError } from "../errors.ts";
import type { JobProgress } from "./progress.ts";
import type { JobResult } from "./runner_messages.ts";
import type { Work } from "./work.ts";

export const JOB_TYPES = [
  "segy_import",
  "segy_export",
  "processing",
  "migration",
  "qc_batch",
  "stacking",
  "sort",
] as const;
export type JobType = typeof JOB_TYPES[number];

export const JOB_STATES = [
  "created",
  "queued",
  "running",
  "pausing",
  "paused",
  "cancelling",
  "cancelled",
  "interrupted",
  "completed",
  "failed",
  "timed_out",
] as const;
export type JobState = typeof JOB_STATES[number];

/** From the least to the most urgent. */
export const PRIORITIES = ["low", "normal", "high", "critical"] as const;
export type Priority = typeof PRIORITIES[number];

/**
 * What ended a cancelled job: 1 the queue, 2 a flag between blocks, 3 the flag inside a kernel, 4 a signal to the
 * runner, 5 the sidecar went away.
 */
export type CancelLevel = 1 | 2 | 3 | 4 | 5;

/** Why a job was queued: first, to go on, as a new attempt by the user, as a new attempt after a passing error. */
export type QueuedWhy = "submitted" | "resumed" | "retried" | "repeated";

/**
 * Why a job pauses: the user asked; the user asked to finish the gathers in hand; its runner ended so; nothing more fits
 * on a disk; a disk has so little room left that the rest of the machine would suffer. After the last two the job goes
 * on by itself when there is room.
 */
export const PAUSE_CAUSES = ["user", "finish", "runner", "disk_full", "disk_nearly_full"] as const;
export type PauseCause = typeof PAUSE_CAUSES[number];

/** The version of job folders that this program writes and the newest that it reads. */
export const JOB_FORMAT = 1;

/** First attempt and three automatic repeats of a job that a passing error ended. */
export const DEFAULT_MAX_ATTEMPTS = 4;

/** `job.json`: what was asked. Never changes. */
export interface JobRequest {
  readonly seisproc: number;
  readonly id: string;
  readonly type: JobType;
  /** The name at the start; the user may rename the job. */
  readonly name: string;
  readonly priority: Priority;
  readonly tags: readonly string[];
  /** The group that the job belongs to. */
  readonly parent: string | null;
  /** What the group is called; absent without one. */
  readonly group?: string;
  /** Attempts with automatic repeats of passing errors; a retry by the user counts anew. */
  readonly maxAttempts: number;
  readonly timeoutSeconds: number | null;
  /** The version of the program that made the job. */
  readonly program: string;
  readonly createdAt: number;
  readonly estimate: JobEstimate | null;
  readonly work: Work;
}

/** What preflight expects the job to need. */
export interface JobEstimate {
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Traces that are read: those that are left where a part is chosen. Absent in jobs of earlier versions. */
  readonly traces?: number;
}

/** What the runner said about its plan. */
export interface JobPlan {
  readonly blocks: number;
  readonly blocksKept: number;
  readonly gathers: number;
  readonly traces: number;
  readonly workers: number;
  readonly phases: readonly string[];
  readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
  readonly warnings: readonly string[];
}

/** What a job works on, told without opening its request. */
export interface JobSketch {
  /** Absolute paths: what is read, and the final names of what is written. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Ids of its processes in order. */
  readonly processes: readonly string[];
}

/** A job as everybody sees it. Times are milliseconds since 1970 by the clock of the wall, durations are measured. */
export interface Job extends JobSketch {
  readonly id: string;
  readonly name: string;
  readonly type: JobType;
  readonly state: JobState;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly parent: string | null;
  /** What the group of `parent` is called. */
  readonly group: string | null;
  readonly children: readonly string[];
  readonly createdAt: number;
  readonly queuedAt: number | null;
  readonly startedAt: number | null;
  readonly pausedAt: number | null;
  readonly endedAt: number | null;
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Automatic repeats since the user last queued the job. */
  readonly repeats: number;
  /** How often the job was queued; requests to its owner name it, so that none reaches a later run. */
  readonly round: number;
  readonly queuedWhy: QueuedWhy | null;
  /** Where the job stands among those of its priority: lower runs first. */
  readonly order: number;
  readonly timeoutSeconds: number | null;
  readonly estimate: JobEstimate | null;
  readonly plan: JobPlan | null;
  /** Of a job that ended: the last that it made. */
  readonly progress: JobProgress | null;
  readonly blocksOnDisk: number;
  readonly result: JobResult | null;
  readonly error: WireError | null;
  /** Why the state is as it is, in words: "disk full", "by the user", "shutdown". */
  readonly reason: string | null;
  /** While it pauses or is paused: why, for programs. */
  readonly pauseCause?: PauseCause;
  readonly cancelLevel: CancelLevel | null;
  /** What became of partial output when the job was cancelled. */
  readonly partialOutput: "removed" | "kept" | null;
  readonly warnings: number;
  readonly waitedMs: number;
  readonly ranMs: number;
  /** Of that, in this attempt: what a timeout looks at. */
  readonly attemptRanMs: number;
  readonly pausedMs: number;
  /** The manager that queued or runs the job. */
  readonly manager: string | null;
  /** The version of the program and of the folder. */
  readonly program: string;
  readonly format: number;
  /** Lines of the journal that could not be understood; they were skipped. */
  readonly damage: readonly string[];
}

/** Small jobs run beside a heavy one. */
export function isLight(type: JobType): boolean {
  return type === "segy_import";
}

/** A runner of the job exists. */
export function isActive(state: JobState): boolean {
  return state === "running" || state === "pausing" || state === "cancelling";
}

/** Nothing happens to the job unless somebody asks. */
export function isAtRest(state: JobState): boolean {
  return state !== "created" && state !== "queued" && !isActive(state);
}

/** The job ended; a retry is a new attempt. */
export function isEnded(state: JobState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled" || state === "timed_out";
}
