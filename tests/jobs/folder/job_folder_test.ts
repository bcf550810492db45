import fs from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import {
  createJobFolder,
  listJobFolders,
  newJobId,
  readEvents,
  readJob,
  readJobRequest,
  removeLeftovers,
} from "../../../sidecar/jobs/folder/job_folder.ts";
import { Journal } from "../../../sidecar/jobs/folder/journal.ts";
import { JobStore } from "../../../sidecar/jobs/known/job_store.ts";
import {
  isJobId,
  jobFolder,
  openWorkspace,
  workspaceFolder,
} from "../../../sidecar/jobs/folder/workspace.ts";
import type { JobEvent, JobHappening } from "../../../src/shared/job/events.ts";
import type { JobRequest } from "../../../src/shared/job/job.ts";
import { createdEvent, state } from "../../shared/job/job_events.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { scriptedWork } from "../scripted_jobs.ts";

const root = temporaryFolder("folders");
let workspaces = 0;
const newWorkspace = () => openWorkspace(path.join(root, `w${++workspaces}`));

const story: JobHappening[] = [
  createdEvent(),
  state({ to: "queued", manager: "m", order: 1, why: "submitted" }),
  state({ to: "running", manager: "m", pid: 1 }),
  { event: "log", level: "info", text: "über alles" },
  state({ to: "pausing", why: "by the user" }),
  state({ to: "paused", why: "by the user" }),
];
const at = (happening: JobHappening, i: number): JobEvent => ({ ...happening, at: 1000 + i });

function request(id: string): JobRequest {
  const { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program } =
    createdEvent();
  const asked = { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program };
  return { seisproc: 1, id, ...asked, createdAt: 1, work: scriptedWork("/out", {}) };
}

function newFolder(workspace = newWorkspace(), happenings = story): string {
  return createJobFolder(workspace, request(newJobId(Date.now())), happenings.map(at));
}

test("a job folder is read as it was written", () => {
  const folder = newFolder();
  expect(readJob(folder)).toMatchObject({ state: "paused", reason: "by the user", damage: [] });
  expect(readJobRequest(folder)).toEqual(request(path.basename(folder)));
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
    journal.append([at({ event: "renamed", name: "again" }, 9)], true);
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

test("foreign folders, files and damaged jobs are problems with a reason, the other jobs are there", () => {
  const workspace = newWorkspace();
  const good = path.basename(newFolder(workspace)), bad = newFolder(workspace);
  fs.writeFileSync(path.join(bad, "events.jsonl"), "");
  fs.mkdirSync(path.join(workspace.jobs, "my holiday"));
  fs.writeFileSync(path.join(workspace.jobs, "note.txt"), "");
  fs.mkdirSync(path.join(workspace.jobs, "20200101-000000-000-abcdef"));
  const store = new JobStore(workspace);
  store.load();
  store.close();
  expect([...store.values()].map((job) => job.id)).toEqual([good]);
  const problems = store.problems().map((problem) => problem.folder).sort();
  expect(problems).toEqual(
    ["20200101-000000-000-abcdef", path.basename(bad), "my holiday", "note.txt"].sort(),
  );
  for (const { error } of store.problems()) expect(error.tag).toBe("job-damaged");
  expect(store.problem("20200101-000000-000-abcdef")?.error.message).toBe(
    "Cannot read job 20200101-000000-000-abcdef: expected a job folder, found that it has no journal (events.jsonl): " +
      "remove the folder from the workspace",
  );
});

test("an index that lies, is torn or is gone changes nothing but time", () => {
  const workspace = newWorkspace();
  const ids = [1, 2, 3].map(() => path.basename(newFolder(workspace)));
  const load = () => {
    const store = new JobStore(workspace);
    store.load((id) => store.refresh(id));
    store.close();
    return [...store.values()].map((job) => `${job.id} ${job.name} ${job.state}`).sort();
  };
  const first = load();
  expect(fs.readFileSync(workspace.index, "utf8").split("\n")).toHaveLength(4);
  expect(load()).toEqual(first);
  const journal = new Journal(jobFolder(workspace, ids[1]));
  journal.append([at({ event: "renamed", name: "new" }, 9)], true);
  journal.close();
  expect(load().filter((job) => job.includes("new"))).toHaveLength(1);
  for (const index of ["", "{}\n[1]\nnull\n{torn", "\u0000".repeat(100)]) {
    fs.writeFileSync(workspace.index, index);
    expect(load().filter((job) => job.includes("new"))).toHaveLength(1);
  }
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

const ended: JobHappening[] = [
  ...story,
  state({ to: "cancelled", level: 1, partialOutput: null }),
];

test("an ended job is not decoded until it is asked for, and then is what its folder says", () => {
  const workspace = newWorkspace();
  const ids = [1, 2, 3].map(() => path.basename(newFolder(workspace, ended)));
  const first = new JobStore(workspace);
  first.load();
  first.close();
  const parse = vi.spyOn(JSON, "parse");
  const store = new JobStore(workspace);
  store.load();
  expect(parse).not.toHaveBeenCalled();
  expect([...store.facts()].map((job) => `${job.id} ${job.state}`)).toEqual(
    ids.map((id) => `${id} cancelled`),
  );
  expect(store.get(ids[1])).toEqual(readJob(jobFolder(workspace, ids[1])));
  expect(parse).toHaveBeenCalled();
  parse.mockRestore();
  expect([...store.values()]).toEqual(ids.map((id) => readJob(jobFolder(workspace, id))));
  store.close();
});

test("a stale row of an ended job is noticed before the job is shown, and told", () => {
  const workspace = newWorkspace();
  const ids = [1, 2].map(() => path.basename(newFolder(workspace, ended)));
  const first = new JobStore(workspace);
  first.load();
  first.close();
  const journal = new Journal(jobFolder(workspace, ids[0]));
  journal.append([at({ event: "renamed", name: "new" }, 9)], true);
  journal.close();
  const store = new JobStore(workspace);
  const stale: string[] = [];
  store.load((id) => {
    stale.push(id);
    store.refresh(id);
  });
  expect(store.get(ids[0])?.name).toBe("new");
  expect([...store.values()].map((job) => job.name).sort()).toEqual([createdEvent().name, "new"].sort());
  expect(stale).toEqual([ids[0]]);
  store.close();
});

test("an index that is cut or spoilt while it is in use is replaced by the folders", () => {
  const workspace = newWorkspace();
  const ids = [1, 2].map(() => path.basename(newFolder(workspace, ended)));
  const first = new JobStore(workspace);
  first.load();
  first.close();
  const store = new JobStore(workspace);
  store.load();
  fs.truncateSync(workspace.index, 300);
  expect(ids.map((id) => store.get(id)?.state)).toEqual(["cancelled", "cancelled"]);
  store.close();
});
