/** What the machine is doing, once a second. A figure that the platform does not give is null. */
export interface ResourceSample {
  readonly at: number;
  /** Share of each core in use, 0 to 1; empty in the first second. */
  readonly cores: readonly number[];
  readonly memory: { readonly totalBytes: number; readonly availableBytes: number };
  readonly disk: DiskSample | null;
  readonly volumes: readonly VolumeSample[];
  readonly runners: readonly RunnerSample[];
}

export interface DiskSample {
  /** All disks of the machine, or what running jobs say of themselves where the platform hides the disks' figures. */
  readonly of: "machine" | "jobs";
  readonly readBytesPerSecond: number;
  readonly writtenBytesPerSecond: number;
}

/** Free space where a job writes. */
export interface VolumeSample {
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly jobs: readonly string[];
}

export interface RunnerSample {
  readonly job: string;
  readonly pid: number;
  /** The most that it has taken so far; null until it tells. */
  readonly memoryBytes: number | null;
}
