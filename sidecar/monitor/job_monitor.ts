/** Connects the job manager with resources and alerts: one look a second, one alert manager, all told as news. */
import type { JobManager } from "../jobs/manager.ts";
import { freeBytes } from "../files/free_space.ts";
import path from "node:path";
import { isActive, isAtRest, type Job } from "../../src/shared/job/job.ts";
import type { NewsItem } from "../../src/shared/job/news.ts";
import type { AlertRuleId, RuleView } from "../../src/shared/monitor/alert.ts";
import type { ResourceSample } from "../../src/shared/monitor/resources.ts";
import { type AlertChange, AlertManager } from "./alert_manager.ts";
import type { RunningFacts } from "./alert_rules.ts";
import type { AlertsFile, KeptAlerts } from "./alerts_file.ts";
import { ResourceMonitor } from "./resources.ts";

interface Watched {
  readonly since: number;
  progressAt: number;
}

/** Watches jobs from its making until `close`, and keeps alerts in `file` if there is one; resources only while jobs run here or somebody wants to see them. */
export class JobMonitor {
  readonly alerts: AlertManager;
  readonly resources: ResourceMonitor;
  readonly #watched = new Map<string, Watched>();
  readonly #lastState = new Map<string, string>();
  readonly #unsubscribe: () => void;
  #viewers = 0;

  constructor(
    readonly manager: JobManager,
    settings: KeptAlerts["rules"] = {},
    readonly free: (folder: string) => number = (folder) => freeBytes(path.join(folder, "any")) ?? 0,
    readonly file?: AlertsFile,
  ) {
    this.alerts = new AlertManager({
      holdQueue: (reason) => manager.holdQueue(reason),
      releaseQueue: (reason) => manager.releaseQueue(reason),
      pauseWriters: (folder) => this.#pauseWriters(folder),
      raised: (alert) => {
        manager.news.publish({ news: "alert", alert });
        this.#keep();
      },
      changed: (change) => {
        manager.news.publish(this.#newsOf(change));
        this.#keep();
      },
    }, withRules(file?.read() ?? {}, settings));
    this.resources = new ResourceMonitor(manager, (sample) => this.#second(sample));
    this.#unsubscribe = manager.news.subscribe((news) => {
      if (news.news === "job") this.#jobChanged(news.job);
      if (news.news === "progress") this.#progressed(news.job, news.progress.stalled);
    });
  }

  /** Samples while somebody looks, also when no job runs. Returns how to stop. */
  view(): () => void {
    this.#viewers++;
    this.resources.start();
    return () => {
      this.#viewers--;
      this.#rest();
    };
  }

  /** A rule as windows see it. */
  rule(rule: AlertRuleId): RuleView {
    return { rule, ...this.alerts.settings(rule), snoozedUntil: this.alerts.snoozedUntil(rule) };
  }

  close(): void {
    this.#unsubscribe();
    this.resources.stop();
    this.file?.flush();
  }

  #newsOf(change: AlertChange): NewsItem {
    switch (change.what) {
      case "acknowledged":
        return { news: "alert_changed", alert: change.alert };
      case "cleared":
        return { news: "alerts_cleared", alerts: change.alerts };
      case "rule":
        return { news: "rule", rule: this.rule(change.rule) };
    }
  }

  #keep(): void {
    this.file?.changed(() => this.alerts.kept());
  }

  #jobChanged(job: Job): void {
    const now = performance.now(), state = `${job.state} ${job.round}`;
    const before = this.#lastState.get(job.id);
    if (isActive(job.state)) {
      if (!this.#watched.has(job.id)) this.#watched.set(job.id, { since: now, progressAt: now });
      this.resources.start();
    } else this.#watched.delete(job.id);
    if (isAtRest(job.state)) this.#lastState.delete(job.id);
    else this.#lastState.set(job.id, state);
    // A job at rest that is only renamed is no news to the rules.
    if (before !== state && (before !== undefined || !isAtRest(job.state))) {
      this.alerts.observe({ kind: "job", job, now });
    }
    this.#rest();
  }

  #progressed(id: string, stalled: boolean): void {
    const watched = this.#watched.get(id);
    if (watched !== undefined && !stalled) watched.progressAt = performance.now();
  }

  #second(resources: ResourceSample): void {
    const now = performance.now();
    const running = [...this.#watched].map(([id, { since, progressAt }]): RunningFacts => ({
      job: this.manager.get(id),
      runningMs: now - since,
      silentMs: now - progressAt,
    }));
    this.alerts.observe({ kind: "second", now, running, resources });
    this.manager.news.publish({ news: "resources", resources });
  }

  #pauseWriters(folder: string): void {
    for (const { job } of this.manager.runners()) {
      const outputs = job.plan?.outputs.filter((output) => path.dirname(output.path) === folder) ?? [];
      const unwritten = outputs.reduce((sum, { bytes }) => sum + bytes, 0) *
        (1 - (job.progress?.fraction ?? 0));
      if (outputs.length === 0 || job.state !== "running") continue;
      // A small job on a small volume does no harm: only what would take a good part of the rest has to wait.
      if (unwritten * 2 < this.free(folder)) continue;
      this.manager.pause(job.id, "disk_nearly_full").catch(() => {});
    }
  }

  /** An idle sidecar uses no CPU. The queue is not left held by a rule that nobody lets look any more. */
  #rest(): void {
    if (this.#viewers > 0 || this.#watched.size > 0) return;
    if (this.alerts.isHolding()) return;
    this.resources.stop();
  }
}

function withRules(kept: Partial<KeptAlerts>, settings: KeptAlerts["rules"]): Partial<KeptAlerts> {
  return { ...kept, rules: { ...kept.rules, ...settings } };
}
