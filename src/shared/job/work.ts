/** What a job is asked to do, as it lies in `job.json`: everything the runner needs, paths absolute. */
import type { Flow } from "../flow/flow.ts";
import type { Reading } from "../seismic/reading.ts";

/** What happens with a gather that fails: the job fails, or the gather passes through unprocessed and is listed. */
export type ErrorPolicy = "fail" | "skip";

export interface RunnerOptions {
  /** Absent: one worker per core. */
  readonly workers?: number;
  readonly memoryMB?: number;
  /** Time between checkpoints; 5 s when absent. */
  readonly checkpointMs?: number;
}

export type Work =
  /** Traces through a flow of processes; an empty list of processes copies, sorts or converts. */
  | {
    readonly kind: "flow";
    readonly flow: Flow;
    readonly onError: ErrorPolicy;
    readonly options: RunnerOptions;
  }
  /** A header scan of a SEG-Y file into the columns of a dataset; samples stay where they are. */
  | {
    readonly kind: "header_scan";
    readonly input: string;
    readonly to: string;
    readonly read: Reading;
    readonly options: RunnerOptions;
  };
