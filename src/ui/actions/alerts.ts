/** What the user does about alerts and their rules. */
import type { Alert, AlertRuleId } from "../../shared/monitor/alert.ts";
import type { RuleChange } from "../../shared/protocol/commands.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { alerts, resetAlerts, rules, setRules } from "../state/alerts.ts";
import { showToast } from "../state/toasts.ts";
import { ALERTS } from "../texts/alerts.ts";
import { attempt } from "./failure.ts";

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 86_400;

export function acknowledge(which: readonly Alert[]): Promise<boolean> {
  return changeAlerts(async () => {
    for (const { id, acknowledged } of which) {
      if (!acknowledged) await theSidecar().ask("acknowledge_alert", { alert: id });
    }
  });
}

export function clearAlerts(what: number | "acknowledged" | "all"): Promise<boolean> {
  return changeAlerts(() => theSidecar().ask("clear_alerts", { what }));
}

/** Silences the rule; what it has raised stays in the list, acknowledged. */
export async function snooze({ rule }: Alert, seconds: number): Promise<void> {
  const done = await attempt(() => theSidecar().ask("snooze_rule", { rule, seconds }));
  if (!done) return;
  await acknowledge(alerts.value.filter((alert) => alert.rule === rule));
  showToast("info", ALERTS.snoozed(ALERTS.rules[rule].title, seconds));
}

export function loadRules(): Promise<boolean> {
  return attempt(async () => setRules((await theSidecar().ask("list_rules", {})).rules));
}

export function changeRule(rule: AlertRuleId, change: RuleChange): Promise<boolean> {
  return attempt(async () => {
    const changed = (await theSidecar().ask("set_rule", { rule, change })).rule;
    setRules(rules.value.map((one) => one.rule === rule ? changed : one));
  });
}

async function changeAlerts(act: () => Promise<unknown>): Promise<boolean> {
  return await attempt(async () => {
    await act();
    resetAlerts((await theSidecar().ask("list_alerts", {})).alerts);
  });
}
