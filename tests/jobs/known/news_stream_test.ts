/** The one emitter of news: numbers, readers that come back, progress that is not too much. */
import { expect, test } from "vitest";
import { NewsStream } from "../../../sidecar/jobs/known/news_stream.ts";
import type { News } from "../../../src/shared/job/news.ts";
import { aProgress } from "../../shared/job/job_events.ts";

test("all listeners hear the same news, numbered without a gap", () => {
  const stream = new NewsStream();
  const heard: News[][] = [[], []];
  heard.forEach((list) => stream.subscribe((news) => list.push(news)));
  for (let i = 0; i < 5; i++) stream.publish({ news: "removed", job: `${i}` });
  expect(heard[0].map((news) => news.sequence)).toEqual([1, 2, 3, 4, 5]);
  expect(heard[1]).toEqual(heard[0]);
});

test("progress leaves at most ten times a second and the last of it always arrives", async () => {
  const stream = new NewsStream();
  const fractions: number[] = [];
  stream.subscribe((news) => news.news === "progress" && fractions.push(news.progress.traces.done));
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < 450) {
    stream.progress("a", aProgress(++sent));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  stream.endProgress("a");
  expect(fractions.length).toBeLessThanOrEqual(6);
  expect(fractions.length).toBeGreaterThanOrEqual(4);
  expect(fractions.at(-1)).toBe(sent);
});

test("a reader that comes back gets what it missed, or learns that it missed too much", () => {
  const stream = new NewsStream();
  for (let i = 0; i < 20_000; i++) stream.publish({ news: "removed", job: "a" });
  expect(stream.after(19_990)?.map((news) => news.sequence)[0]).toBe(19_991);
  expect(stream.after(20_000)).toEqual([]);
  expect(stream.after(1)).toBeUndefined();
  expect(stream.after(20_001)).toBeUndefined();
});
