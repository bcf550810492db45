/** The stream of events: order, gaps, slow readers, snapshots. */
import { expect, test } from "vitest";
import type { JobProgress } from "../../src/shared/job/progress.ts";
import { BOUNDS } from "../../src/shared/protocol/envelope.ts";
import type { ServerEvent } from "../../src/shared/protocol/events.ts";
import { eventually, until } from "../jobs/scripted_jobs.ts";
import { type EventReader, newServerBench, type ServerBench } from "./server_bench.ts";

const serve = newServerBench();

function publish(bench: ServerBench, count: number, text = "line"): void {
  for (let i = 0; i < count; i++) {
    bench.manager.news.publish({ news: "log", job: "j", level: "info", text: `${text} ${i}` });
  }
}

const progress = (fraction: number): JobProgress => ({
  ...{ phase: "p", phases: ["p"], fraction, secondsLeft: null, lanes: [], bytesRead: 0, bytesWritten: 0 },
  ...{ blocks: { done: 0, total: 1 }, gathers: { done: 0, total: 1 }, traces: { done: 0, total: 1 } },
  ...{ tracesPerSecond: { now: 0, smoothed: 0 }, megabytesPerSecond: { now: 0, smoothed: 0 } },
  ...{ stalled: false, peakMemoryBytes: 0, warnings: 0 },
});

function numbers(events: readonly ServerEvent[]): number[] {
  return events.flatMap((event) => event.event === "news" ? [event.news.sequence] : []);
}

function upTo(reader: EventReader, sequence: number): Promise<ServerEvent[]> {
  return reader.until((event) => event.event === "news" && event.news.sequence >= sequence);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

test("a new reader gets a snapshot and from then on every news of a job's life, in order", async () => {
  const bench = await serve();
  const before = await bench.manager.submit(bench.bench.submission({ blocks: 1, msPerBlock: 0 }));
  await until(bench.manager, before.id, "completed");
  const reader = await bench.events();
  const first = await reader.next();
  expect(first).toMatchObject({
    event: "reset",
    why: "start",
    stream: bench.manager.id,
    snapshot: { total: 1 },
  });
  const job = await bench.manager.submit(bench.bench.submission({ blocks: 5, msPerBlock: 10 }));
  const events = await reader.until((event) =>
    event.event === "news" && event.news.news === "job" && event.news.job.state === "completed"
  );
  const states = events.flatMap((event) =>
    event.event === "news" && event.news.news === "job" && event.news.job.id === job.id
      ? [event.news.job.state]
      : []
  );
  expect([...new Set(states)]).toEqual(["queued", "running", "completed"]);
  const sequence = first?.event === "reset" ? first.sequence : 0;
  expect(numbers(events)).toEqual(range(sequence + 1, sequence + numbers(events).length));
});

test("a reader that comes back gets exactly what it missed", async () => {
  const bench = await serve();
  publish(bench, 10);
  const reader = await bench.events("?after=4");
  expect(await reader.next()).toEqual({ event: "hello", stream: bench.manager.id, sequence: 4 });
  expect(numbers(await upTo(reader, 10))).toEqual(range(5, 10));
  await reader.close();
  publish(bench, 5);
  const again = await bench.events(`?after=10&stream=${bench.manager.id}`);
  await again.next();
  expect(numbers(await upTo(again, 15))).toEqual(range(11, 15));
});

test("a gap that is too old, and numbers of another run, get a snapshot", async () => {
  const bench = await serve();
  publish(bench, 20_000);
  expect(await (await bench.events("?after=1")).next()).toMatchObject({
    event: "reset",
    why: "gap",
    sequence: 20_000,
  });
  expect(await (await bench.events("?after=30000")).next()).toMatchObject({ event: "reset", why: "gap" });
  expect(await (await bench.events("?after=20000&stream=other")).next()).toMatchObject({
    event: "reset",
    why: "other_run",
  });
});

test("a wrong place to resume from is a typed error", async () => {
  const bench = await serve();
  for (const after of ["-1", "x", "1e3", "", "99999999999999999999"]) {
    const response = await bench.fetch(`/events?after=${after}`);
    expect([after, response.status]).toEqual([after, 400]);
    await response.body?.cancel();
  }
});

test("a quiet stream lives by heartbeats", async () => {
  const bench = await serve({ times: { heartbeatMs: 20, dropAfterMs: 10_000 } });
  const reader = await bench.events();
  await reader.next();
  expect(await reader.next()).toMatchObject({ event: "heartbeat", sequence: 0 });
  expect(await reader.next()).toMatchObject({ event: "heartbeat", sequence: 0 });
});

test("ten readers lose nothing of many news", async () => {
  const bench = await serve();
  const readers = await Promise.all(Array.from({ length: 10 }, () => bench.events()));
  for (const reader of readers) await reader.next();
  const all = readers.map((reader) => upTo(reader, 3000));
  for (let i = 0; i < 60; i++) {
    publish(bench, 50);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (const events of await Promise.all(all)) expect(numbers(events)).toEqual(range(1, 3000));
});

test("progress reaches readers at most ten times a second and its last state always", async () => {
  const bench = await serve();
  const reader = await bench.events();
  await reader.next();
  const started = performance.now();
  for (let i = 1; i <= 500; i++) {
    bench.manager.news.progress("j", progress(i / 500));
    if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 60));
  }
  bench.manager.news.endProgress("j");
  const most = Math.ceil((performance.now() - started) / 100) + 2;
  const events = await reader.until((event) =>
    event.event === "news" && event.news.news === "progress" && event.news.progress.fraction === 1
  );
  expect(events.length).toBeLessThanOrEqual(most);
});

test("a reader that takes nothing costs no memory, slows nobody and finds a snapshot later", async () => {
  const bench = await serve();
  const slow = await bench.events();
  const quick = await bench.events();
  await quick.next();
  const text = "x".repeat(10_000);
  const taken = upTo(quick, 15_000);
  for (let i = 0; i < 1500; i++) {
    publish(bench, 10, text);
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seen = await taken;
  expect(numbers(seen).at(-1)).toBe(15_000);
  // What the slow one was sent before its connection was full, then how all stands now.
  const events = await slow.until((event) => event.event === "reset" && event.why === "gap");
  const last = events.at(-1);
  expect(last?.event === "reset" && last.sequence).toBe(15_000);
  expect(numbers(events).length).toBeLessThan(14_000);
});

test("a lagging reader is spared progress that a newer one overtook, never anything else", async () => {
  const bench = await serve();
  const reader = await bench.events("?after=0");
  await reader.next();
  for (let i = 1; i <= 3000; i++) {
    bench.manager.news.publish({ news: "progress", job: `j${i % 3}`, progress: progress(i / 3000) });
    if (i % 100 === 0) publish(bench, 1);
  }
  const events = await upTo(reader, 3030);
  const logs = events.filter((event) => event.event === "news" && event.news.news === "log");
  expect(logs).toHaveLength(30);
  expect(events.length).toBeLessThan(3030);
  const sent = numbers(events);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
});

test("a reader that takes nothing for long is dropped", async () => {
  const bench = await serve({ times: { heartbeatMs: 10, dropAfterMs: 150 } });
  await bench.events();
  expect(bench.server.hub.readers).toBe(1);
  const text = "x".repeat(100_000);
  for (let i = 0; i < 300; i++) {
    publish(bench, 1, text);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await eventually(() => bench.server.hub.readers === 0);
});

test("readers are bounded; one that leaves makes room", async () => {
  const bench = await serve();
  const readers = [];
  for (let i = 0; i < BOUNDS.readers; i++) readers.push(await bench.events());
  const refused = await bench.fetch("/events");
  expect([refused.status, (await refused.json()).error.tag]).toEqual([503, "busy"]);
  await readers[0].close();
  await eventually(() => bench.server.hub.readers < BOUNDS.readers);
  await (await bench.events()).next();
});

test("who asks for resources gets them once a second, and sampling ends with the last such reader", async () => {
  const bench = await serve();
  const reader = await bench.events("?resources=1");
  await reader.until((event) => event.event === "news" && event.news.news === "resources");
  await reader.close();
  await eventually(() => bench.server.hub.readers === 0);
  const { sequence } = bench.manager.news;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(bench.manager.news.sequence).toBeLessThanOrEqual(sequence + 1);
});

test("closing the server ends the streams", async () => {
  const bench = await serve();
  const reader = await bench.events();
  await reader.next();
  await bench.server.close();
  expect(await reader.next()).toBeUndefined();
});
