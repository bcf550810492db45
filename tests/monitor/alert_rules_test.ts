/** Rules of alerts over histories of jobs. */
import { expect, test } from "vitest";
import { AlertManager } from "../../sidecar/monitor/alert_manager.ts";
import type { Observation, RunningFacts } from "../../sidecar/monitor/alert_rules.ts";
import type { Job, JobState } from "../../src/shared/job/job.ts";
import type { Alert, AlertRuleId, AlertRuleSettings } from "../../src/shared/monitor/alert.ts";
import type { ResourceSample } from "../../src/shared/monitor/resources.ts";
import { createdJob } from "../../src/shared/job/replay.ts";
import { createdEvent } from "../shared/job/job_events.ts";

const MINUTE = 60_000;

class Watch {
  now = 0;
  readonly done: string[] = [];
  readonly raised: Alert[] = [];
  readonly alerts: AlertManager;

  constructor(settings: Partial<Record<AlertRuleId, Partial<AlertRuleSettings>>> = {}) {
    this.alerts = new AlertManager(
      {
        holdQueue: (reason) => this.done.push(`hold ${reason}`),
        releaseQueue: (reason) => this.done.push(`release ${reason}`),
        pauseWriters: (path) => this.done.push(`pause ${path}`),
        changed: () => {},
        raised: (alert) => this.raised.push(alert),
      },
      { rules: settings },
      () => this.now,
    );
  }

  /** The rules that fired at this observation. */
  see(observation: Observation): string[] {
    const before = this.raised.length;
    this.alerts.observe(observation);
    return this.raised.slice(before).map((alert) => `${alert.rule} ${alert.severity}`);
  }

  job(state: JobState, more: Partial<Job> = {}): string[] {
    return this.see({ kind: "job", job: aJob(state, more), now: this.now });
  }

  second(resources: Partial<ResourceSample> | null, running: RunningFacts[] = []): string[] {
    return this.see({ kind: "second", now: this.now, running, resources: resources && sample(resources) });
  }
}

let ids = 0;
function aJob(state: JobState, more: Partial<Job> = {}): Job {
  return { ...createdJob(`j${++ids}`, { ...createdEvent(), at: 0 }), state, ...more };
}

function sample(more: Partial<ResourceSample>): ResourceSample {
  const memory = { totalBytes: 100, availableBytes: 50 };
  return { at: 0, cores: [0.5], memory, disk: null, volumes: [], runners: [], ...more };
}

const memoryUsed = (percent: number) => ({ memory: { totalBytes: 100, availableBytes: 100 - percent } });
const volume = (freeGB: number) => ({ path: "/out", freeBytes: freeGB * 1e9, totalBytes: 1e12, jobs: ["j"] });
const died = {
  error: { tag: "runner-died" as const, message: "", fields: { job: "j", exit: "signal SIGKILL" } },
};

test("a failed job alerts, a completed or cancelled one does not", () => {
  const watch = new Watch();
  expect(watch.job("failed")).toEqual(["job_failed error"]);
  expect(watch.job("timed_out")).toEqual(["job_failed error"]);
  expect(watch.job("completed")).toEqual([]);
  expect(watch.job("cancelled")).toEqual([]);
});

test("three failures in a row are critical, two and a success and two are not", () => {
  const watch = new Watch({ job_failed: { on: false }, high_error_rate: { on: false } });
  watch.job("failed");
  watch.job("failed");
  watch.job("completed");
  expect([watch.job("failed"), watch.job("failed")]).toEqual([[], []]);
  expect(watch.job("failed")).toContain("consecutive_failures critical");
});

test("one failure in five jobs within the hour is a high rate, one in six or in four is not", () => {
  const rate = (completed: number) => {
    const watch = new Watch({ job_failed: { on: false } });
    for (let i = 0; i < completed; i++) watch.job("completed");
    return watch.job("failed");
  };
  expect(rate(4)).toEqual(["high_error_rate warning"]);
  expect(rate(5)).toEqual([]);
  expect(rate(3)).toEqual([]);
});

test("jobs of more than an hour ago do not count for the error rate", () => {
  const watch = new Watch({ job_failed: { on: false } });
  for (let i = 0; i < 4; i++) watch.job("completed");
  watch.now = 61 * MINUTE;
  expect(watch.job("failed")).toEqual([]);
});

test("a job is long-running after 30 minutes or twice its estimate, and not before", () => {
  const facts = (minutes: number, estimateMinutes: number) => ({
    job: aJob("running", { estimate: { seconds: estimateMinutes * 60, memoryBytes: 0, diskBytes: 0 } }),
    runningMs: minutes * MINUTE,
    silentMs: 0,
  });
  const watch = new Watch();
  expect(watch.second({}, [facts(29, 0), facts(9, 5)])).toEqual([]);
  expect(watch.second({}, [facts(30, 0)])).toEqual(["long_running warning"]);
  expect(watch.second({}, [facts(10, 5)])).toEqual(["long_running warning"]);
});

test("no progress for 60 s warns, 59 s does not", () => {
  const watch = new Watch();
  const job = aJob("running");
  expect(watch.second({}, [{ job, runningMs: 59_000, silentMs: 59_000 }])).toEqual([]);
  expect(watch.second({}, [{ job, runningMs: 60_000, silentMs: 60_000 }])).toEqual(["no_progress warning"]);
});

test("a runner that died alerts, a shutdown does not", () => {
  const watch = new Watch();
  expect(watch.job("interrupted", died)).toEqual(["runner_died error"]);
  expect(watch.job("interrupted", { reason: "shutdown" })).toEqual([]);
});

test("memory warns at 80 %, holds the queue at 95 % and releases it below", () => {
  const watch = new Watch();
  expect(watch.second(memoryUsed(79))).toEqual([]);
  expect(watch.second(memoryUsed(80))).toEqual(["memory warning"]);
  expect(watch.done).toEqual([]);
  expect(watch.second(memoryUsed(95))).toEqual(["memory critical"]);
  expect(watch.alerts.isHolding()).toBe(true);
  watch.second(memoryUsed(94));
  expect(watch.done).toEqual(["hold alert: memory", "release alert: memory"]);
});

test("a volume warns under 10 GB free and under 2 GB pauses the jobs that write there", () => {
  const watch = new Watch();
  expect(watch.second({ volumes: [volume(11)] })).toEqual([]);
  expect(watch.second({ volumes: [volume(9)] })).toEqual(["disk_free warning"]);
  expect(watch.done).toEqual([]);
  expect(watch.second({ volumes: [volume(1.9)] })).toEqual(["disk_free critical"]);
  expect(watch.done).toEqual(["pause /out"]);
});

test("busy cores without a job are told after a minute; with a job, or with a break, they are not", () => {
  const watch = new Watch();
  const busy = { cores: [1, 1] };
  const after = (seconds: number, resources = busy, running: RunningFacts[] = []) => {
    watch.now += seconds * 1000;
    return watch.second(resources, running);
  };
  expect([after(0), after(59), after(0.5, { cores: [1, 0.9] }), after(1), after(59)]).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(after(1)).toEqual(["cpu info"]);
  watch.now = 1e9;
  const running = [{ job: aJob("running"), runningMs: 0, silentMs: 0 }];
  expect([after(0, busy, running), after(61, busy, running)]).toEqual([[], []]);
});

test("a rule is silent while it cools down and speaks again after", () => {
  const watch = new Watch();
  expect(watch.second(memoryUsed(85))).toHaveLength(1);
  watch.now = 299_000;
  expect(watch.second(memoryUsed(85))).toEqual([]);
  watch.now = 300_000;
  expect(watch.second(memoryUsed(85))).toHaveLength(1);
});

test("a snoozed rule is silent but still protects", () => {
  const watch = new Watch();
  watch.alerts.snooze("memory", 600);
  expect(watch.second(memoryUsed(96))).toEqual([]);
  expect(watch.done).toEqual(["hold alert: memory"]);
  watch.now = 600_000;
  expect(watch.second(memoryUsed(96))).toEqual(["memory critical"]);
});

test("a rule can be switched off and its limits changed", () => {
  const watch = new Watch({ memory: { limits: { warningPercent: 50 } } });
  expect(watch.second(memoryUsed(60))).toEqual(["memory warning"]);
  watch.second(memoryUsed(99));
  watch.alerts.configure("memory", { on: false });
  expect(watch.alerts.isHolding()).toBe(false);
  watch.now = 1e9;
  expect(watch.second(memoryUsed(99))).toEqual([]);
  expect(watch.alerts.settings("memory").limits).toEqual({ warningPercent: 50, criticalPercent: 95 });
});

test("alerts are acknowledged, cleared, and the last 500 kept", () => {
  const watch = new Watch({ consecutive_failures: { on: false }, high_error_rate: { on: false } });
  for (let i = 0; i < 510; i++) watch.job("failed");
  const [first, second] = watch.alerts.list();
  expect(watch.alerts.list()).toHaveLength(500);
  expect(first.id).toBe(11);
  watch.alerts.acknowledge(first.id);
  expect(watch.alerts.list()[0].acknowledged).toBe(true);
  watch.alerts.clear("acknowledged");
  watch.alerts.clear(second.id);
  expect(watch.alerts.list()).toHaveLength(498);
  watch.alerts.clear("all");
  expect(watch.alerts.list()).toEqual([]);
});
