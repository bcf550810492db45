/** Words of alerts and their rules. */
import type { AlertAction, AlertRuleId } from "../../shared/monitor/alert.ts";

export interface RuleWords {
  readonly title: string;
  readonly why: string;
  /** Limits by name, with their unit. */
  readonly limits: Readonly<Record<string, readonly [string, string]>>;
}

const RULES: Readonly<Record<AlertRuleId, RuleWords>> = {
  job_failed: { title: "Job failed", why: "Any job that fails or runs out of time.", limits: {} },
  consecutive_failures: {
    title: "Failures in a row",
    why: "Several jobs fail with none between that completes.",
    limits: { failures: ["Failures", ""] },
  },
  high_error_rate: {
    title: "High error rate",
    why: "A large share of the jobs of the last time failed.",
    limits: {
      percent: ["Share", "%"],
      leastJobs: ["Of at least", "jobs"],
      windowMinutes: ["In the last", "min"],
    },
  },
  long_running: {
    title: "Long-running job",
    why: "A job runs long, or much longer than was estimated.",
    limits: { minutes: ["Longer than", "min"], timesEstimate: ["Or the estimate times", ""] },
  },
  no_progress: {
    title: "No progress",
    why: "A running job has done nothing for some time.",
    limits: { seconds: ["For", "s"] },
  },
  runner_died: { title: "Runner died", why: "The process of a job ended by itself.", limits: {} },
  memory: {
    title: "Memory",
    why: "The machine's memory is nearly used up. When critical no job starts.",
    limits: { warningPercent: ["Warning from", "%"], criticalPercent: ["Critical from", "%"] },
  },
  disk_free: {
    title: "Free disk space",
    why: "A volume that jobs write to is nearly full. When critical the jobs that write there pause.",
    limits: { warningGB: ["Warning below", "GB"], criticalGB: ["Critical below", "GB"] },
  },
  cpu: {
    title: "Cores busy without jobs",
    why: "Another program uses all cores.",
    limits: { percent: ["From", "%"], seconds: ["For", "s"] },
  },
};

const ACTIONS: Readonly<Record<AlertAction, string>> = {
  toast: "Toast",
  notification: "Notification",
  log: "Log",
  hold_queue: "Hold the queue",
  pause_writers: "Pause writers",
};

export const ALERTS = {
  title: "Alerts",
  bell: (open: number) => open === 0 ? "Alerts" : open === 1 ? "Alerts, 1 is new" : `Alerts, ${open} are new`,
  about: (open: number, all: number, most: number) =>
    `${open} not acknowledged, ${all} of at most ${most} kept`,
  emptyWhat: "What needs an eye stands here: jobs that fail or stand still, memory and disks that fill up.",
  emptyWhy: "Nothing has happened.",
  list: "Alerts",
  columns: { severity: "Severity", what: "What", rule: "Rule", job: "Job", time: "Time", actions: "Actions" },
  onlyNew: "Not acknowledged",
  acknowledge: "Acknowledge",
  acknowledgeAll: "Acknowledge all",
  acknowledged: "acknowledged",
  snooze: "Snooze",
  snoozeHour: "For an hour",
  snoozeDay: "For a day",
  snoozed: (rule: string, seconds: number) => `${rule} is silent for ${seconds > 3600 ? "a day" : "an hour"}`,
  clear: "Clear",
  clearSome: "Clear the list",
  clearAcknowledged: "Acknowledged ones",
  clearAll: "All",
  editRules: "Edit rules",
  nothingNew: "All are acknowledged.",
  none: "–",
  rulesTitle: "Alert rules",
  on: "On",
  coolDown: "At most once in",
  seconds: "s",
  rules: RULES,
  actions: ACTIONS,
};
