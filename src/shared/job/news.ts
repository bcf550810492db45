/** What the job manager tells its listeners: the journal and every window get the same. */
import type { Alert, RuleView } from "../monitor/alert.ts";
import type { ResourceSample } from "../monitor/resources.ts";
import type { ReadingProgress } from "./reading_progress.ts";
import type { GroupSummary } from "./group.ts";
import type { Job } from "./job.ts";
import type { JobProgress, Times } from "./progress.ts";

export type NewsItem =
  /** A job is new or changed in anything but its progress. */
  | { readonly news: "job"; readonly job: Job }
  /** At most 10 a second per job. */
  | { readonly news: "progress"; readonly job: string; readonly progress: JobProgress }
  | {
    readonly news: "log";
    readonly job: string;
    readonly level: "info" | "warning" | "error";
    readonly text: string;
  }
  | { readonly news: "removed"; readonly job: string }
  /** A group went on; a few times a second. */
  | { readonly news: "group"; readonly group: GroupSummary }
  /** No job starts while the queue is held; null: it is free again. */
  | { readonly news: "queue"; readonly held: string | null }
  | { readonly news: "alert"; readonly alert: Alert }
  /** What users did about alerts and rules. */
  | { readonly news: "alert_changed"; readonly alert: Alert }
  | { readonly news: "alerts_cleared"; readonly alerts: readonly number[] }
  | { readonly news: "rule"; readonly rule: RuleView }
  /** What users set, and what they made: its value is asked for. */
  | { readonly news: "settings"; readonly settings: Readonly<Record<string, unknown>> }
  /** Until when what is paused rests. */
  | { readonly news: "timetable" } & Times
  | { readonly news: "document"; readonly kind: string; readonly name: string }
  | { readonly news: "resources"; readonly resources: ResourceSample }
  /** How far a long scan, or a long search for gathers, is; a few times a second each. */
  | { readonly news: "reading"; readonly reading: ReadingProgress };

/** `sequence` counts from 1 without a gap within one run of the manager. */
export type News = NewsItem & { readonly sequence: number; readonly at: number };
