/** The index of jobs: facts without decoding, jobs when asked, and nothing but time lost when it is wrong. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readJob } from "../../../sidecar/jobs/folder/job_folder.ts";
import { jobFolder, openWorkspace, type Workspace } from "../../../sidecar/jobs/folder/workspace.ts";
import { eventsStamp, JobIndex } from "../../../sidecar/jobs/known/job_index.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { CANCELLED, newJob, PAUSED } from "../folder/story.ts";

const root = temporaryFolder("index");
let workspaces = 0;
const newWorkspace = () => openWorkspace(path.join(root, `w${++workspaces}`));

function entryOf(workspace: Workspace, id: string, changes: Partial<Job> = {}) {
  const stamp = eventsStamp(workspace, id) ?? { size: 0, mtimeMs: 0 };
  return { ...readJob(jobFolder(workspace, id)), ...changes, stamp };
}

test("rows carry the facts of their jobs, and each job is read back whole", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace);
  const entries = [PAUSED, CANCELLED].map((story) => entryOf(workspace, newJob(workspace, story)));
  entries[1] = { ...entries[1], parent: entries[0].id, name: 'Linie "Ö"\n' };
  expect(index.append(entries)).toEqual([...index.read().rows.values()]);
  for (const { stamp, ...job } of entries) {
    const row = index.read().rows.get(job.id);
    expect(row).toMatchObject({ id: job.id, state: job.state, type: job.type, parent: job.parent, ...stamp });
    expect(row && index.reader().job(row)).toEqual({ ...job, progress: null });
  }
  index.close();
});

test("of several rows of a job the last counts, and a rewrite leaves that one", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace), id = newJob(workspace);
  for (const name of ["one", "two", "three"]) index.append([entryOf(workspace, id, { name })]);
  const { rows, lines } = index.read();
  expect([rows.size, lines]).toEqual([1, 3]);
  const kept = index.rewrite(rows.values());
  expect(index.read().lines).toBe(1);
  const row = kept.get(id);
  expect(row && index.reader().job(row)?.name).toBe("three");
  index.close();
});

test("many jobs are read in whatever pieces the file is read in", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace), id = newJob(workspace);
  const entries = Array.from({ length: 60 }, (_, i) => ({
    ...entryOf(workspace, id, { name: "n".repeat(i * 37) }),
    id: `20260101-000000-000-${String(i).padStart(6, "0")}`,
  }));
  const rows = index.append(entries);
  for (const pieceBytes of [1, 700, 5000, 1 << 20]) {
    const reader = index.reader(pieceBytes);
    expect(rows.map((row) => reader.job(row)?.name.length)).toEqual(entries.map((_, i) => i * 37));
    expect(rows.toReversed().every((row) => reader.holds(row))).toBe(true);
  }
  index.close();
});

test("what does not fit its place is not indexed", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace), id = newJob(workspace);
  const entry = entryOf(workspace, id);
  expect(index.append([{ ...entry, parent: "somebody" }])).toEqual([]);
  expect(index.append([{ ...entry, stamp: { size: 1e13, mtimeMs: 1 } }])).toEqual([]);
  expect(index.append([{ ...entry, stamp: { size: 1, mtimeMs: 0.5 } }])).toEqual([]);
  index.close();
});

test("lines of another version and lines that are none are passed over", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace), id = newJob(workspace);
  fs.writeFileSync(workspace.index, '[2,          99,"c"]\n{}\n\n[4,\nnoise');
  fs.appendFileSync(workspace.index, "\n");
  index.append([entryOf(workspace, id)]);
  expect([...index.read().rows.keys()]).toEqual([id]);
  index.close();
});

test("a row whose line is no longer what it was gives no job", () => {
  const workspace = newWorkspace(), index = new JobIndex(workspace), id = newJob(workspace);
  const [row] = index.append([entryOf(workspace, id)]);
  const bytes = fs.readFileSync(workspace.index);
  const name = bytes.indexOf('"name":"a"') + 8;
  bytes[name] = "b".charCodeAt(0);
  fs.writeFileSync(workspace.index, bytes);
  expect(index.reader().job(row)).toBeUndefined();
  expect(index.reader().holds(row)).toBe(false);
  fs.truncateSync(workspace.index, 10);
  expect(index.reader().job(row)).toBeUndefined();
  index.close();
});

test("an index that cannot be read or written costs no more than time", () => {
  const workspace = newWorkspace(), id = newJob(workspace);
  fs.mkdirSync(workspace.index);
  const index = new JobIndex(workspace);
  expect(index.read()).toEqual({ rows: new Map(), lines: 0 });
  expect(index.append([entryOf(workspace, id)])).toEqual([]);
  index.close();
});
