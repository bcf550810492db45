/** Commands about alerts and resources. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { ALERT_RULES } from "../../../src/shared/monitor/alert.ts";
import type { JobMonitor } from "../../monitor/job_monitor.ts";
import type { Handlers } from "./command_context.ts";

export const MONITOR_COMMANDS = {
  list_alerts: ({ monitor }) => ({ alerts: monitor.alerts.list() }),
  acknowledge_alert: ({ monitor }, { alert }) => {
    known(monitor, alert);
    monitor.alerts.acknowledge(alert);
    return {};
  },
  snooze_rule: ({ monitor }, { rule, seconds }) => {
    monitor.alerts.snooze(rule, seconds);
    return {};
  },
  clear_alerts: ({ monitor }, { what }) => {
    if (typeof what === "number") known(monitor, what);
    monitor.alerts.clear(what);
    return {};
  },
  list_rules: ({ monitor }) => ({ rules: ALERT_RULES.map((rule) => monitor.rule(rule)) }),
  set_rule: ({ monitor }, { rule, change }) => {
    const limits = monitor.alerts.settings(rule).limits;
    const stranger = Object.keys(change.limits ?? {}).find((name) => !Object.hasOwn(limits, name));
    if (stranger !== undefined) {
      const reason = `change.limits: expected ${Object.keys(limits).join(", ") || "none"}, found ${stranger}`;
      throw new SeisProcError("protocol", `Cannot change rule ${rule}: ${reason}`, { reason });
    }
    monitor.alerts.configure(rule, change);
    return { rule: monitor.rule(rule) };
  },
  get_resources: ({ monitor }) => ({ resources: monitor.resources.sample() }),
} satisfies Partial<Handlers>;

function known(monitor: JobMonitor, alert: number): void {
  if (monitor.alerts.list().some((one) => one.id === alert)) return;
  const message = `Cannot find alert ${alert}: expected one of the list, found none: list_alerts shows them`;
  throw new SeisProcError("alert-not-found", message, { alert });
}
