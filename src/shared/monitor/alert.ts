/** Alerts: what needs the user's eye. A success is a toast, not an alert. */

export const ALERT_RULES = [
  "job_failed",
  "consecutive_failures",
  "high_error_rate",
  "long_running",
  "no_progress",
  "runner_died",
  "memory",
  "disk_free",
  "cpu",
] as const;
export type AlertRuleId = typeof ALERT_RULES[number];

export const SEVERITIES = ["info", "warning", "error", "critical"] as const;
export type Severity = typeof SEVERITIES[number];

/** What an alert does besides being listed. */
export type AlertAction = "toast" | "notification" | "log" | "hold_queue" | "pause_writers";

export interface Alert {
  readonly id: number;
  readonly at: number;
  readonly rule: AlertRuleId;
  readonly severity: Severity;
  /** What happened and what to do. */
  readonly text: string;
  /** What it is about: a job's id, a volume's path; null for the machine. */
  readonly subject: string | null;
  readonly actions: readonly AlertAction[];
  readonly acknowledged: boolean;
}

/** What the user may change of a rule. Thresholds carry their unit in the name, as the rules document. */
export interface AlertRuleSettings {
  readonly on: boolean;
  readonly coolDownSeconds: number;
  readonly actions: readonly AlertAction[];
  readonly limits: Readonly<Record<string, number>>;
}
