/** Folders of jobs: made whole or not at all, read as they are. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  listJobFolders,
  newJobId,
  readEvents,
  readJob,
  readJobRequest,
  removeLeftovers,
} from "../../../sidecar/jobs/folder/job_folder.ts";
import { Journal } from "../../../sidecar/jobs/folder/journal.ts";
import {
  isJobId,
  jobFolder,
  openWorkspace,
  workspaceFolder,
} from "../../../sidecar/jobs/folder/workspace.ts";
import { createdEvent } from "../../shared/job/job_events.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { eventAt, newJob, PAUSED, requestOf } from "./story.ts";

const root = temporaryFolder("folders");
let workspaces = 0;
const newWorkspace = () => openWorkspace(path.join(root, `w${++workspaces}`));

/** The folder of a new job. */
const newFolder = (workspace = newWorkspace(), happenings = PAUSED) =>
  jobFolder(workspace, newJob(workspace, happenings));

test("a job folder is read as it was written", () => {
  const folder = newFolder();
  expect(readJob(folder)).toMatchObject({ state: "paused", reason: "by the user", damage: [] });
  expect(readJobRequest(folder)).toEqual(requestOf(path.basename(folder)));
});

test("cut at any byte, the job is what its whole lines say, and the next append makes the file whole", () => {
  const folder = newFolder(), file = path.join(folder, "events.jsonl");
  const bytes = fs.readFileSync(file);
  const firstLine = bytes.indexOf(10) + 1;
  for (let length = firstLine; length < bytes.length; length++) {
    fs.writeFileSync(file, bytes.subarray(0, length));
    const lines = bytes.subarray(0, length).filter((byte) => byte === 10).length;
    expect(readEvents(folder).events).toHaveLength(lines);
    expect(readJob(folder).damage).toEqual([]);
    const journal = new Journal(folder);
    journal.append([eventAt({ event: "renamed", name: "again" }, 9)], true);
    journal.close();
    const { events, unknownLines, tornBytes } = readEvents(folder);
    expect([events.length, unknownLines, tornBytes]).toEqual([lines + 1, [], 0]);
    expect(readJob(folder).name).toBe("again");
  }
});

test("a folder whose first line is torn is damaged and said to be", () => {
  const folder = newFolder();
  fs.writeFileSync(path.join(folder, "events.jsonl"), '{"event":"crea');
  expect(() => readJob(folder)).toThrow(expect.objectContaining({ tag: "job-damaged" }));
});

test("a line of garbage in the middle is named and skipped", () => {
  const folder = newFolder();
  const file = path.join(folder, "events.jsonl");
  const lines = fs.readFileSync(file, "utf8").split("\n");
  lines.splice(2, 0, "\u0000\u0000garbage");
  fs.writeFileSync(file, lines.join("\n"));
  expect(readJob(folder)).toMatchObject({
    state: "paused",
    damage: [expect.stringMatching(/^line 3 of events/)],
  });
});

test("a job of a newer version is refused and nothing of it is touched", () => {
  const folder = newFolder(undefined, [{ ...createdEvent(), format: 2 }]);
  expect(() => readJob(folder)).toThrow(expect.objectContaining({ tag: "job-newer" }));
  fs.writeFileSync(path.join(folder, "job.json"), '{"seisproc":2}');
  expect(() => readJobRequest(folder)).toThrow(/expected version 1 or older, found 2/);
});

test("what a crash left of folders in the making is cleaned and never shown", () => {
  const workspace = newWorkspace();
  fs.mkdirSync(path.join(workspace.jobs, ".new-20200101-000000-000-abcdef"));
  expect(listJobFolders(workspace)).toEqual({ ids: [], problems: [], leftovers: true });
  removeLeftovers(workspace);
  expect(fs.readdirSync(workspace.jobs)).toHaveLength(1);
  removeLeftovers(workspace, -1);
  expect(fs.readdirSync(workspace.jobs)).toEqual([]);
});

test("ids sort by time and are the only names looked up", () => {
  expect(newJobId(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toMatch(/^20260102-030405-006-[0-9a-f]{6}$/);
  expect(isJobId(newJobId(Date.now()))).toBe(true);
  expect(isJobId("../20260102-030405-006-abcdef")).toBe(false);
});

test("the workspace is where SEISPROC_WORKSPACE says, and one that cannot be used says why", () => {
  expect(workspaceFolder({ SEISPROC_WORKSPACE: "/a/b" })).toBe(path.resolve("/a/b"));
  fs.writeFileSync(path.join(root, "file"), "");
  expect(() => openWorkspace(path.join(root, "file"))).toThrow(/set SEISPROC_WORKSPACE to another folder/);
});
