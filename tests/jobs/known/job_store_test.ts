/** All jobs as one process knows them: from the index at once, from the folders when that is wrong. */
import fs from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { readJob } from "../../../sidecar/jobs/folder/job_folder.ts";
import { Journal } from "../../../sidecar/jobs/folder/journal.ts";
import { jobFolder, openWorkspace, type Workspace } from "../../../sidecar/jobs/folder/workspace.ts";
import { JobStore } from "../../../sidecar/jobs/known/job_store.ts";
import { createdEvent } from "../../shared/job/job_events.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { CANCELLED, eventAt, newJob, PAUSED } from "../folder/story.ts";

const root = temporaryFolder("store");
let workspaces = 0;
const newWorkspace = () => openWorkspace(path.join(root, `w${++workspaces}`));

function rename(workspace: Workspace, id: string, name: string): void {
  const journal = new Journal(jobFolder(workspace, id));
  journal.append([eventAt({ event: "renamed", name }, 9)], true);
  journal.close();
}

test("foreign folders, files and damaged jobs are problems with a reason, the other jobs are there", () => {
  const workspace = newWorkspace();
  const good = newJob(workspace), bad = jobFolder(workspace, newJob(workspace));
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
  const ids = [1, 2, 3].map(() => newJob(workspace));
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
  journal.append([eventAt({ event: "renamed", name: "new" }, 9)], true);
  journal.close();
  expect(load().filter((job) => job.includes("new"))).toHaveLength(1);
  for (const index of ["", "{}\n[1]\nnull\n{torn", "\u0000".repeat(100)]) {
    fs.writeFileSync(workspace.index, index);
    expect(load().filter((job) => job.includes("new"))).toHaveLength(1);
  }
});

test("an ended job is not decoded until it is asked for, and then is what its folder says", () => {
  const workspace = newWorkspace();
  const ids = [1, 2, 3].map(() => newJob(workspace, CANCELLED));
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
  const ids = [1, 2].map(() => newJob(workspace, CANCELLED));
  const first = new JobStore(workspace);
  first.load();
  first.close();
  const journal = new Journal(jobFolder(workspace, ids[0]));
  journal.append([eventAt({ event: "renamed", name: "new" }, 9)], true);
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
  const ids = [1, 2].map(() => newJob(workspace, CANCELLED));
  const first = new JobStore(workspace);
  first.load();
  first.close();
  const store = new JobStore(workspace);
  store.load();
  fs.truncateSync(workspace.index, 300);
  expect(ids.map((id) => store.get(id)?.state)).toEqual(["cancelled", "cancelled"]);
  store.close();
});

test("a job is fresh until its folder changes, and what it became is told once it is read again", () => {
  const workspace = newWorkspace(), id = newJob(workspace, PAUSED);
  const store = new JobStore(workspace);
  store.load();
  expect([store.isFresh(id), store.get(id)?.state]).toEqual([true, "paused"]);
  rename(workspace, id, "new");
  expect([store.isFresh(id), store.get(id)?.name]).toEqual([false, createdEvent().name]);
  expect(store.refresh(id)?.name).toBe("new");
  expect(store.isFresh(id)).toBe(true);
  store.close();
});

test("a job becomes a problem when its folder cannot be read, and a job again when it can", () => {
  const workspace = newWorkspace(), id = newJob(workspace, PAUSED);
  const file = path.join(jobFolder(workspace, id), "events.jsonl"), bytes = fs.readFileSync(file);
  const store = new JobStore(workspace);
  store.load();
  fs.rmSync(file);
  expect(store.refresh(id)).toBeUndefined();
  expect([store.has(id), store.problem(id)?.error.tag]).toEqual([false, "job-damaged"]);
  fs.writeFileSync(file, bytes);
  expect(store.refresh(id)?.state).toBe("paused");
  expect([store.has(id), store.problems()]).toEqual([true, []]);
  fs.rmSync(jobFolder(workspace, id), { recursive: true });
  store.refresh(id);
  expect([store.has(id), store.problems(), store.ids()]).toEqual([false, [], []]);
  store.close();
});

test("folders that came or went without a word are found, problems that went are forgotten", () => {
  const workspace = newWorkspace(), first = newJob(workspace, CANCELLED);
  fs.mkdirSync(path.join(workspace.jobs, "my holiday"));
  const store = new JobStore(workspace);
  store.load();
  fs.rmSync(jobFolder(workspace, first), { recursive: true });
  fs.rmdirSync(path.join(workspace.jobs, "my holiday"));
  const second = newJob(workspace, PAUSED);
  for (const id of store.rescan()) store.refresh(id);
  expect([store.ids(), store.problems()]).toEqual([[second], []]);
  store.close();
});

test("ended jobs are rows of the index after a flush, and open jobs stay decoded", () => {
  const workspace = newWorkspace();
  const ended = newJob(workspace, CANCELLED), open = newJob(workspace, PAUSED);
  const store = new JobStore(workspace);
  store.load();
  expect(store.open().map((job) => job.id)).toEqual([open]);
  store.close();
  const parse = vi.spyOn(JSON, "parse");
  const again = new JobStore(workspace);
  again.load();
  // The one that goes on is decoded, the other is not.
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
  expect(again.ids().sort()).toEqual([ended, open].sort());
  again.close();
});

test("children are found by their parent, decoded or not", () => {
  const workspace = newWorkspace(), parent = newJob(workspace, PAUSED);
  const child = newJob(workspace, [{ ...createdEvent(), parent }, ...CANCELLED.slice(1)]);
  for (let round = 0; round < 2; round++) {
    const store = new JobStore(workspace);
    store.load();
    expect(store.childrenOf(parent)).toEqual([child]);
    store.close();
  }
});
