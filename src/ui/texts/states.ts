/** Words of the job model, as people read them. */
import type { JobState, JobType, Priority } from "../../shared/job/job.ts";
import type { Severity } from "../../shared/monitor/alert.ts";

export const STATE_WORDS: Readonly<Record<JobState, string>> = {
  created: "created",
  queued: "queued",
  running: "running",
  pausing: "pausing",
  paused: "paused",
  cancelling: "cancelling",
  cancelled: "cancelled",
  interrupted: "interrupted",
  completed: "completed",
  failed: "failed",
  timed_out: "timed out",
};

export const TYPE_WORDS: Readonly<Record<JobType, string>> = {
  segy_import: "Import",
  segy_export: "Export",
  processing: "Processing",
  migration: "Migration",
  qc_batch: "Quality control",
  stacking: "Stack",
  sort: "Sort",
};

export const PRIORITY_WORDS: Readonly<Record<Priority, string>> = {
  low: "low",
  normal: "normal",
  high: "high",
  critical: "critical",
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  info: "Note",
  warning: "Warning",
  error: "Error",
  critical: "Critical",
};
