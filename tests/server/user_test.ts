/** Settings, documents, alerts and rules: kept in the workspace, over restarts, and news to all windows. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AlertsFile } from "../../sidecar/monitor/alerts_file.ts";
import { JobMonitor } from "../../sidecar/monitor/job_monitor.ts";
import { Documents } from "../../sidecar/server/user/documents.ts";
import { Retention } from "../../sidecar/server/user/retention.ts";
import { SettingsBook } from "../../sidecar/server/user/settings_book.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { DEFAULT_SETTINGS } from "../../src/shared/protocol/settings.ts";
import { until } from "../jobs/scripted_jobs.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { newServerBench } from "./server_bench.ts";

const serve = newServerBench();
const folder = temporaryFolder("user");

async function tagOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (error: unknown) => error);
  return error instanceof SeisProcError ? error.tag : `no error: ${error}`;
}

test("settings are kept, are news, and are what jobs take that do not say otherwise", async () => {
  const bench = await serve(), stream = await bench.events();
  expect((await bench.ask("get_settings", {})).settings).toEqual(DEFAULT_SETTINGS);
  const changed = { ...DEFAULT_SETTINGS, heavy: 3, workers: 2 };
  expect((await bench.ask("set_settings", { change: { heavy: 3, workers: 2 } })).settings).toEqual(changed);
  await stream.until((event) =>
    event.event === "news" && event.news.news === "settings" && event.news.settings.workers === 2
  );
  await bench.ask("set_limits", { heavy: 4, light: 1 });
  const kept = new SettingsBook(bench.bench.workspace.root).now;
  expect(kept).toEqual({ ...changed, heavy: 4, light: 1 });
  expect(await tagOf(bench.ask("set_settings", { change: { workers: 0 } }))).toBe("protocol");
});

test("of settings that are spoilt the others count", () => {
  const root = path.join(folder, "spoilt");
  fs.mkdirSync(root);
  const file = path.join(root, "settings.json");
  for (const text of ["", "{", "[]", "null"]) {
    fs.writeFileSync(file, text);
    expect(new SettingsBook(root).now).toEqual(DEFAULT_SETTINGS);
  }
  fs.writeFileSync(file, JSON.stringify({ heavy: 2, light: "many", newer: true, retentionDays: null }));
  expect(new SettingsBook(root).now).toEqual({ ...DEFAULT_SETTINGS, heavy: 2, retentionDays: null });
});

test("documents are kept by kind and name, whatever the name, and are news", async () => {
  const bench = await serve(), stream = await bench.events();
  const names = ["../../escape", "a/b", "Näme", "x".repeat(200), "CON", "."];
  for (const name of names) await bench.ask("put_document", { kind: "preset", name, value: { name } });
  await stream.until((event) =>
    event.event === "news" && event.news.news === "document" && event.news.name === "."
  );
  const { documents } = await bench.ask("list_documents", { kind: "preset" });
  expect(documents.map(({ name }) => name).sort()).toEqual(names.toSorted());
  for (const name of names) {
    expect(await bench.ask("get_document", { kind: "preset", name })).toEqual({ value: { name } });
  }
  const { user } = bench.bench.workspace;
  expect(fs.readdirSync(user)).toEqual(["preset"]);
  expect(fs.readdirSync(path.join(user, "preset")).every((name) => /^[0-9a-f]{40}\.json$/.test(name))).toBe(
    true,
  );
  expect(new Documents(user).get("preset", "Näme")).toEqual({ name: "Näme" });
  await bench.ask("put_document", { kind: "preset", name: "Näme", value: null });
  expect(await bench.ask("get_document", { kind: "preset", name: "Näme" })).toEqual({ value: null });
  await bench.ask("remove_document", { kind: "preset", name: "Näme" });
  expect(await tagOf(bench.ask("get_document", { kind: "preset", name: "Näme" }))).toBe("not-found");
  expect(await tagOf(bench.ask("remove_document", { kind: "preset", name: "Näme" }))).toBe("not-found");
  expect((await bench.ask("list_documents", { kind: "view" })).documents).toEqual([]);
});

test("a document that is spoilt is missing, and can be written again", async () => {
  const bench = await serve();
  await bench.ask("put_document", { kind: "view", name: "a", value: 1 });
  const files = path.join(bench.bench.workspace.user, "view");
  fs.writeFileSync(path.join(files, fs.readdirSync(files)[0]), "{");
  expect((await bench.ask("list_documents", { kind: "view" })).documents).toEqual([]);
  expect(await tagOf(bench.ask("get_document", { kind: "view", name: "a" }))).toBe("not-found");
  await bench.ask("put_document", { kind: "view", name: "a", value: 2 });
  expect(await bench.ask("get_document", { kind: "view", name: "a" })).toEqual({ value: 2 });
});

test("jobs that ended long ago are removed, pinned ones and results are not", async () => {
  const bench = await serve();
  const ids: string[] = [];
  for (const tags of [[], ["pinned"], []]) {
    const { id } = await bench.manager.submit(bench.bench.submission({ blocks: 1, msPerBlock: 0 }, { tags }));
    await until(bench.manager, id, "completed");
    ids.push(id);
  }
  const results = ids.map((id) => bench.manager.get(id).outputs[0]);
  const retention = new Retention(bench.manager, new SettingsBook(bench.bench.workspace.root));
  const day = 24 * 3600_000;
  expect(await retention.tidy(Date.now() + 89 * day)).toEqual([]);
  expect(await retention.tidy(Date.now() + 91 * day)).toEqual([ids[0], ids[2]]);
  retention.close();
  expect(bench.manager.ids()).toEqual([ids[1]]);
  expect(results.every((file) => fs.existsSync(file))).toBe(true);
  const never = new SettingsBook(bench.bench.workspace.root);
  never.change({ retentionDays: null });
  const none = new Retention(bench.manager, never);
  await bench.ask("tag_job", { job: ids[1], tags: [] });
  expect(await none.tidy(Date.now() + 1e6 * day)).toEqual([]);
  none.close();
});

test("alerts, their numbers, rules and silence outlive a restart, and changes are news", async () => {
  const bench = await serve(), stream = await bench.events(), { root } = bench.bench.workspace;
  const failing = bench.bench.submission({ failAt: 0 }, { maxAttempts: 1 });
  for (let i = 0; i < 2; i++) await until(bench.manager, (await bench.manager.submit(failing)).id, "failed");
  const { alerts } = await bench.ask("list_alerts", {});
  await bench.ask("acknowledge_alert", { alert: alerts[0].id });
  await bench.ask("clear_alerts", { what: alerts[1].id });
  await bench.ask("set_rule", { rule: "disk_free", change: { limits: { warningGB: 33 } } });
  await bench.ask("snooze_rule", { rule: "cpu", seconds: 3600 });
  const kinds: string[] = [];
  await stream.until((event) => {
    if (event.event === "news") kinds.push(event.news.news);
    return event.event === "news" && event.news.news === "rule" && event.news.rule.rule === "cpu";
  });
  expect(kinds.filter((kind) => /^alert_|^alerts_|rule/.test(kind))).toEqual([
    "alert_changed",
    "alerts_cleared",
    "rule",
    "rule",
  ]);
  bench.monitor.close();
  const next = new JobMonitor(bench.manager, {}, undefined, new AlertsFile(root));
  expect(next.alerts.list()).toEqual([{ ...alerts[0], acknowledged: true }]);
  expect(next.rule("disk_free")).toMatchObject({
    limits: { warningGB: 33, criticalGB: 2 },
    snoozedUntil: null,
  });
  expect(next.rule("cpu").snoozedUntil).toBeGreaterThan(Date.now());
  await until(bench.manager, (await bench.manager.submit(failing)).id, "failed");
  expect(next.alerts.list().at(-1)?.id).toBe(alerts[1].id + 1);
  next.close();
});

test("of kept alerts that are spoilt what can be understood counts", () => {
  const root = path.join(folder, "alerts");
  fs.mkdirSync(root);
  const file = path.join(root, "alerts.json"), empty = { nextId: 1, alerts: [], rules: {}, snoozedUntil: {} };
  for (
    const text of ["", "{", "[1]", '{"alerts":[{"id":"x"}],"rules":{"cpu":1,"__proto__":{}},"nextId":"7"}']
  ) {
    fs.writeFileSync(file, text);
    expect(new AlertsFile(root).read()).toEqual(empty);
  }
});
