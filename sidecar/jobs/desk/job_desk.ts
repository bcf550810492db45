/**
 * The jobs of a workspace as one process handles them: finds them, takes their locks, records changes and tells them.
 * A job is written only by the holder of its lock; what is asked about a job that another process runs is sent there.
 */
import { fromWireError } from "../../../src/shared/errors.ts";
import type { JobHappening, StateChange } from "../../../src/shared/job/events.ts";
import { isActive, type Job } from "../../../src/shared/job/job.ts";
import { transition } from "../../../src/shared/job/transition.ts";
import { ChangeFeed } from "../known/changes.ts";
import { jobOwned } from "./job_errors.ts";
import { notFound, removeLeftovers } from "../folder/job_folder.ts";
import { killOrphan, livingRunner } from "../folder/job_lock.ts";
import { JobStore } from "../known/job_store.ts";
import { NewsStream } from "../known/news_stream.ts";
import { OwnedJob } from "../folder/owned_job.ts";
import { settlePartialOutput } from "../folder/partial_output.ts";
import { type ManagerRole, Presence } from "../known/presence.ts";
import { type OwnerRequest, sendRequest } from "../folder/requests.ts";
import { state } from "../run/run_end.ts";
import type { RunningJob } from "../run/running_job.ts";
import { isJobId, jobFolder, type Workspace } from "../folder/workspace.ts";

const TRY_AGAIN_MS = 50;
/** Cleaning can wait until the start is over. */
const CLEAN_AFTER_MS = 5000;

export class JobDesk {
  readonly news = new NewsStream();
  readonly store: JobStore;
  readonly presence: Presence;
  readonly changes: ChangeFeed;
  /** Jobs whose runner lives here. */
  readonly running = new Map<string, RunningJob>();
  /** Set when the manager ends: nothing is started or told any more. */
  closing = false;
  #looked = false;
  readonly #waits = new Map<ReturnType<typeof setTimeout>, () => void>();

  /** `onChanges`: folders changed, maybe by others. `onLook`: all jobs of the workspace became known. */
  constructor(
    readonly workspace: Workspace,
    readonly role: ManagerRole,
    onChanges: (ids: ReadonlySet<string> | "all") => void,
    readonly onLook: () => void = () => {},
  ) {
    this.presence = new Presence(workspace, role);
    this.store = new JobStore(workspace);
    this.changes = new ChangeFeed(workspace, onChanges);
  }

  /**
   * Looks at the whole workspace, once, when somebody first asks about more than the jobs of this process: a process
   * that only runs its own job never pays for thousands of others.
   */
  look(): void {
    if (this.#looked || this.closing) return;
    this.#looked = true;
    const leftovers = this.store.load((id) => this.lookAgain(id));
    if (leftovers) {
      void this.later(CLEAN_AFTER_MS).then(() => this.closing || removeLeftovers(this.workspace));
    }
    this.onLook();
  }

  /** Of jobs that changed, those that this process keeps track of. */
  followed(ids: ReadonlySet<string> | "all"): Iterable<string> {
    if (this.#looked) return ids === "all" ? this.store.rescan() : ids;
    return ids === "all" ? this.store.ids() : [...ids].filter((id) => this.store.has(id));
  }

  known(id: string): Job {
    if (!this.store.has(id)) this.look();
    const job = this.store.get(id);
    if (job !== undefined) return job;
    if (!isJobId(id)) throw notFound(id);
    const found = this.store.refresh(id);
    if (found !== undefined) return found;
    const error = this.store.problem(id)?.error;
    throw error === undefined ? notFound(id) : fromWireError(error);
  }

  refreshed(id: string): Job {
    this.known(id);
    return this.running.get(id)?.job ?? this.store.refresh(id) ?? this.known(id);
  }

  /**
   * Changes a job: through its run when it runs here, under its lock when nobody has it, by a request when another
   * process runs it. `to` is checked first, so that what cannot be is refused at once; the job may start meanwhile.
   */
  async change(
    id: string,
    to: StateChange["to"] | undefined,
    here: ((run: RunningJob) => void) | undefined,
    free: ((owned: OwnedJob) => void) | undefined,
    ask: OwnerRequest | undefined,
  ): Promise<void> {
    const run = this.running.get(id);
    if (run !== undefined && here !== undefined) return here(run);
    const owned = await this.own(id);
    if (owned === undefined) {
      const started = this.running.get(id);
      if (started !== undefined && here !== undefined) return here(started);
      const job = this.refreshed(id);
      if (to !== undefined) transition(job, to === "cancelled" ? "cancelling" : to);
      if (ask === undefined) throw jobOwned(id);
      sendRequest(jobFolder(this.workspace, id), { ...ask, round: job.round });
      return this.changes.tell(id);
    }
    try {
      if (free !== undefined) free(owned);
      else if (to !== undefined) transition(owned.job, to);
    } finally {
      owned.release();
      this.changed(id);
    }
  }

  annotate(id: string, happening: JobHappening, ask: OwnerRequest): Promise<void> {
    const record = (owned: OwnedJob) => owned.record([happening]);
    return this.change(id, undefined, (run) => record(run.context.owned), record, ask);
  }

  /**
   * Takes the lock of a job for a moment, first recording the death of its manager if it died; undefined when a living
   * process keeps it.
   */
  async own(id: string): Promise<OwnedJob | undefined> {
    // Ids come from outside: what is no job's never becomes a path.
    this.known(id);
    for (let tries = 0; tries < 6; tries++) {
      const owned = this.running.has(id) ? undefined : this.tryOwn(id);
      if (owned !== undefined) {
        this.recover(owned);
        return owned;
      }
      if (isActive(this.refreshed(id).state)) return undefined;
      await this.later(TRY_AGAIN_MS);
    }
    return undefined;
  }

  tryOwn(id: string): OwnedJob | undefined {
    const onRecord = (owned: OwnedJob, happenings: readonly JobHappening[]) =>
      this.#onRecord(owned, happenings);
    return OwnedJob.tryOwn(jobFolder(this.workspace, id), onRecord);
  }

  /** A job that should run but whose lock was free: its manager died. A cancel that was asked for is completed. */
  recover(owned: OwnedJob): void {
    const { job, folder } = owned;
    if (!isActive(job.state)) return;
    const runner = livingRunner(folder);
    owned.record([state({ to: "interrupted", why: "the program that ran it died" })]);
    if (job.state !== "cancelling") return;
    if (runner !== undefined) killOrphan(runner);
    const partialOutput = settlePartialOutput(folder, job, job.partialOutput === "kept");
    owned.record([state({ to: "cancelled", level: 5, partialOutput })]);
  }

  #onRecord(owned: OwnedJob, happenings: readonly JobHappening[]): void {
    const { id, job } = owned;
    this.store.put(job, owned.journal.size);
    if (happenings.some((happening) => happening.event === "state")) this.news.endProgress(id);
    for (const happening of happenings) {
      if (happening.event !== "log") continue;
      this.news.publish({ news: "log", job: id, level: happening.level, text: happening.text });
    }
    if (happenings.every(isFrequent)) return;
    this.news.publish({ news: "job", job });
    this.changes.tell(id);
  }

  lookAgain(id: string): void {
    if (this.store.isFresh(id)) return;
    const known = this.store.has(id), job = this.store.refresh(id);
    if (job !== undefined) this.news.publish({ news: "job", job });
    else if (known) this.news.publish({ news: "removed", job: id });
  }

  /** Looks at a job that this process changed and tells the others. */
  changed(id: string): void {
    if (this.closing) return;
    if (!this.running.has(id)) this.lookAgain(id);
    this.changes.tell(id);
  }

  /** Waits; a shutdown ends all waits. */
  later(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#waits.delete(timer);
      resolve();
    }, ms);
    this.#waits.set(timer, resolve);
    return promise;
  }

  /** Ends all waits at once. */
  endWaits(): void {
    for (const [timer, resolve] of this.#waits) {
      clearTimeout(timer);
      resolve();
    }
    this.#waits.clear();
  }

  close(): void {
    this.changes.close();
    this.store.close();
    this.presence.close();
  }
}

/** Happenings that are not worth telling the whole job again. */
function isFrequent(happening: JobHappening): boolean {
  return happening.event === "progress" || happening.event === "log";
}
