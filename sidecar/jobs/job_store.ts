/** All jobs of the workspace as this process knows them; folders stay the truth and are read again when they change. */
import { isAtRest, type Job } from "../../src/shared/job/job.ts";
import { toWireError } from "../../src/shared/errors.ts";
import { type FolderProblem, listJobFolders, readJob } from "./job_folder.ts";
import {
  appendToIndex,
  eventsStamp,
  type IndexEntry,
  indexEntry,
  readIndex,
  replaceIndex,
} from "./job_index.ts";
import { jobFolder, type Workspace } from "./workspace.ts";

const FLUSH_MS = 2000;
/** A few jobs at once cost nothing; thousands are verified in slices that leave room for requests. */
const VERIFY_AT_ONCE = 200;
const VERIFY_EVERY_MS = 10;

export class JobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #sizes = new Map<string, number>();
  readonly #problems = new Map<string, FolderProblem>();
  readonly #unindexed = new Set<string>();
  #verifyTimer: ReturnType<typeof setTimeout> | undefined;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly workspace: Workspace) {}

  /**
   * Reads all folders, most of them through the index. Entries of jobs at rest are taken at once and verified
   * afterwards; `onStale` hears of those that had changed.
   */
  load(onStale: (id: string) => void = () => {}): void {
    const { ids, problems } = listJobFolders(this.workspace);
    const { entries, lines } = readIndex(this.workspace);
    for (const problem of problems) this.#problems.set(problem.folder, problem);
    const unverified: IndexEntry[] = [];
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry === undefined || !isAtRest(entry.job.state)) {
        this.refresh(id);
        continue;
      }
      this.#jobs.set(id, entry.job);
      this.#sizes.set(id, entry.size);
      unverified.push(entry);
    }
    this.#verify(unverified, onStale);
    if (lines > 2 * ids.length + 100) this.#rewriteIndex();
  }

  #verify(entries: readonly IndexEntry[], onStale: (id: string) => void): void {
    for (const { id, size, mtimeMs } of entries.slice(0, VERIFY_AT_ONCE)) {
      const stamp = eventsStamp(this.workspace, id);
      if (stamp?.size === size && stamp.mtimeMs === mtimeMs || this.#sizes.get(id) !== size) continue;
      this.#sizes.delete(id);
      onStale(id);
    }
    const rest = entries.slice(VERIFY_AT_ONCE);
    if (rest.length > 0) this.#verifyTimer = setTimeout(() => this.#verify(rest, onStale), VERIFY_EVERY_MS);
  }

  /** Looks for folders that came or went without being told. */
  rescan(): string[] {
    const { ids, problems } = listJobFolders(this.workspace);
    for (const problem of problems) this.#problems.set(problem.folder, problem);
    const there = new Set(ids);
    const gone = [...this.#jobs.keys()].filter((id) => !there.has(id));
    return [...ids, ...gone];
  }

  /** The job as its folder says now; undefined when it is gone or cannot be read (then it is a problem). */
  refresh(id: string): Job | undefined {
    const size = eventsStamp(this.workspace, id)?.size;
    const known = this.#jobs.get(id);
    if (known !== undefined && size === this.#sizes.get(id)) return known;
    try {
      const job = readJob(jobFolder(this.workspace, id));
      this.put(job, size);
      return job;
    } catch (error) {
      this.forget(id);
      const wire = toWireError(error);
      if (wire.tag !== "job-not-found") this.#problems.set(id, { folder: id, error: wire });
      return undefined;
    }
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  values(): IterableIterator<Job> {
    return this.#jobs.values();
  }

  problem(id: string): FolderProblem | undefined {
    return this.#problems.get(id);
  }

  problems(): FolderProblem[] {
    return [...this.#problems.values()];
  }

  childrenOf(id: string): string[] {
    return [...this.#jobs.values()].filter((job) => job.parent === id).map((job) => job.id);
  }

  /** `size`: of the events that this view of the job includes. */
  put(job: Job, size: number | undefined): void {
    this.#jobs.set(job.id, job);
    this.#problems.delete(job.id);
    if (size === undefined || size === this.#sizes.get(job.id)) return;
    this.#sizes.set(job.id, size);
    this.#unindexed.add(job.id);
    this.#scheduleFlush();
  }

  /** Progress is not in the size of the events. */
  setProgress(id: string, progress: Job["progress"]): void {
    const job = this.#jobs.get(id);
    if (job !== undefined) this.#jobs.set(id, { ...job, progress });
  }

  forget(id: string): void {
    this.#jobs.delete(id);
    this.#sizes.delete(id);
    this.#unindexed.delete(id);
    this.#problems.delete(id);
  }

  close(): void {
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#verifyTimer);
    this.#flush();
  }

  #scheduleFlush(): void {
    this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Jobs that run change on; they are written when they rest. */
  #flush(): void {
    this.#flushTimer = undefined;
    const resting = [...this.#unindexed].map((id) => this.#jobs.get(id)).filter((job) => job !== undefined)
      .filter((job) => job.state !== "running");
    for (const job of resting) this.#unindexed.delete(job.id);
    const entries = resting.map((job) => indexEntry(this.workspace, job)).filter((entry) =>
      entry !== undefined && entry.size === this.#sizes.get(entry.id)
    );
    if (entries.length > 0) appendToIndex(this.workspace, entries.filter((entry) => entry !== undefined));
  }

  #rewriteIndex(): void {
    const entries = [...this.#jobs.values()].map((job) => indexEntry(this.workspace, job));
    replaceIndex(this.workspace, entries.filter((entry) => entry !== undefined));
    this.#unindexed.clear();
  }
}
