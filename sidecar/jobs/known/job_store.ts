/**
 * All jobs of the workspace as this process knows them; folders stay the truth and are read again when they change.
 *
 * A job is one entry: `open` (decoded: it goes on, or is not in the index yet), a `row` of the index (it ended, and is
 * decoded when somebody asks), or a `problem` (its folder cannot be read). Only `#set` and `#drop` change entries, and
 * keep the lists of those that are decoded, unverified or unindexed in step with them.
 *
 *     (found) -> row     by a row of the index of a job that ended; unverified until its folder was looked at
 *     (found) -> open    by its folder, or by a fresh row of a job that goes on
 *     row     -> open    its folder changed, or the index was spoilt
 *     open    -> row     it ended and is in the index
 *     any     -> problem its folder cannot be read;  problem -> open  it can again
 */
import { toWireError } from "../../../src/shared/errors.ts";
import { isAtRest, isEnded, type Job } from "../../../src/shared/job/job.ts";
import { type FolderProblem, listJobFolders, readJob } from "../folder/job_folder.ts";
import { jobFolder, type Workspace } from "../folder/workspace.ts";
import { eventsStamp, type IndexRow, type JobFacts, JobIndex } from "./job_index.ts";

const FLUSH_MS = 2000;
/** While a lost index is built again, so many decoded jobs are in memory at once. */
const FLUSH_FROM = 500;
/** Thousands of jobs are verified in slices that leave room for requests. */
const VERIFY_AT_ONCE = 200;
const VERIFY_EVERY_MS = 10;

type Entry =
  /** `size`: of the events that this view of the job includes; undefined when that is not known. */
  | { readonly kind: "open"; readonly job: Job; readonly size: number | undefined; readonly indexed: boolean }
  | { readonly kind: "row"; readonly row: IndexRow; readonly verified: boolean }
  | { readonly kind: "problem"; readonly problem: FolderProblem };

export class JobStore {
  readonly #index: JobIndex;
  readonly #entries = new Map<string, Entry>();
  readonly #decoded = new Set<string>();
  readonly #unverified = new Set<string>();
  readonly #unindexed = new Set<string>();
  readonly #children = new Map<string, Set<string>>();
  #onStale: (id: string) => void = (id) => this.refresh(id);
  #verifyTimer: ReturnType<typeof setTimeout> | undefined;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly workspace: Workspace) {
    this.#index = new JobIndex(workspace);
  }

  // Finding

  /**
   * Takes stock of all folders, most of them through the index. Rows of ended jobs are taken at once and verified
   * before the job is shown or a little later; `onStale` hears of those that changed and is to refresh them. Returns
   * whether folders lie about that a crash left.
   */
  load(onStale: (id: string) => void = (id) => this.refresh(id)): boolean {
    this.#onStale = onStale;
    const { ids, problems, leftovers } = listJobFolders(this.workspace);
    const { rows, lines } = this.#index.read();
    for (const problem of problems) this.#set(problem.folder, { kind: "problem", problem });
    for (const id of ids) if (!this.has(id)) this.#take(id, rows.get(id));
    if (lines > 2 * ids.length + 100) this.#rewriteIndex(rows);
    this.#verifyLater();
    return leftovers;
  }

  /** Looks for folders that came or went without being told; the ids of all that are or were there. */
  rescan(): string[] {
    const { ids, problems } = listJobFolders(this.workspace);
    const there = new Set([...ids, ...problems.map((problem) => problem.folder)]);
    const gone = [...this.#entries.keys()].filter((id) => !there.has(id));
    for (const problem of problems) this.#set(problem.folder, { kind: "problem", problem });
    for (const id of gone) if (this.#entries.get(id)?.kind === "problem") this.#drop(id);
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
    } catch (cause) {
      const error = toWireError(cause);
      if (error.tag === "job-not-found") this.#drop(id);
      else this.#set(id, { kind: "problem", problem: { folder: id, error } });
      return undefined;
    }
  }

  /** The job is known as its folder has it. */
  isFresh(id: string): boolean {
    const stamp = eventsStamp(this.workspace, id), entry = this.#entries.get(id);
    if (entry?.kind === "open") return entry.size !== undefined && stamp?.size === entry.size;
    if (entry?.kind !== "row") return false;
    const fresh = stamp?.size === entry.row.size && stamp.mtimeMs === entry.row.mtimeMs;
    if (fresh && !entry.verified) this.#set(id, { ...entry, verified: true });
    return fresh;
  }

  // Looking

  has(id: string): boolean {
    const kind = this.#entries.get(id)?.kind;
    return kind === "open" || kind === "row";
  }

  get(id: string): Job | undefined {
    this.#verify(id);
    const entry = this.#entries.get(id);
    if (entry?.kind === "open") return entry.job;
    if (entry?.kind !== "row") return undefined;
    return this.#index.reader(entry.row.length).job(entry.row) ?? this.#readAgain(id);
  }

  ids(): string[] {
    return [...this.#entries.keys()].filter((id) => this.has(id));
  }

  /** Jobs that have not ended. */
  open(): Job[] {
    return this.#allDecoded().filter((job) => !isEnded(job.state));
  }

  /** What changes when something happens to a job: the size of its journal, which only grows. */
  stamps(): [id: string, stamp: number][] {
    return [...this.#entries].flatMap(([id, entry]): [string, number][] => {
      if (entry.kind === "problem") return [];
      return [[id, entry.kind === "row" ? entry.row.size : entry.size ?? 0]];
    });
  }

  /** Of all jobs, what need not be decoded. */
  *facts(): Iterable<JobFacts> {
    for (const entry of this.#entries.values()) {
      if (entry.kind === "open") yield entry.job;
      if (entry.kind === "row") yield entry.row;
    }
  }

  /** All jobs, verified. */
  *values(): Iterable<Job> {
    for (const id of [...this.#unverified]) this.#verify(id);
    yield* this.#allDecoded();
    const reader = this.#index.reader();
    for (const [id, entry] of [...this.#entries]) {
      if (entry.kind !== "row") continue;
      const job = reader.job(entry.row) ?? this.#readAgain(id);
      if (job !== undefined) yield job;
    }
  }

  /** Ids of jobs whose JSON holds the text, whatever the case of its letters, among them all that say it in a field. */
  idsWithText(text: string, ids: Iterable<string>): string[] {
    const escaped = JSON.stringify(text.toLowerCase()).slice(1, -1);
    const reader = this.#index.reader();
    return [...ids].filter((id) => {
      const entry = this.#entries.get(id);
      const json = entry?.kind === "row"
        ? reader.text(entry.row)
        : JSON.stringify(entry?.kind === "open" && entry.job);
      return json.toLowerCase().includes(escaped);
    });
  }

  problem(id: string): FolderProblem | undefined {
    const entry = this.#entries.get(id);
    return entry?.kind === "problem" ? entry.problem : undefined;
  }

  problems(): FolderProblem[] {
    return [...this.#entries.values()].flatMap((entry) => entry.kind === "problem" ? entry.problem : []);
  }

  childrenOf(id: string): string[] {
    return [...this.#children.get(id) ?? []].filter((child) => this.has(child));
  }

  // Changing

  /** `size`: of the events that this view of the job includes; undefined when that is not known. */
  put(job: Job, size: number | undefined): void {
    const before = this.#entries.get(job.id);
    const known = before?.kind === "row"
      ? before.row.size
      : before?.kind === "open"
      ? before.size
      : undefined;
    const changed = size !== undefined && size !== known;
    const indexed = !changed && (before?.kind !== "open" || before.indexed);
    this.#set(job.id, { kind: "open", job, size: size ?? known, indexed });
    if (changed) this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Progress is not in the size of the events. */
  setProgress(id: string, progress: Job["progress"]): void {
    const entry = this.#entries.get(id);
    if (entry?.kind === "open") this.#set(id, { ...entry, job: { ...entry.job, progress } });
  }

  /** The progress of a job as it was last seen, whether or not its folder has changed; null for one that has ended. */
  progressOf(id: string): Job["progress"] {
    const entry = this.#entries.get(id);
    return entry?.kind === "open" ? entry.job.progress : null;
  }

  forget(id: string): void {
    this.#drop(id);
  }

  close(): void {
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#verifyTimer);
    this.#flush();
    this.#index.close();
  }

  #set(id: string, entry: Entry): void {
    this.#entries.set(id, entry);
    keep(this.#decoded, id, entry.kind === "open");
    keep(this.#unverified, id, entry.kind === "row" && !entry.verified);
    keep(this.#unindexed, id, entry.kind === "open" && !entry.indexed);
    if (entry.kind === "open") this.#setParent(entry.job);
    if (entry.kind === "row") this.#setParent(entry.row);
  }

  #drop(id: string): void {
    this.#entries.delete(id);
    for (const list of [this.#decoded, this.#unverified, this.#unindexed]) list.delete(id);
  }

  #setParent({ id, parent }: JobFacts): void {
    if (parent === null) return;
    const children = this.#children.get(parent) ?? new Set();
    this.#children.set(parent, children.add(id));
  }

  #allDecoded(): Job[] {
    return [...this.#decoded].flatMap((id) => {
      const entry = this.#entries.get(id);
      return entry?.kind === "open" ? entry.job : [];
    });
  }

  // The index

  /** Takes a job found at the start: by its row when it ended, decoded when it goes on, from its folder otherwise. */
  #take(id: string, row: IndexRow | undefined): void {
    if (row !== undefined && isEnded(row.state)) return this.#set(id, { kind: "row", row, verified: false });
    const job = row && isAtRest(row.state) ? this.#fromFreshRow(row) : undefined;
    if (job === undefined) this.refresh(id);
    else this.#set(id, { kind: "open", job, size: row?.size, indexed: true });
    if (this.#unindexed.size >= FLUSH_FROM) this.#flush();
  }

  #fromFreshRow(row: IndexRow): Job | undefined {
    const stamp = eventsStamp(this.workspace, row.id);
    if (stamp?.size !== row.size || stamp.mtimeMs !== row.mtimeMs) return undefined;
    return this.#index.reader(row.length).job(row);
  }

  /** The index was cut or spoilt behind our back. */
  #readAgain(id: string): Job | undefined {
    this.#drop(id);
    return this.refresh(id);
  }

  #verify(id: string): void {
    if (this.#unverified.has(id) && !this.isFresh(id)) this.#onStale(id);
  }

  #verifyLater(): void {
    if (this.#unverified.size === 0) return;
    this.#verifyTimer = setTimeout(() => {
      const reader = this.#index.reader();
      for (const id of this.#unverified.values().take(VERIFY_AT_ONCE).toArray()) {
        this.#verify(id);
        const entry = this.#entries.get(id);
        if (entry?.kind === "row" && !reader.holds(entry.row)) this.#readAgain(id);
      }
      this.#verifyLater();
    }, VERIFY_EVERY_MS);
  }

  /** Jobs that run change on; they are written when they rest. Ended ones then need no more room here. */
  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const entries = [...this.#unindexed].flatMap((id) => {
      const entry = this.#entries.get(id);
      if (entry?.kind !== "open" || entry.job.state === "running") return [];
      this.#set(id, { ...entry, indexed: true });
      const stamp = eventsStamp(this.workspace, id);
      return stamp !== undefined && stamp.size === entry.size ? { ...entry.job, stamp } : [];
    });
    if (entries.length === 0) return;
    for (const row of this.#index.append(entries)) {
      if (isEnded(row.state)) this.#set(row.id, { kind: "row", row, verified: true });
    }
  }

  #rewriteIndex(read: ReadonlyMap<string, IndexRow>): void {
    this.#flush();
    const kept = [...this.#entries].flatMap(([id, entry]) =>
      entry.kind === "row" ? entry.row : read.get(id) ?? []
    );
    const rows = this.#index.rewrite(kept);
    for (const [id, entry] of this.#entries) {
      const row = rows.get(id);
      if (entry.kind !== "row" || row === undefined) continue;
      if (row.size === entry.row.size && row.mtimeMs === entry.row.mtimeMs) this.#set(id, { ...entry, row });
    }
  }
}

function keep(list: Set<string>, id: string, isIn: boolean): void {
  if (isIn) list.add(id);
  else list.delete(id);
}
