/** Jobs as the sidecar tells them, to be changed where a test needs it. */
import type { Job } from "../../src/shared/job/job.ts";
import type { JobProgress } from "../../src/shared/job/progress.ts";

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: "20260301-101500-000-a1b2c3",
    name: "Brute stack",
    type: "processing",
    state: "running",
    priority: "normal",
    tags: [],
    parent: null,
    children: [],
    createdAt: 1000,
    queuedAt: 1000,
    startedAt: 1000,
    pausedAt: null,
    endedAt: null,
    attempt: 1,
    maxAttempts: 4,
    repeats: 0,
    round: 1,
    queuedWhy: "submitted",
    order: 1000,
    timeoutSeconds: null,
    estimate: { seconds: 10, memoryBytes: 1, diskBytes: 1 },
    plan: null,
    progress: null,
    blocksOnDisk: 0,
    result: null,
    error: null,
    reason: null,
    cancelLevel: null,
    partialOutput: null,
    warnings: 0,
    waitedMs: 0,
    ranMs: 1000,
    attemptRanMs: 1000,
    pausedMs: 0,
    manager: "m",
    program: "0.1.0",
    format: 1,
    damage: [],
    ...changes,
  };
}

export function aProgress(fraction: number, changes: Partial<JobProgress> = {}): JobProgress {
  return {
    phase: "processing",
    phases: ["processing"],
    fraction,
    blocks: { done: 0, total: 10 },
    gathers: { done: 0, total: 10 },
    traces: { done: Math.round(fraction * 38_400), total: 38_400 },
    tracesPerSecond: { now: 84_000, smoothed: 84_000 },
    megabytesPerSecond: { now: 500, smoothed: 500 },
    secondsLeft: 12,
    lanes: [],
    bytesRead: 0,
    bytesWritten: 0,
    stalled: false,
    peakMemoryBytes: 0,
    warnings: 0,
    ...changes,
  };
}
