/** The lines of `events.jsonl`: everything that ever happened to a job, in order. */
import type { WireError } from "../errors.ts";
import type {
  CancelLevel,
  JobEstimate,
  JobPlan,
  JobSketch,
  JobType,
  PauseCause,
  Priority,
  QueuedWhy,
} from "./job.ts";
import type { JobProgress } from "./progress.ts";
import type { JobResult } from "./runner_messages.ts";

/** Changes of state; each names what else is known at that moment. */
export type StateChange =
  | { readonly to: "queued"; readonly manager: string; readonly order: number; readonly why: QueuedWhy }
  | { readonly to: "running"; readonly manager: string; readonly pid: number }
  /** Folders of older versions have no `cause`. */
  | { readonly to: "pausing"; readonly why: string; readonly cause?: PauseCause }
  | { readonly to: "paused"; readonly why: string; readonly cause?: PauseCause; readonly error?: WireError }
  | { readonly to: "cancelling"; readonly keepPartial: boolean }
  | {
    readonly to: "cancelled";
    readonly level: CancelLevel;
    readonly partialOutput: "removed" | "kept" | null;
  }
  | { readonly to: "interrupted"; readonly why: string; readonly error?: WireError }
  | { readonly to: "completed"; readonly result: JobResult }
  | { readonly to: "failed"; readonly error: WireError }
  | { readonly to: "timed_out"; readonly error: WireError };

export type JobHappening =
  | Partial<JobSketch> & {
    readonly event: "created";
    readonly format: number;
    readonly program: string;
    readonly name: string;
    readonly type: JobType;
    readonly priority: Priority;
    readonly tags: readonly string[];
    readonly parent: string | null;
    readonly group?: string;
    readonly maxAttempts: number;
    readonly timeoutSeconds: number | null;
    readonly estimate: JobEstimate | null;
  }
  /** `ms`: how long the job was in the state before, by a clock that does not jump; absent across restarts. */
  | ({ readonly event: "state"; readonly ms?: number } & StateChange)
  | ({ readonly event: "planned" } & JobPlan)
  | { readonly event: "progress"; readonly progress: JobProgress }
  | { readonly event: "checkpoint"; readonly blocksDone: number }
  | { readonly event: "log"; readonly level: "info" | "warning" | "error"; readonly text: string }
  /** Another manager takes over a queued job whose manager died. */
  | { readonly event: "adopted"; readonly manager: string }
  | { readonly event: "renamed"; readonly name: string }
  | { readonly event: "priority"; readonly priority: Priority }
  | { readonly event: "order"; readonly order: number }
  | { readonly event: "tags"; readonly tags: readonly string[] };

/** `at`: milliseconds since 1970. */
export type JobEvent = JobHappening & { readonly at: number };
