/**
 * Turns findings of the rules into alerts: cool-downs, snoozing, the list of the last 500, and the actions that touch
 * jobs. Toasts and notifications are for whoever hears of the alert.
 */
import type { Alert, AlertRuleId, AlertRuleSettings } from "../../src/shared/monitor/alert.ts";
import type { KeptAlerts } from "./alerts_file.ts";
import { type AlertRule, BUILT_IN_RULES, type Finding, type Observation } from "./alert_rules.ts";

const KEPT = 500;

/** What critical alerts do to jobs. */
export interface AlertEffects {
  /** A reason to start no job; released when the rule no longer finds anything. */
  holdQueue(reason: string): void;
  releaseQueue(reason: string): void;
  /** Pauses the running jobs that write to the volume of this path. */
  pauseWriters(path: string): void;
  raised(alert: Alert): void;
  /** The user changed something about them: an alert, those that are gone, a rule. */
  changed(what: AlertChange): void;
}

export type AlertChange =
  | { readonly what: "acknowledged"; readonly alert: Alert }
  | { readonly what: "cleared"; readonly alerts: readonly number[] }
  | { readonly what: "rule"; readonly rule: AlertRuleId };

interface RunningRule {
  readonly rule: AlertRule;
  settings: AlertRuleSettings;
  readonly detect: (observation: Observation) => Finding[];
  snoozedUntil: number;
  /** When this rule last alerted, per severity and subject. */
  readonly lastAt: Map<string, number>;
}

export class AlertManager {
  readonly #rules = new Map<AlertRuleId, RunningRule>();
  #alerts: Alert[] = [];
  #nextId = 1;
  readonly #holding = new Set<AlertRuleId>();

  constructor(
    readonly effects: AlertEffects,
    kept: Partial<KeptAlerts> = {},
    readonly clock: () => number = () => performance.now(),
  ) {
    const { rules: settings = {}, snoozedUntil = {}, alerts = [], nextId = 1 } = kept;
    this.#alerts = alerts.slice(-KEPT);
    this.#nextId = nextId;
    for (const rule of BUILT_IN_RULES) {
      const running: RunningRule = {
        rule,
        settings: merged(rule.defaults, settings[rule.id] ?? {}),
        detect: rule.detector(() => this.settings(rule.id).limits),
        snoozedUntil: this.clock() + (snoozedUntil[rule.id] ?? -Infinity) - Date.now(),
        lastAt: new Map(),
      };
      this.#rules.set(rule.id, running);
    }
  }

  /** Lets all rules look. */
  observe(observation: Observation): void {
    for (const running of this.#rules.values()) {
      const findings = running.detect(observation);
      if (!running.settings.on) continue;
      for (const finding of findings) this.#found(running, finding);
      if (observation.kind === "second" && !findings.some(isCritical)) this.#calm(running);
    }
  }

  /** A critical alert keeps jobs from starting: keep observing until it is over. */
  isHolding(): boolean {
    return this.#holding.size > 0;
  }

  /** Newest last. */
  list(): readonly Alert[] {
    return this.#alerts;
  }

  settings(id: AlertRuleId): AlertRuleSettings {
    return this.#rule(id).settings;
  }

  /** Changes a rule; limits that are not named stay. */
  configure(id: AlertRuleId, change: Partial<AlertRuleSettings>): void {
    const running = this.#rule(id);
    running.settings = merged(running.settings, change);
    if (!running.settings.on) this.#calm(running);
    this.effects.changed({ what: "rule", rule: id });
  }

  acknowledge(id: number): void {
    this.#alerts = this.#alerts.map((one) => one.id === id ? { ...one, acknowledged: true } : one);
    const alert = this.#alerts.find((one) => one.id === id);
    if (alert !== undefined) this.effects.changed({ what: "acknowledged", alert });
  }

  /** The rule is silent for so long; what it does to jobs at a critical level it still does. */
  snooze(id: AlertRuleId, seconds: number): void {
    this.#rule(id).snoozedUntil = this.clock() + seconds * 1000;
    this.effects.changed({ what: "rule", rule: id });
  }

  /** Until when a rule is silent, in milliseconds since 1970; null when it is not. */
  snoozedUntil(id: AlertRuleId): number | null {
    const left = this.#rule(id).snoozedUntil - this.clock();
    return left > 0 ? Date.now() + Math.round(left) : null;
  }

  /** What is to outlive this process. */
  kept(): KeptAlerts {
    const rules = [...this.#rules.values()];
    const snoozed = rules.map(({ rule }) => [rule.id, this.snoozedUntil(rule.id)] as const);
    return {
      nextId: this.#nextId,
      alerts: this.#alerts,
      rules: Object.fromEntries(rules.map(({ rule, settings }) => [rule.id, settings])),
      snoozedUntil: Object.fromEntries(snoozed.filter(([, until]) => until !== null)),
    };
  }

  /** Removes one alert, or all that were acknowledged, or all. */
  clear(what: number | "acknowledged" | "all"): void {
    const before = this.#alerts;
    this.#alerts = before.filter((alert) => {
      if (typeof what === "number") return alert.id !== what;
      return what === "acknowledged" && !alert.acknowledged;
    });
    const alerts = before.filter((alert) => !this.#alerts.includes(alert)).map(({ id }) => id);
    if (alerts.length > 0) this.effects.changed({ what: "cleared", alerts });
  }

  #found(running: RunningRule, finding: Finding): void {
    this.#act(running, finding);
    const now = this.clock(), key = `${finding.severity} ${finding.subject}`;
    const coolAt = (running.lastAt.get(key) ?? -Infinity) + running.settings.coolDownSeconds * 1000;
    if (now < coolAt || now < running.snoozedUntil) return;
    running.lastAt.set(key, now);
    this.#forgetOld(running, now);
    const actions = running.settings.actions.filter((action) =>
      isCritical(finding) || (action !== "hold_queue" && action !== "pause_writers")
    );
    const alert: Alert = {
      id: this.#nextId++,
      at: Date.now(),
      rule: running.rule.id,
      ...finding,
      actions,
      acknowledged: false,
    };
    this.#alerts = [...this.#alerts, alert].slice(-KEPT);
    this.effects.raised(alert);
  }

  #act(running: RunningRule, finding: Finding): void {
    if (!isCritical(finding)) return;
    if (running.settings.actions.includes("hold_queue")) this.#hold(running.rule.id);
    if (running.settings.actions.includes("pause_writers") && finding.subject !== null) {
      this.effects.pauseWriters(finding.subject);
    }
  }

  #hold(rule: AlertRuleId): void {
    if (this.#holding.has(rule)) return;
    this.#holding.add(rule);
    this.effects.holdQueue(holdReason(rule));
  }

  #calm(running: RunningRule): void {
    if (this.#holding.delete(running.rule.id)) this.effects.releaseQueue(holdReason(running.rule.id));
  }

  /** Jobs come and go: what cooled down need not be remembered. */
  #forgetOld(running: RunningRule, now: number): void {
    if (running.lastAt.size < KEPT) return;
    for (const [key, at] of running.lastAt) {
      if (now - at > running.settings.coolDownSeconds * 1000) running.lastAt.delete(key);
    }
  }

  #rule(id: AlertRuleId): RunningRule {
    const running = this.#rules.get(id);
    if (running === undefined) throw new RangeError(`no alert rule ${id}`);
    return running;
  }
}

function isCritical(finding: Finding): boolean {
  return finding.severity === "critical";
}

function holdReason(rule: AlertRuleId): string {
  return `alert: ${rule}`;
}

function merged(settings: AlertRuleSettings, change: Partial<AlertRuleSettings>): AlertRuleSettings {
  return { ...settings, ...change, limits: { ...settings.limits, ...change.limits } };
}
