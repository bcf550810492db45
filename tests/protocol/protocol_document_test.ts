/** PROTOCOL.md is held against the parsers and against a real server, example by example. */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { statusOf } from "../../src/shared/protocol/envelope.ts";
import { openAnswer, parseReadyLine } from "../../src/shared/protocol/envelope.ts";
import { parseServerEvent } from "../../src/shared/protocol/events.ts";
import {
  decodePanels,
  encodePanels,
  parseGatherRequest,
  parseSpectrumRequest,
} from "../../src/shared/protocol/gathers.ts";
import { decodeColumns, parseColumnsRequest } from "../../src/shared/protocol/header_columns.ts";
import { COMMAND_NAMES, parseCommand } from "../../src/shared/protocol/parse_commands.ts";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";
import { newServerBench } from "../server/server_bench.ts";
import { differences, EXAMPLE, ExampleWorld } from "./example_world.ts";

const PAGE = fs.readFileSync(fileURLToPath(new URL("../../PROTOCOL.md", import.meta.url)), "utf8");
const serve = newServerBench();

/** The fenced examples of one kind, in order. */
function examples(kind: string): string[] {
  return [...PAGE.matchAll(/^```json (\w+)\n([\s\S]*?)\n```$/gm)].flatMap(([, found, text]) =>
    found === kind ? [text] : []
  );
}

const REQUESTS = examples("request"), REPLIES = examples("reply");

test("every command has exactly one example with its reply under its own heading", () => {
  const headings = [...PAGE.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(headings.toSorted()).toEqual(COMMAND_NAMES.toSorted());
  expect(REQUESTS.map((text) => JSON.parse(text).command)).toEqual(headings);
  expect(REPLIES).toHaveLength(headings.length);
});

test("every request is read as it is written", () => {
  for (const text of REQUESTS) expect(parseCommand(JSON.parse(text))).toEqual(JSON.parse(text));
});

test("every reply is one of its command", () => {
  REQUESTS.forEach((request, i) => {
    const { command } = parseCommand(JSON.parse(request)), answer = JSON.parse(REPLIES[i]);
    expect(parseReply(command, answer)).toEqual(answer.reply);
  });
});

test("a real server answers every example with a reply of the same form", { timeout: 60_000 }, async () => {
  const bench = await serve(), world = await ExampleWorld.open(bench);
  for (const [i, request] of REQUESTS.entries()) {
    const { command } = parseCommand(JSON.parse(request));
    const { status, answer } = await bench.post(JSON.parse(await world.real(command, request)));
    expect([command, status]).toEqual([command, 200]);
    expect([command, differences(JSON.parse(REPLIES[i]), answer)]).toEqual([command, []]);
  }
});

test("all kinds of events are shown and are read", () => {
  const events = examples("event").map((text) => parseServerEvent(JSON.parse(text)));
  const kinds = events.map((event) => event?.event === "news" ? event.news.news : event?.event);
  expect(kinds).toEqual([
    "hello",
    "reset",
    "log",
    "removed",
    "queue",
    "alert",
    "progress",
    "reading",
    "group",
    "alert_changed",
    "alerts_cleared",
    "rule",
    "settings",
    "document",
    "timetable",
    "heartbeat",
  ]);
});

test("the ready line, the error and the bounds are as they are said", async () => {
  expect(examples("ready").map((text) => parseReadyLine(JSON.parse(text)))).not.toContain(undefined);
  const [error] = examples("error").map((text) => JSON.parse(text));
  expect(() => openAnswer(error)).toThrow(error.error.message);
  expect(await (await serve()).post({ command: "get_job", job: "x" })).toEqual({
    status: statusOf("job-not-found"),
    answer: error,
  });
});

test("the requests for traces and spectra are answered", async () => {
  const bench = await serve(), world = await ExampleWorld.open(bench);
  const [gather] = examples("gather"), [spectrum] = examples("spectrum");
  expect(parseGatherRequest(JSON.parse(gather))).toEqual(JSON.parse(gather));
  expect(parseSpectrumRequest(JSON.parse(spectrum))).toEqual(JSON.parse(spectrum));
  const real = (text: string) => JSON.parse(text.replaceAll(EXAMPLE.folder, world.folder));
  const { header } = await bench.panels("gather", real(gather));
  expect(header.panels.map((panel) => panel.panel)).toEqual(["input", "processed", "noise"]);
  expect((await bench.panels("spectrum", real(spectrum))).header.panels[0].kind).toBe("spectrum");
});

test("the request for header words is answered", async () => {
  const bench = await serve(), world = await ExampleWorld.open(bench);
  const [request] = examples("headers"), [header] = examples("columns").map((text) => JSON.parse(text));
  expect(parseColumnsRequest(JSON.parse(request))).toEqual(JSON.parse(request));
  const body = request.replaceAll(EXAMPLE.folder, world.folder);
  const response = await bench.fetch("/headers", { method: "POST", body });
  expect(decodeColumns(await response.arrayBuffer()).header).toEqual(header);
});

test("the header of panels is read back with its floats", () => {
  const [header] = examples("panels").map((text) => JSON.parse(text));
  const data = Float32Array.from({ length: 2 * 1000 * 751 }, (_, i) => i);
  const bytes = encodePanels(header, data);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("SPP1");
  const decoded = decodePanels(bytes.buffer);
  expect(decoded.header).toEqual(header);
  expect(decoded.data.length).toBe(data.length);
  expect(decoded.data.every((value, i) => value === i)).toBe(true);
  for (const cut of [0, 4, 7, 100, bytes.length - 4]) {
    expect(() => decodePanels(bytes.buffer.slice(0, cut))).toThrow("Cannot read the traces");
  }
});
