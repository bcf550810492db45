/** The stream against a real server: it goes on where it was when the connection breaks, and says how it stands. */
import { afterEach, expect, test } from "vitest";
import type { ServerEvent } from "../../../src/shared/protocol/events.ts";
import { EventStream } from "../../../src/ui/connection/event_stream.ts";
import { Sidecar } from "../../../src/ui/connection/sidecar.ts";
import { link } from "../../../src/ui/state/link.ts";
import { eventually } from "../../jobs/scripted_jobs.ts";
import { newServerBench, type ServerBench } from "../../server/server_bench.ts";

const serve = newServerBench();
const streams: EventStream[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

function follow(bench: ServerBench, token = bench.token) {
  const events: ServerEvent[] = [];
  const stream = new EventStream(new Sidecar(bench.url, token), (event) => events.push(event));
  streams.push(stream);
  return { events, stream };
}

const publish = (bench: ServerBench, text: string) =>
  bench.manager.news.publish({ news: "log", job: "j", level: "info", text });

const texts = (events: readonly ServerEvent[]) =>
  events.flatMap((event) => event.event === "news" && event.news.news === "log" ? [event.news.text] : []);

test("what happens while the connection is broken comes after it, once and in order, without a snapshot", async () => {
  const bench = await serve();
  const { events } = follow(bench);
  await eventually(() => events.length === 1);
  expect(link.value.state).toBe("connected");
  publish(bench, "before");
  await eventually(() => texts(events).length === ["before"].length);
  expect(texts(events)).toEqual(["before"]);
  bench.server.hub.close();
  publish(bench, "meanwhile");
  publish(bench, "after");
  await eventually(() => texts(events).length === ["before", "meanwhile", "after"].length);
  expect(texts(events)).toEqual(["before", "meanwhile", "after"]);
  expect(events.filter(({ event }) => event === "reset")).toHaveLength(1);
  await eventually(() => link.value.state === "connected");
});

test("a key that the sidecar does not know ends the tries", async () => {
  const bench = await serve();
  const { events } = follow(bench, "x".repeat(43));
  await eventually(() => link.value.state === "refused");
  expect(events).toEqual([]);
});
