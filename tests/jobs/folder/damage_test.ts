/** A flipped bit or a cut at any byte of a job's folder: what is read is the truth, or the damage is named. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createJobFolder, readJob, readJobRequest } from "../../../sidecar/jobs/folder/job_folder.ts";
import { jobFolder, openWorkspace } from "../../../sidecar/jobs/folder/workspace.ts";
import { JobStore } from "../../../sidecar/jobs/known/job_store.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { JobHappening } from "../../../src/shared/job/events.ts";
import { moved } from "../../../src/shared/job/happenings.ts";
import { createdEvent } from "../../shared/job/job_events.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { CANCELLED, eventAt, newJob, PAUSED, requestOf } from "./story.ts";

/** Each byte costs a start of the store: the suite tries some. */
const INDEX_STEP = 7;
const root = temporaryFolder("damage");
let workspaces = 0;
const newWorkspace = () => openWorkspace(path.join(root, `w${++workspaces}`));

/** Calls with each way to spoil a file: one bit of each byte flipped, and cut before each byte. */
function spoiltIn(file: string, look: (how: string) => void): void {
  const bytes = fs.readFileSync(file);
  for (let at = 0; at < bytes.length; at++) {
    const spoilt = Uint8Array.from(bytes);
    spoilt[at] ^= 1 << (at * 7) % 8;
    fs.writeFileSync(file, spoilt);
    look(`bit of byte ${at} flipped`);
    fs.writeFileSync(file, bytes.subarray(0, at));
    look(`cut before byte ${at}`);
  }
  fs.writeFileSync(file, bytes);
}

/** What is read, or the tag of the refusal; a defect is no refusal. */
function readOrTag<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof SeisProcError && error.tag !== "internal") return error.tag;
    throw error;
  }
}

test("the request is what it was, or is said to be damaged", () => {
  const workspace = newWorkspace(), folder = jobFolder(workspace, newJob(workspace));
  const truth = readJobRequest(folder);
  const seen = new Set<string>();
  spoiltIn(path.join(folder, "job.json"), (how) => {
    const read = readOrTag(() => readJobRequest(folder));
    if (typeof read === "string") seen.add(read);
    else expect(read, how).toMatchObject({ ...truth });
  });
  expect([...seen]).toEqual(["job-damaged"]);
});

test("the job is what its journal told up to the damage, which is named", () => {
  const workspace = newWorkspace(), folder = jobFolder(workspace, newJob(workspace));
  const truth = readJob(folder), lines = PAUSED.length;
  const file = path.join(folder, "events.jsonl");
  const whole = fs.statSync(file).size;
  spoiltIn(file, (how) => {
    const read = readOrTag(() => readJob(folder));
    if (typeof read === "string") return expect(read, how).toBe("job-damaged");
    expect(read, how).toMatchObject({ id: truth.id, name: truth.name });
    const isCut = fs.statSync(file).size < whole;
    // Of a cut journal the last lines are missing, as if they had never been written.
    if (isCut || fs.readFileSync(file, "utf8").split("\n").length !== lines + 1) return;
    if (read.damage.length === 0) expect(read, how).toEqual(truth);
  });
});

test("a journal that lost one line is a job in the state that its last line tells", () => {
  const workspace = newWorkspace();
  const stories: readonly (readonly JobHappening[])[] = [
    PAUSED,
    CANCELLED,
    [
      ...PAUSED.slice(0, 3),
      moved({ to: "interrupted", why: "it died" }),
      moved({ to: "queued", manager: "m", order: 2, why: "resumed" }),
      moved({ to: "running", manager: "m", pid: 2 }),
      moved({ to: "failed", error: { tag: "internal", message: "m", fields: {} } }),
    ],
  ];
  for (const story of stories) {
    const last = story.at(-1), before = story.at(-2);
    for (let lost = 0; lost < story.length; lost++) {
      const folder = jobFolder(workspace, newJob(workspace, story.filter((_, i) => i !== lost)));
      const { state } = readJob(folder);
      const told = lost === story.length - 1 ? before : last;
      expect([lost, state]).toEqual([lost, told?.event === "state" ? told.to : "none"]);
    }
  }
});

test("a creation that the journal lost is told by the request, with its name and tags", () => {
  const workspace = newWorkspace();
  const id = newJob(workspace, PAUSED.slice(1));
  expect(readJob(jobFolder(workspace, id))).toMatchObject({ id, name: createdEvent().name, state: "paused" });
  fs.writeFileSync(path.join(jobFolder(workspace, id), "job.json"), "{");
  expect(() => readJob(jobFolder(workspace, id))).toThrow(/does not begin with its creation: remove the job/);
});

test("the index never tells a job otherwise than its folder, whichever byte of it is spoilt", () => {
  const workspace = newWorkspace();
  const ids = [newJob(workspace, CANCELLED), newJob(workspace, PAUSED)].sort();
  const load = () => {
    const store = new JobStore(workspace);
    store.load();
    const jobs = [...store.values()].sort((a, b) => a.id < b.id ? -1 : 1);
    store.close();
    return jobs;
  };
  const truth = load();
  expect(truth.map((job) => job.id)).toEqual(ids);
  const bytes = fs.readFileSync(workspace.index);
  for (let at = 0; at < bytes.length; at += INDEX_STEP) {
    const spoilt = Uint8Array.from(bytes);
    spoilt[at] ^= 1 << at % 8;
    fs.writeFileSync(workspace.index, spoilt);
    expect(load(), `byte ${at}`).toEqual(truth);
    fs.writeFileSync(workspace.index, bytes.subarray(0, at));
    expect(load(), `cut before ${at}`).toEqual(truth);
  }
});

test("folders of an older program, without any checksum, are listed and read", () => {
  const workspace = newWorkspace(), id = newJob(workspace), folder = jobFolder(workspace, id);
  const truth = [readJob(folder), readJobRequest(folder)];
  const lines = PAUSED.map((happening, i) => JSON.stringify(eventAt(happening, i)) + "\n");
  fs.writeFileSync(path.join(folder, "events.jsonl"), lines.join(""));
  fs.writeFileSync(path.join(folder, "job.json"), JSON.stringify(requestOf(id), null, 2) + "\n");
  expect([readJob(folder), readJobRequest(folder)]).toEqual(truth);
  const store = new JobStore(workspace);
  store.load();
  expect([...store.values()].map((job) => job.state)).toEqual(["paused"]);
  store.close();
});

test("a folder that cannot be made whole leaves nothing behind", () => {
  const workspace = newWorkspace(), request = requestOf("20260101-000000-000-abcdef");
  fs.mkdirSync(path.join(workspace.jobs, request.id, "in the way"), { recursive: true });
  expect(() => createJobFolder(workspace, request, PAUSED.map(eventAt))).toThrow();
  expect(fs.readdirSync(workspace.jobs)).toEqual([request.id]);
});
