/** What one process asks of another that runs a job. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { RequestInbox, sendRequest, type SentRequest } from "../../../sidecar/jobs/folder/requests.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const root = temporaryFolder("requests");
let folders = 0;

function newFolder(): string {
  const folder = path.join(root, `w${++folders}`, "jobs", "job");
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

const ASKED: readonly SentRequest[] = [
  { ask: "pause", round: 1 },
  { ask: "finish", round: 1 },
  { ask: "cancel", keepPartial: true, round: 1 },
  { ask: "rename", name: "Linie Ö\n", round: 1 },
  { ask: "priority", priority: "high", round: 1 },
  { ask: "tag", tags: ["a", "b"], round: 1 },
];

test("requests arrive once, in order, as they were sent", () => {
  const folder = newFolder(), inbox = new RequestInbox(folder);
  expect(inbox.read(1)).toEqual([]);
  for (const request of ASKED.slice(0, 2)) sendRequest(folder, request);
  expect(inbox.read(1)).toEqual(ASKED.slice(0, 2));
  for (const request of ASKED.slice(2)) sendRequest(folder, request);
  expect(inbox.read(1)).toEqual(ASKED.slice(2));
  expect(inbox.read(1)).toEqual([]);
});

test("a request for another round of the job reaches nobody", () => {
  const folder = newFolder(), inbox = new RequestInbox(folder);
  sendRequest(folder, { ask: "pause", round: 1 });
  sendRequest(folder, { ask: "pause", round: 3 });
  expect(inbox.read(2)).toEqual([]);
});

test("a line that is still being written waits for its end", () => {
  const folder = newFolder(), file = path.join(folder, "requests.jsonl"), inbox = new RequestInbox(folder);
  sendRequest(folder, ASKED[2]);
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(file, bytes.subarray(0, 10));
  expect(inbox.read(1)).toEqual([]);
  fs.writeFileSync(file, bytes);
  expect(inbox.read(1)).toEqual([ASKED[2]]);
});

test("a request is obeyed as it was sent or not at all, whichever byte of it is spoilt", () => {
  const folder = newFolder(), file = path.join(folder, "requests.jsonl");
  sendRequest(folder, ASKED[3]);
  const bytes = fs.readFileSync(file);
  for (let at = 0; at < bytes.length; at++) {
    const spoilt = Uint8Array.from(bytes);
    spoilt[at] ^= 1 << at % 8;
    fs.writeFileSync(file, spoilt);
    for (const request of new RequestInbox(folder).read(1)) expect(request).toMatchObject(ASKED[3]);
  }
});

test("requests of an older program, which does not seal them, are obeyed; others are none", () => {
  const folder = newFolder(), file = path.join(folder, "requests.jsonl");
  fs.writeFileSync(file, '{"ask":"pause","round":1}\n{"ask":"fly","round":1}\n{"ask":"pause"}\nnoise\n');
  expect(new RequestInbox(folder).read(1)).toEqual([{ ask: "pause", round: 1 }]);
});

test("the inbox is gone with its run", () => {
  const folder = newFolder(), inbox = new RequestInbox(folder);
  sendRequest(folder, ASKED[0]);
  inbox.remove();
  expect(fs.readdirSync(folder)).toEqual([]);
});
