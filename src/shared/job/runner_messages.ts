/**
 * The contract between the job manager and a runner process.
 *
 * A runner is started as `runner.ts <job folder>`: it reads `job.json` there (a `JobRequest`), goes on from
 * `checkpoint` if there is one, prints `RunnerMessage`s as JSON lines on stdout and obeys `RunnerCommand`s as JSON
 * lines on stdin. When its stdin ends it checkpoints and ends as `interrupted`, so it never outlives its manager.
 * Diagnostics of the platform may appear on stderr.
 */
import type { WireError } from "../errors.ts";
import type { JobProgress } from "./progress.ts";

export type RunnerCommand =
  /** Finish the blocks in hand, checkpoint, end as `paused`. */
  | { readonly command: "pause" }
  /** Stop as soon as possible and remove the partial output, or keep it as `.part`; ends as `cancelled`. */
  | { readonly command: "cancel"; readonly keepPartial: boolean }
  /** Finish the blocks in hand, checkpoint, end as `interrupted` (shutdown of the manager, first Ctrl-C). */
  | { readonly command: "interrupt" };

export type RunnerMessage =
  | {
    readonly message: "planned";
    readonly blocks: number;
    /** Blocks that an earlier attempt finished and that are kept. */
    readonly blocksKept: number;
    readonly gathers: number;
    readonly traces: number;
    readonly workers: number;
    readonly phases: readonly string[];
    readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
    readonly warnings: readonly string[];
  }
  | { readonly message: "progress"; readonly progress: JobProgress }
  | { readonly message: "log"; readonly level: "info" | "warning" | "error"; readonly text: string }
  | { readonly message: "checkpoint"; readonly blocksDone: number }
  | { readonly message: "ended"; readonly end: RunnerEnd };

/** How a runner ended; also its exit status: completed 0, failed 1, cancelled 3, paused or interrupted 4. */
export type RunnerEnd =
  | { readonly outcome: "completed"; readonly result: JobResult }
  | { readonly outcome: "failed"; readonly error: WireError; readonly transient: boolean }
  | { readonly outcome: "paused" }
  | { readonly outcome: "cancelled"; readonly level: 2 | 3 }
  | { readonly outcome: "interrupted" };

export interface JobResult {
  readonly outputs: readonly { readonly path: string; readonly bytes: number; readonly traces: number }[];
  readonly tracesRead: number;
  readonly gathers: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Seconds of this attempt, and of that the time from the plan to the last block. */
  readonly seconds: number;
  readonly processingSeconds: number;
  readonly peakMemoryBytes: number;
  /** Gathers that the policy `skip` let pass unprocessed: which, and why. */
  readonly skipped: readonly SkippedGather[];
  readonly warnings: readonly string[];
}

export interface SkippedGather {
  /** First trace of the gather in the input, from 1. */
  readonly trace: number;
  readonly traces: number;
  readonly error: WireError;
  /** Samples of it that the output format cannot hold. */
  readonly lost?: number;
}
