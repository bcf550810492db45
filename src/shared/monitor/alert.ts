/** Alerts: what needs the user's eye. A success is a toast, not an alert. */
import { isRecord } from "../is_record.ts";

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

/** A rule as windows see it. */
export interface RuleView extends AlertRuleSettings {
  readonly rule: AlertRuleId;
  /** Until when it is silent, in milliseconds since 1970. */
  readonly snoozedUntil: number | null;
}

const ACTIONS: readonly AlertAction[] = ["toast", "notification", "log", "hold_queue", "pause_writers"];

export function isAlert(value: unknown): value is Alert {
  if (!isRecord(value) || typeof value.id !== "number" || typeof value.at !== "number") return false;
  const isSubject = value.subject === null || typeof value.subject === "string";
  return ALERT_RULES.some((rule) => rule === value.rule) &&
    SEVERITIES.some((one) => one === value.severity) &&
    typeof value.text === "string" && isSubject && isActions(value.actions) &&
    typeof value.acknowledged === "boolean";
}

export function isRuleSettings(value: unknown): value is AlertRuleSettings {
  return isRecord(value) && typeof value.on === "boolean" && Number.isFinite(value.coolDownSeconds) &&
    isActions(value.actions) && isRecord(value.limits) && Object.values(value.limits).every(Number.isFinite);
}

function isActions(value: unknown): value is readonly AlertAction[] {
  return Array.isArray(value) && value.every((one) => ACTIONS.some((action) => action === one));
}
