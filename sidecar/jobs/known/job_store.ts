/**
 * All jobs of the workspace as this process knows them; folders stay the truth and are read again when they change.
 * Jobs that ended stay in the index, of which only a few numbers are kept here: they are decoded when asked for.
 */
import { isAtRest, isEnded, type Job } from "../../../src/shared/job/job.ts";
import { toWireError } from "../../../src/shared/errors.ts";
import { type FolderProblem, listJobFolders, readJob } from "../folder/job_folder.ts";
import { eventsStamp, type IndexRow, type JobFacts, JobIndex } from "./job_index.ts";
import { jobFolder, type Workspace } from "../folder/workspace.ts";

const FLUSH_MS = 2000;
/** While a lost index is built again, so many decoded jobs are in memory at once. */
const FLUSH_FROM = 500;
/** Thousands of jobs are verified in slices that leave room for requests. */
const VERIFY_AT_ONCE = 200;
const VERIFY_EVERY_MS = 10;

export class JobStore {
  readonly #index: JobIndex;
  /** Jobs that go on, and ended ones that are not in the index yet. */
  readonly #known = new Map<string, Job>();
  readonly #sizes = new Map<string, number>();
  /** Ended jobs as the index has them. */
  #rows = new Map<string, IndexRow>();
  /** Rows whose folder was not looked at yet. */
  readonly #unverified = new Set<string>();
  readonly #children = new Map<string, Set<string>>();
  readonly #problems = new Map<string, FolderProblem>();
  readonly #unindexed = new Set<string>();
  #onStale: (id: string) => void = (id) => this.refresh(id);
  #verifyTimer: ReturnType<typeof setTimeout> | undefined;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly workspace: Workspace) {
    this.#index = new JobIndex(workspace);
  }

  /**
   * Takes stock of all folders, most of them through the index. Rows of ended jobs are taken at once and verified
   * before the job is shown or a little later; `onStale` hears of those that changed and is to refresh them. Returns
   * whether folders lie about that a crash left.
   */
  load(onStale: (id: string) => void = (id) => this.refresh(id)): boolean {
    this.#onStale = onStale;
    const { ids, problems, leftovers } = listJobFolders(this.workspace);
    const { rows, lines } = this.#index.read();
    for (const problem of problems) this.#problems.set(problem.folder, problem);
    for (const id of ids) {
      if (!this.#known.has(id)) this.#take(id, rows.get(id));
    }
    if (lines > 2 * ids.length + 100) this.#rewriteIndex(rows);
    this.#verifyLater();
    return leftovers;
  }

  /** Looks for folders that came or went without being told. */
  rescan(): string[] {
    const { ids, problems } = listJobFolders(this.workspace);
    for (const problem of problems) this.#problems.set(problem.folder, problem);
    const there = new Set(ids);
    const gone = this.ids().filter((id) => !there.has(id));
    return [...ids, ...gone];
  }

  /** The job as its folder says now; undefined when it is gone or cannot be read (then it is a problem). */
  refresh(id: string): Job | undefined {
    if (this.isFresh(id)) return this.get(id);
    const size = eventsStamp(this.workspace, id)?.size;
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

  /** The job is known as its folder has it. */
  isFresh(id: string): boolean {
    const stamp = eventsStamp(this.workspace, id), row = this.#rows.get(id);
    if (row === undefined) return this.#known.has(id) && stamp?.size === this.#sizes.get(id);
    const fresh = stamp?.size === row.size && stamp.mtimeMs === row.mtimeMs;
    if (fresh) this.#unverified.delete(id);
    return fresh;
  }

  has(id: string): boolean {
    return this.#known.has(id) || this.#rows.has(id);
  }

  get(id: string): Job | undefined {
    this.#verify(id);
    const row = this.#rows.get(id);
    if (row === undefined) return this.#known.get(id);
    return this.#index.reader(row.length).job(row) ?? this.#readAgain(id);
  }

  ids(): string[] {
    return [...this.#known.keys(), ...this.#rows.keys()];
  }

  /** Jobs that have not ended. */
  open(): Job[] {
    return [...this.#known.values()].filter((job) => !isEnded(job.state));
  }

  /** Of all jobs, what need not be decoded. */
  *facts(): Iterable<JobFacts> {
    yield* this.#known.values();
    yield* this.#rows.values();
  }

  /** All jobs, verified. */
  *values(): Iterable<Job> {
    for (const id of [...this.#unverified]) this.#verify(id);
    yield* this.#known.values();
    const reader = this.#index.reader();
    for (const row of [...this.#rows.values()]) {
      const job = reader.job(row) ?? this.#readAgain(row.id);
      if (job !== undefined) yield job;
    }
  }

  /** Ids of jobs whose JSON holds the text, whatever the case of its letters, among them all that say it in a field. */
  idsWithText(text: string, ids: Iterable<string>): string[] {
    const escaped = JSON.stringify(text.toLowerCase()).slice(1, -1);
    const reader = this.#index.reader();
    return [...ids].filter((id) => {
      const row = this.#rows.get(id);
      const json = row === undefined ? JSON.stringify(this.#known.get(id) ?? null) : reader.text(row);
      return json.toLowerCase().includes(escaped);
    });
  }

  problem(id: string): FolderProblem | undefined {
    return this.#problems.get(id);
  }

  problems(): FolderProblem[] {
    return [...this.#problems.values()];
  }

  childrenOf(id: string): string[] {
    return [...this.#children.get(id) ?? []].filter((child) => this.has(child));
  }

  /** `size`: of the events that this view of the job includes. */
  put(job: Job, size: number | undefined): void {
    const before = this.#rows.get(job.id)?.size ?? this.#sizes.get(job.id);
    this.#rows.delete(job.id);
    this.#unverified.delete(job.id);
    this.#problems.delete(job.id);
    this.#known.set(job.id, job);
    this.#setParent(job);
    if (size === undefined) return;
    this.#sizes.set(job.id, size);
    if (size === before) return;
    this.#unindexed.add(job.id);
    this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Progress is not in the size of the events. */
  setProgress(id: string, progress: Job["progress"]): void {
    const job = this.#known.get(id);
    if (job !== undefined) this.#known.set(id, { ...job, progress });
  }

  forget(id: string): void {
    this.#known.delete(id);
    this.#sizes.delete(id);
    this.#rows.delete(id);
    this.#unverified.delete(id);
    this.#unindexed.delete(id);
    this.#problems.delete(id);
  }

  close(): void {
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#verifyTimer);
    this.#flush();
    this.#index.close();
  }

  /** Takes a job found at the start: by its row when it ended, decoded when it goes on, from its folder otherwise. */
  #take(id: string, row: IndexRow | undefined): void {
    if (row !== undefined && isEnded(row.state)) {
      this.#rows.set(id, row);
      this.#unverified.add(id);
      return this.#setParent(row);
    }
    const job = row && isAtRest(row.state) ? this.#fromFreshRow(row) : undefined;
    if (job === undefined) this.refresh(id);
    else {
      this.#known.set(id, job);
      this.#sizes.set(id, row?.size ?? 0);
      this.#setParent(job);
    }
    if (this.#unindexed.size >= FLUSH_FROM) this.#flush();
  }

  #fromFreshRow(row: IndexRow): Job | undefined {
    const stamp = eventsStamp(this.workspace, row.id);
    if (stamp?.size !== row.size || stamp.mtimeMs !== row.mtimeMs) return undefined;
    return this.#index.reader(row.length).job(row);
  }

  #setParent({ id, parent }: JobFacts): void {
    if (parent === null) return;
    const children = this.#children.get(parent) ?? new Set();
    this.#children.set(parent, children.add(id));
  }

  /** The index was cut or spoilt behind our back. */
  #readAgain(id: string): Job | undefined {
    this.#rows.delete(id);
    return this.refresh(id);
  }

  #verify(id: string): void {
    if (this.#unverified.has(id) && !this.isFresh(id)) this.#onStale(id);
  }

  #verifyLater(): void {
    if (this.#unverified.size === 0) return;
    this.#verifyTimer = setTimeout(() => {
      for (const id of this.#unverified.values().take(VERIFY_AT_ONCE).toArray()) this.#verify(id);
      this.#verifyLater();
    }, VERIFY_EVERY_MS);
  }

  /** Jobs that run change on; they are written when they rest. Ended ones then need no more room here. */
  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const resting = [...this.#unindexed].flatMap((id) => this.#known.get(id) ?? []).filter((job) =>
      job.state !== "running"
    );
    for (const job of resting) this.#unindexed.delete(job.id);
    const entries = resting.flatMap((job) => {
      const stamp = eventsStamp(this.workspace, job.id);
      return stamp !== undefined && stamp.size === this.#sizes.get(job.id) ? { ...job, stamp } : [];
    });
    if (entries.length === 0) return;
    for (const row of this.#index.append(entries)) this.#keepAsRow(row);
  }

  #keepAsRow(row: IndexRow): void {
    if (!isEnded(row.state)) return;
    this.#rows.set(row.id, row);
    this.#known.delete(row.id);
    this.#sizes.delete(row.id);
  }

  #rewriteIndex(read: ReadonlyMap<string, IndexRow>): void {
    this.#flush();
    const kept = this.ids().flatMap((id) => this.#rows.get(id) ?? read.get(id) ?? []);
    const rows = this.#index.rewrite(kept);
    for (const [id, row] of this.#rows) {
      const moved = rows.get(id);
      if (moved?.size === row.size && moved.mtimeMs === row.mtimeMs) this.#rows.set(id, moved);
    }
  }
}
