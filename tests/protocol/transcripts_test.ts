/** Recorded conversations, replayed against the parsers of the window's side and against a real server. */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseServerEvent } from "../../src/shared/protocol/events.ts";
import { parseCommand } from "../../src/shared/protocol/parse_commands.ts";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";
import { newServerBench } from "../server/server_bench.ts";
import { differences, ExampleWorld } from "./example_world.ts";

const serve = newServerBench();

function lines(name: string): string[] {
  const file = fileURLToPath(new URL(`./transcripts/${name}.jsonl`, import.meta.url));
  return fs.readFileSync(file, "utf8").trimEnd().split("\n");
}

test("every recorded reply is read by the window's side", () => {
  for (const line of lines("commands")) {
    const { send, receive } = JSON.parse(line);
    expect(parseReply(parseCommand(send).command, receive)).toEqual(receive.reply);
  }
});

test("a real server answers the recorded commands in the recorded form", { timeout: 60_000 }, async () => {
  const bench = await serve(), world = await ExampleWorld.open(bench);
  for (const line of lines("commands")) {
    const { send, status, receive } = JSON.parse(line);
    const { command } = parseCommand(send);
    const found = await bench.post(JSON.parse(await world.real(command, JSON.stringify(send))));
    expect([command, found.status, differences(receive, found.answer)]).toEqual([command, status, []]);
  }
});

test("the recorded life of a job is read line by line: queued, running, completed", () => {
  const events = lines("job_events").map((line) => parseServerEvent(JSON.parse(line)));
  expect(events).not.toContain(undefined);
  expect(events[0]).toMatchObject({ event: "reset", why: "start" });
  const states = events.flatMap((event) =>
    event?.event === "news" && event.news.news === "job" ? [event.news.job.state] : []
  );
  expect([...new Set(states)]).toEqual(["queued", "running", "completed"]);
});
