/** Alerts of the sidecar, oldest first, and the rules that raise them. */
import { computed, signal } from "@preact/signals";
import type { Alert } from "../../shared/monitor/alert.ts";
import type { RuleView } from "../../shared/monitor/alert.ts";

export const ALERTS_KEPT = 500;

export const alerts = signal<readonly Alert[]>([]);

/** Empty until they were asked for. */
export const rules = signal<readonly RuleView[]>([]);

export const unacknowledged = computed(() => alerts.value.filter((alert) => !alert.acknowledged).length);

/** Jobs that failed and that nobody has acknowledged. */
export const failuresUnseen = computed(() =>
  alerts.value.filter(({ acknowledged, rule }) => !acknowledged && rule === "job_failed").length
);

/** The most severe of those that nobody has acknowledged; null when there is none. */
export const worst = computed(() => {
  const open = alerts.value.filter((alert) => !alert.acknowledged);
  return open.some(({ severity }) => severity === "critical" || severity === "error")
    ? "danger"
    : open.length > 0
    ? "warn"
    : null;
});

export function resetAlerts(all: readonly Alert[]): void {
  alerts.value = all;
}

/** A new alert, or one that changed, which keeps its place. */
export function putAlert(alert: Alert): void {
  const all = alerts.value, at = all.findIndex(({ id }) => id === alert.id);
  alerts.value = at < 0 ? [...all, alert].slice(-ALERTS_KEPT) : all.with(at, alert);
}

/** Alerts that were cleared, here or in another window. */
export function forgetAlerts(ids: readonly number[]): void {
  alerts.value = alerts.value.filter(({ id }) => !ids.includes(id));
}

export function setRules(all: readonly RuleView[]): void {
  rules.value = all;
}

/** A rule that a window changed; nothing while they were not asked for. */
export function putRule(rule: RuleView): void {
  rules.value = rules.value.map((one) => one.rule === rule.rule ? rule : one);
}

/** A limit of a rule that is on; null when it is off, or not known yet. */
export function limitOf(rule: RuleView["rule"], limit: string): number | null {
  const found = rules.value.find((one) => one.rule === rule);
  return found?.on === true ? found.limits[limit] ?? null : null;
}
