/** Alerts and their rules over restarts: `alerts.json` in the workspace, written a moment after each change. */
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../src/shared/is_record.ts";
import { isNumber } from "../../src/shared/job/parse.ts";
import {
  type Alert,
  ALERT_RULES,
  type AlertRuleId,
  type AlertRuleSettings,
  isAlert,
  isRuleSettings,
} from "../../src/shared/monitor/alert.ts";
import { replaceFile } from "../files/durable_file.ts";

const WRITE_AFTER_MS = 300;

/** What outlives the process. Times are milliseconds since 1970. */
export interface KeptAlerts {
  readonly nextId: number;
  readonly alerts: readonly Alert[];
  readonly rules: Readonly<Partial<Record<AlertRuleId, Partial<AlertRuleSettings>>>>;
  readonly snoozedUntil: Readonly<Partial<Record<AlertRuleId, number>>>;
}

export class AlertsFile {
  readonly #file: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: (() => KeptAlerts) | undefined;

  constructor(folder: string) {
    this.#file = path.join(folder, "alerts.json");
  }

  /** What was kept; of a file that is spoilt what can be understood. */
  read(): KeptAlerts {
    const kept = parsed(this.#file);
    const alerts = Array.isArray(kept.alerts) ? kept.alerts.filter(isAlert) : [];
    const last = alerts.reduce((most, { id }) => Math.max(most, id), 0);
    return {
      nextId: Math.max(isNumber(kept.nextId) ? kept.nextId : 1, last + 1),
      alerts,
      rules: byRule(kept.rules, isRuleSettings),
      snoozedUntil: byRule(kept.snoozedUntil, isNumber),
    };
  }

  /** Writes what `state` tells a moment later. */
  changed(state: () => KeptAlerts): void {
    this.#latest = state;
    this.#timer ??= setTimeout(() => this.flush(), WRITE_AFTER_MS);
  }

  /** Writes what has not been written; a full disk only costs the alerts of this run. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#latest;
    this.#latest = undefined;
    if (state === undefined) return;
    try {
      replaceFile(this.#file, [new TextEncoder().encode(JSON.stringify(state()))]);
    } catch (error) {
      console.error("alerts could not be kept:", error instanceof Error ? error.message : error);
    }
  }
}

function parsed(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isRecord(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function byRule<T>(value: unknown, is: (one: unknown) => one is T): Partial<Record<AlertRuleId, T>> {
  if (!isRecord(value)) return {};
  const kept: Partial<Record<AlertRuleId, T>> = {};
  for (const rule of ALERT_RULES) {
    const one = value[rule];
    if (is(one)) kept[rule] = one;
  }
  return kept;
}
