/** Progress of one job at one moment; sent at most 10 times a second. */
export interface JobProgress {
  readonly phase: string;
  readonly phases: readonly string[];
  /** 0 to 1 over the whole job. */
  readonly fraction: number;
  readonly blocks: Count;
  readonly gathers: Count;
  readonly traces: Count;
  readonly tracesPerSecond: Rate;
  readonly megabytesPerSecond: Rate;
  /** Seconds left from the measured rate; null until a rate is known. */
  readonly secondsLeft: number | null;
  readonly lanes: readonly WorkerLane[];
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** No progress for 5 s. */
  readonly stalled: boolean;
  /** Peak memory of the runner process in bytes. */
  readonly peakMemoryBytes: number;
  readonly warnings: number;
}

export interface Count {
  readonly done: number;
  readonly total: number;
}

export interface Rate {
  readonly now: number;
  readonly smoothed: number;
}

/** What one worker does. */
export interface WorkerLane {
  readonly worker: number;
  readonly doing: "idle" | "reading" | "processing" | "writing" | "ended";
  readonly block: number | null;
  readonly tracesDone: number;
  readonly tracesPerSecond: number;
}

/** Until when the queue is held, by reason, and jobs rest, by id: milliseconds since 1970. */
export interface Times {
  readonly holds: Readonly<Record<string, number>>;
  readonly jobs: Readonly<Record<string, number>>;
}

export const NO_TIMES: Times = { holds: {}, jobs: {} };
