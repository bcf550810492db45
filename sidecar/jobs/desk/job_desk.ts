/**
 * The jobs of a workspace as one process handles them: finds them, takes their locks, records changes and tells them.
 * A job is written only by the holder of its lock; what is asked about a job that another process runs is sent there.
 */
import { fromWireError, toWireError } from "../../../src/shared/errors.ts";
import type { JobHappening, StateChange } from "../../../src/shared/job/events.ts";
import { moved } from "../../../src/shared/job/happenings.ts";
import { isActive, type Job } from "../../../src/shared/job/job.ts";
import { transition } from "../../../src/shared/job/transition.ts";
import { sentence } from "../../../src/shared/shown.ts";
import { notFound, removeLeftovers } from "../folder/job_folder.ts";
import { runnerOf } from "../folder/job_lock.ts";
import { OwnedJob } from "../folder/owned_job.ts";
import { type OwnerRequest, sendRequest } from "../folder/requests.ts";
import { isJobId, jobFolder, type Workspace } from "../folder/workspace.ts";
import { type ChangedIds, ChangeFeed } from "../known/changes.ts";
import { JobStore } from "../known/job_store.ts";
import { NewsStream } from "../known/news_stream.ts";
import { type ManagerRole, Presence } from "../known/presence.ts";
import { endOrphan } from "../run/orphan.ts";
import type { RunningJob } from "../run/running_job.ts";
import { jobOwned } from "./job_errors.ts";
import { Waits } from "./waits.ts";

const TRY_AGAIN_MS = 50;

/** A change of one job, by each of the ways in which it may have to be made. */
export interface Change {
  readonly id: string;
  /** Checked first, so that what cannot be is refused at once; the job may start meanwhile. */
  readonly to?: StateChange["to"];
  /** Its runner lives here. */
  readonly whileRunning?: (run: RunningJob) => void;
  /** Nobody has it: under its lock. */
  readonly atRest?: (owned: OwnedJob) => void;
  /** Another process runs it: sent there. Without it such a job is refused. */
  readonly request?: OwnerRequest;
}

/** Whom the desk tells of what it hears and sees. */
export interface DeskListener {
  /** All jobs of the workspace became known. */
  looked(): void;
  /** Folders changed, maybe by others. */
  changed(ids: ChangedIds): void;
}

export class JobDesk {
  readonly news = new NewsStream();
  readonly waits = new Waits();
  readonly store: JobStore;
  readonly presence: Presence;
  readonly #changes: ChangeFeed;
  /** Jobs whose runner lives here. */
  readonly #running = new Map<string, RunningJob>();
  #listener: DeskListener | undefined;
  #looked = false;
  #retired = false;

  constructor(readonly workspace: Workspace, readonly role: ManagerRole) {
    this.presence = new Presence(workspace, role);
    this.store = new JobStore(workspace);
    this.#changes = new ChangeFeed(workspace);
  }

  /** Begins to listen to other processes. */
  open(listener: DeskListener): void {
    this.#listener = listener;
    this.#changes.watch((ids) => this.#retired || listener.changed(ids));
    this.presence.cleanUp();
  }

  get id(): string {
    return this.presence.id;
  }

  folder(id: string): string {
    return jobFolder(this.workspace, id);
  }

  // Finding

  /**
   * Looks at the whole workspace, once, when somebody first asks about more than the jobs of this process: a process
   * that only runs its own job never pays for thousands of others.
   */
  look(): void {
    if (this.#looked || this.#retired) return;
    this.#looked = true;
    if (this.store.load((id) => this.lookAgain(id))) this.#clean();
    this.#listener?.looked();
  }

  /** What cannot be cleaned now costs room only. */
  #clean(): void {
    try {
      removeLeftovers(this.workspace);
    } catch (error) {
      console.error(
        sentence(`warning: what a crash left in the workspace stays: ${toWireError(error).message}`),
      );
    }
  }

  /** Of jobs that changed, those that this process keeps track of. */
  followed(ids: ChangedIds): Iterable<string> {
    if (this.#looked) return ids === "all" ? this.store.rescan() : ids;
    return ids === "all" ? this.store.ids() : [...ids].filter((id) => this.store.has(id));
  }

  /** @throws job-not-found, job-damaged, job-newer */
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

  /** Looks whether the job's folder changed, and tells. */
  lookAgain(id: string): void {
    if (this.store.isFresh(id)) return;
    const known = this.store.has(id), before = this.store.progressOf(id);
    const job = this.store.refresh(id);
    if (job === undefined) {
      if (known) this.news.publish({ news: "removed", job: id });
      return;
    }
    this.news.publish({ news: "job", job });
    // What its journal tells of progress is news as well, else it would be taken for told.
    if (isActive(job.state) && job.progress !== null && job.progress.fraction !== before?.fraction) {
      this.news.progress(id, job.progress);
    }
  }

  /** Looks at a job that this process changed and tells the others. */
  changed(id: string): void {
    if (this.#retired) return;
    if (!this.#running.has(id)) this.lookAgain(id);
    this.#changes.tell(id);
  }

  // Running

  running(id: string): RunningJob | undefined {
    return this.#running.get(id);
  }

  runs(): RunningJob[] {
    return [...this.#running.values()];
  }

  /** A runner lives here from now on. */
  begin(id: string, run: RunningJob): void {
    this.#running.set(id, run);
    this.#changes.poll(true);
  }

  /** Its runner is gone; the job as its folder has it. */
  end(id: string): Job | undefined {
    this.#running.delete(id);
    if (this.#running.size === 0) this.#changes.poll(false);
    return this.#retired ? undefined : this.store.refresh(id);
  }

  // Changing

  /** Changes a job: through its run when it runs here, under its lock when nobody has it, by a request otherwise. */
  async change({ id, to, whileRunning, atRest, request }: Change): Promise<void> {
    const run = whileRunning && this.#running.get(id);
    if (run !== undefined) return whileRunning?.(run);
    const owned = await this.own(id);
    if (owned === undefined) return this.#changeElsewhere({ id, to, whileRunning, request });
    try {
      if (atRest !== undefined) atRest(owned);
      else if (to !== undefined) transition(owned.job, to);
    } finally {
      owned.release();
      this.changed(id);
    }
  }

  #changeElsewhere({ id, to, whileRunning, request }: Change): void {
    const started = whileRunning && this.#running.get(id);
    if (started !== undefined) return whileRunning?.(started);
    const job = this.#refreshed(id);
    if (to !== undefined) transition(job, to === "cancelled" ? "cancelling" : to);
    if (request === undefined) throw jobOwned(id);
    sendRequest(this.folder(id), { ...request, round: job.round });
    this.#changes.tell(id);
  }

  annotate(id: string, happening: JobHappening, request: OwnerRequest): Promise<void> {
    const atRest = (owned: OwnedJob) => owned.record([happening]);
    return this.change({ id, whileRunning: (run) => atRest(run.context.owned), atRest, request });
  }

  /**
   * Takes the lock of a job for a moment, first recording the death of its manager if it died; undefined when a living
   * process keeps it.
   */
  async own(id: string): Promise<OwnedJob | undefined> {
    // Ids come from outside: what is no job's never becomes a path.
    this.known(id);
    for (let tries = 0; tries < 6; tries++) {
      const owned = this.#running.has(id) ? undefined : this.tryOwn(id);
      if (owned !== undefined) {
        await this.recover(owned);
        return owned;
      }
      if (isActive(this.#refreshed(id).state)) return undefined;
      await this.waits.later(TRY_AGAIN_MS);
    }
    return undefined;
  }

  tryOwn(id: string): OwnedJob | undefined {
    return OwnedJob.tryOwn(this.folder(id), (owned, happenings) => this.#hear(owned, happenings));
  }

  /**
   * A job that should run but whose lock was free: its manager died. A cancel that was asked for is completed; what
   * knows of outputs is loaded only then.
   */
  async recover(owned: OwnedJob): Promise<void> {
    const { job, folder } = owned, died = moved({ to: "interrupted", why: "the program that ran it died" });
    if (!isActive(job.state)) return;
    if (job.state !== "cancelling") return owned.record([died]);
    const { settlePartialOutput } = await import("../folder/partial_output.ts");
    if (runnerOf(folder) !== undefined) endOrphan(folder);
    const partialOutput = settlePartialOutput(folder, job, job.partialOutput === "kept");
    owned.record([died, moved({ to: "cancelled", level: 5, partialOutput })]);
  }

  #refreshed(id: string): Job {
    this.known(id);
    return this.#running.get(id)?.job ?? this.store.refresh(id) ?? this.known(id);
  }

  /** What an owner here records or shows, on its way to everybody who listens. */
  #hear(owned: OwnedJob, happenings: readonly JobHappening[]): void {
    const { id, job } = owned;
    this.store.put(job, owned.journal.size);
    if (happenings.some((happening) => happening.event === "state")) this.news.endProgress(id);
    for (const happening of happenings) {
      if (happening.event === "progress") this.news.progress(id, happening.progress);
      if (happening.event !== "log") continue;
      this.news.publish({ news: "log", job: id, level: happening.level, text: happening.text });
    }
    if (happenings.every(isFrequent)) return;
    this.news.publish({ news: "job", job });
    this.#changes.tell(id);
  }

  // Ending

  /** From now on nothing is looked for or told any more, and all waits are over; what runs goes on until it is ended. */
  retire(): void {
    this.#retired = true;
    this.waits.endAll();
  }

  close(): void {
    this.#changes.close();
    this.store.close();
    this.presence.close();
  }
}

/** Happenings that are not worth telling the whole job again. */
function isFrequent(happening: JobHappening): boolean {
  return happening.event === "progress" || happening.event === "log";
}
