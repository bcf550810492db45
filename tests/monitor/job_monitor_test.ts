/** Alerts and resources of real jobs. */
import { expect, test } from "vitest";
import { JobMonitor } from "../../sidecar/monitor/job_monitor.ts";
import type { News } from "../../src/shared/job/news.ts";
import { newBench } from "../jobs/new_bench.ts";
import { eventually, until } from "../jobs/scripted_jobs.ts";

const bench = newBench();

test("alerts of real jobs reach every listener once, and a success makes none", async () => {
  const manager = bench().manager();
  const monitor = new JobMonitor(manager);
  const alerts: string[] = [];
  manager.news.subscribe((news) =>
    news.news === "alert" && alerts.push(`${news.alert.rule} ${news.alert.subject}`)
  );
  const run = async (script: object) => {
    const { id } = await manager.submit(bench().submission(script));
    await manager.whenAtRest(id);
    return id;
  };
  await run({ blocks: 1 });
  await run({ transientOnceAt: 0, blocks: 1 });
  expect(alerts).toEqual([]);
  const failed = await run({ failAt: 0 }), died = await run({ dieOnceAt: 0 });
  await manager.rename(failed, "renamed");
  expect(alerts.filter((alert) => !alert.startsWith("high"))).toEqual([
    `job_failed ${failed}`,
    `runner_died ${died}`,
  ]);
  monitor.close();
});

test("resources are sampled while a job runs and no longer after", async () => {
  const manager = bench().manager();
  const monitor = new JobMonitor(manager);
  const samples: Extract<News, { news: "resources" }>[] = [];
  manager.news.subscribe((news) => news.news === "resources" && samples.push(news));
  const { id } = await manager.submit(bench().submission(bench().gate(1).script));
  await eventually(() => samples.length > 1);
  expect(samples[1].resources.runners).toMatchObject([{ job: id }]);
  expect(samples[1].resources.volumes[0].jobs).toEqual([id]);
  await manager.cancel(id);
  await manager.whenAtRest(id);
  const count = samples.length;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(samples.length).toBe(count);
  monitor.close();
});

test("a volume that is nearly full pauses the job that writes there", async () => {
  const manager = bench().manager();
  const everything = { limits: { warningGB: 1e9, criticalGB: 1e9 } };
  let free = 600;
  const monitor = new JobMonitor(manager, { disk_free: everything }, () => free);
  const { id } = await manager.submit(bench().submission({ blocks: 500, ...bench().gate(1).script }));
  await until(manager, id, "paused");
  expect(manager.get(id).reason).toBe("the disk is nearly full");
  expect(monitor.alerts.list()).toMatchObject([{ rule: "disk_free", severity: "critical" }]);
  // The real volume has room for its 500 bytes, so the job goes on by itself, and is now left alone.
  free = 1e9;
  await until(manager, id, "running");
  await manager.cancel(id);
  monitor.close();
});

test("a job that needs little of what is free is not paused on a nearly full volume", async () => {
  const manager = bench().manager();
  const everything = { limits: { warningGB: 1e9, criticalGB: 1e9 } };
  const monitor = new JobMonitor(manager, { disk_free: everything }, () => 2000);
  const gate = bench().gate(1);
  const { id } = await manager.submit(bench().submission({ blocks: 300, msPerBlock: 1, ...gate.script }));
  await eventually(() => monitor.alerts.list().length > 0);
  gate.open();
  expect((await manager.whenAtRest(id)).state).toBe("completed");
  monitor.close();
});
