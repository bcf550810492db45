/** The built-in alert rules: conditions over jobs and samples of the machine. Pure but for what each rule remembers. */
import type { Job } from "../../src/shared/job/job.ts";
import type { AlertRuleId, AlertRuleSettings, Severity } from "../../src/shared/monitor/alert.ts";
import type { ResourceSample } from "../../src/shared/monitor/resources.ts";

/** What rules look at: a job that just changed, or the state of everything once a second. */
export type Observation =
  | { readonly kind: "job"; readonly job: Job; readonly now: number }
  | {
    readonly kind: "second";
    readonly now: number;
    readonly running: readonly RunningFacts[];
    readonly resources: ResourceSample | null;
  };

/** `now`, `runningMs`, `silentMs`: milliseconds by a clock that does not jump. */
export interface RunningFacts {
  readonly job: Job;
  readonly runningMs: number;
  /** Since the last progress. */
  readonly silentMs: number;
}

export interface Finding {
  readonly severity: Severity;
  readonly text: string;
  readonly subject: string | null;
}

export interface AlertRule {
  readonly id: AlertRuleId;
  readonly defaults: AlertRuleSettings;
  /** A fresh detector with its own memory. */
  detector(limits: () => Readonly<Record<string, number>>): (observation: Observation) => Finding[];
}

const GB = 1e9;
const TOAST = ["toast", "log"] as const;
const LOUD = ["toast", "notification", "log"] as const;

/** A rule over jobs that just changed. */
function onJob(find: (job: Job, limits: Limits, now: number) => Finding[]): AlertRule["detector"] {
  return (limits) => (seen) => seen.kind === "job" ? find(seen.job, limits(), seen.now) : [];
}

/** A rule over every running job, once a second. */
function onRunning(find: (facts: RunningFacts, limits: Limits) => Finding[]): AlertRule["detector"] {
  return (limits) => (seen) =>
    seen.kind === "second" ? seen.running.flatMap((facts) => find(facts, limits())) : [];
}

type Limits = Readonly<Record<string, number>>;

const jobFailed: AlertRule = {
  id: "job_failed",
  defaults: { on: true, coolDownSeconds: 0, actions: LOUD, limits: {} },
  detector: onJob((job) => {
    if (job.state !== "failed" && job.state !== "timed_out") return [];
    const text = `${job.name} ${
      job.state === "failed" ? "failed" : "ran out of time"
    }: ${job.error?.message}`;
    return [{ severity: "error", text, subject: job.id }];
  }),
};

const consecutiveFailures: AlertRule = {
  id: "consecutive_failures",
  defaults: { on: true, coolDownSeconds: 300, actions: LOUD, limits: { failures: 3 } },
  detector: (limits) => {
    let failures = 0;
    return onJob((job, { failures: most }) => {
      if (job.state === "completed") failures = 0;
      if (job.state !== "failed" && job.state !== "timed_out") return [];
      if (++failures < most) return [];
      const text = `${failures} jobs in a row failed, the last was ${job.name}: look at what they share`;
      return [{ severity: "critical", text, subject: null }];
    })(limits);
  },
};

const highErrorRate: AlertRule = {
  id: "high_error_rate",
  defaults: {
    on: true,
    coolDownSeconds: 3600,
    actions: TOAST,
    limits: { percent: 20, leastJobs: 5, windowMinutes: 60 },
  },
  detector: (limits) => {
    let ends: { at: number; failed: boolean }[] = [];
    return onJob((job, { percent, leastJobs, windowMinutes }, now) => {
      const failed = job.state === "failed" || job.state === "timed_out";
      if (!failed && job.state !== "completed") return [];
      ends = [...ends.filter((end) => now - end.at < windowMinutes * 60_000), { at: now, failed }];
      const share = 100 * ends.filter((end) => end.failed).length / ends.length;
      if (!failed || ends.length < leastJobs || share < percent) return [];
      const text = `${
        Math.round(share)
      } % of the last ${ends.length} jobs failed: see their errors in the history`;
      return [{ severity: "warning", text, subject: null }];
    })(limits);
  },
};

const longRunning: AlertRule = {
  id: "long_running",
  defaults: { on: true, coolDownSeconds: 1800, actions: TOAST, limits: { minutes: 30, timesEstimate: 2 } },
  detector: onRunning(({ job, runningMs }, { minutes, timesEstimate }) => {
    const estimateMs = (job.estimate?.seconds ?? 0) * 1000;
    const limit = estimateMs > 0 ? Math.min(minutes * 60_000, timesEstimate * estimateMs) : minutes * 60_000;
    // Estimates of a few seconds are too rough to double.
    if (runningMs < Math.max(limit, 60_000)) return [];
    const text = `${job.name} has been running for ${Math.floor(runningMs / 60_000)} min: ` +
      (estimateMs > 0 ? `the estimate was ${Math.ceil(estimateMs / 60_000)} min` : `see its rate`);
    return [{ severity: "warning", text, subject: job.id }];
  }),
};

const noProgress: AlertRule = {
  id: "no_progress",
  defaults: { on: true, coolDownSeconds: 300, actions: LOUD, limits: { seconds: 60 } },
  detector: onRunning(({ job, silentMs }, { seconds }) => {
    if (silentMs < seconds * 1000) return [];
    const text = `${job.name} has made no progress for ${Math.floor(silentMs / 1000)} s: wait, or cancel it`;
    return [{ severity: "warning", text, subject: job.id }];
  }),
};

const runnerDied: AlertRule = {
  id: "runner_died",
  defaults: { on: true, coolDownSeconds: 0, actions: LOUD, limits: {} },
  detector: onJob((job) => {
    if (job.state !== "interrupted" || job.error?.tag !== "runner-died") return [];
    return [{ severity: "error", text: `The runner of ${job.name} died: resume the job`, subject: job.id }];
  }),
};

const memory: AlertRule = {
  id: "memory",
  defaults: {
    on: true,
    coolDownSeconds: 300,
    actions: [...LOUD, "hold_queue"],
    limits: { warningPercent: 80, criticalPercent: 95 },
  },
  detector: (limits) => (seen) => {
    if (seen.kind !== "second" || seen.resources === null) return [];
    const { totalBytes, availableBytes } = seen.resources.memory;
    const used = 100 * (1 - availableBytes / totalBytes);
    const severity = level(used, limits().warningPercent, limits().criticalPercent);
    if (severity === undefined) return [];
    const advice = severity === "critical" ? "no new job starts until some is free" : "close other programs";
    return [{ severity, text: `${Math.floor(used)} % of the memory is in use: ${advice}`, subject: null }];
  },
};

const diskFree: AlertRule = {
  id: "disk_free",
  defaults: {
    on: true,
    coolDownSeconds: 600,
    actions: [...LOUD, "pause_writers"],
    limits: { warningGB: 10, criticalGB: 2 },
  },
  detector: (limits) => (seen) => {
    if (seen.kind !== "second") return [];
    return (seen.resources?.volumes ?? []).flatMap(({ path, freeBytes }): Finding[] => {
      const severity = level(-freeBytes / GB, -limits().warningGB, -limits().criticalGB);
      if (severity === undefined) return [];
      const advice = severity === "critical" ? "jobs that write there are paused, free space" : "free space";
      return [{
        severity,
        text: `${(freeBytes / GB).toFixed(1)} GB are free at ${path}: ${advice}`,
        subject: path,
      }];
    });
  },
};

const cpu: AlertRule = {
  id: "cpu",
  defaults: { on: true, coolDownSeconds: 1800, actions: ["log"], limits: { percent: 99, seconds: 60 } },
  detector: (limits) => {
    let busySince: number | null = null;
    return (seen) => {
      if (seen.kind !== "second" || seen.resources === null) return [];
      const { cores } = seen.resources;
      const used = 100 * cores.reduce((sum, core) => sum + core, 0) / Math.max(1, cores.length);
      if (seen.running.length > 0 || used < limits().percent) busySince = null;
      else busySince ??= seen.now;
      if (busySince === null || seen.now - busySince < limits().seconds * 1000) return [];
      const text = "All cores are busy though no job runs: another program will slow jobs down";
      return [{ severity: "info", text, subject: null }];
    };
  },
};

function level(value: number, warning: number, critical: number): "warning" | "critical" | undefined {
  if (value >= critical) return "critical";
  return value >= warning ? "warning" : undefined;
}

export const BUILT_IN_RULES: readonly AlertRule[] = [
  jobFailed,
  consecutiveFailures,
  highErrorRate,
  longRunning,
  noProgress,
  runnerDied,
  memory,
  diskFree,
  cpu,
];
