/**
 * The JobManager: everything that may be asked about jobs, and the queue that starts them.
 *
 * Rules. A job is written only by the holder of its lock. A running job's lock is held by the manager that runs it;
 * the lock of any other job is taken for the moment of a change. What is asked about a job that another process runs
 * is sent to that process. The folders are the truth; what this object knows of them is refreshed when they change.
 *
 * Over 400 lines because it is the one list of verbs; what they need lies in the files beside it.
 */
import fs from "node:fs";
import path from "node:path";
import { fromWireError, SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { JobHappening, StateChange } from "../../src/shared/job/events.ts";
import {
  DEFAULT_MAX_ATTEMPTS,
  isActive,
  isAtRest,
  type Job,
  JOB_FORMAT,
  type JobRequest,
  type JobType,
  type Priority,
} from "../../src/shared/job/job.ts";
import type { Preflight } from "../../src/shared/job/preflight.ts";
import type { JobProgress } from "../../src/shared/job/progress.ts";
import { transition } from "../../src/shared/job/transition.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { ChangeFeed } from "./changes.ts";
import { cannotCreate, cannotQueue, isTooLate, jobOwned, refuseUnavailable } from "./job_errors.ts";
import { refusalBeforeStart } from "./late_preflight.ts";
import {
  createJobFolder,
  type FolderProblem,
  newJobId,
  notFound,
  readEvents,
  readJobRequest,
  removeJobFolder,
  removeLeftovers,
} from "./job_folder.ts";
import { isLocked, killOrphan, livingRunner } from "./job_lock.ts";
import { JobStore } from "./job_store.ts";
import { readLiveProgress } from "./live_progress.ts";
import { NewsStream } from "./news_stream.ts";
import { OwnedJob } from "./owned_job.ts";
import { settlePartialOutput } from "./partial_output.ts";
import { type ManagerRole, Presence } from "./presence.ts";
import { compareQueued, DEFAULT_LIMITS, nextToStart, orderBefore, type QueueLimits } from "./queue.ts";
import { type OwnerRequest, sendRequest } from "./requests.ts";
import { state } from "./run_end.ts";
import type { RunnerLauncher } from "./runner_process.ts";
import { DEFAULT_TIMES, RunningJob, type RunTimes } from "./running_job.ts";
import { isJobId, jobFolder, type Workspace } from "./workspace.ts";

export interface ManagerOptions {
  readonly workspace: Workspace;
  readonly role: ManagerRole;
  readonly launcher: RunnerLauncher;
  readonly preflight: Preflight;
  /** The version of the program. */
  readonly program: string;
  readonly limits?: QueueLimits;
  readonly times?: Partial<RunTimes>;
  /** Free bytes of the volume that holds a path; replaceable to test full disks. */
  readonly freeBytes?: (path: string) => number;
}

/** What one asks for when submitting; everything but type and work has a default. */
export interface Submission {
  readonly type: JobType;
  readonly name: string;
  readonly work: Work;
  readonly priority?: Priority;
  readonly tags?: readonly string[];
  readonly parent?: string | null;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number | null;
}

const WATCH_OTHERS_MS = 250;
const SPACE_EVERY_MS = 2000;
const TRY_AGAIN_MS = 50;
const TRY_AGAIN_LATER_MS = 1000;
/** Free space that a job paused by a full disk waits for, when it did not say how much it needs. */
const SPACE_NEEDED = 64 << 20;

export class JobManager {
  readonly news = new NewsStream();
  readonly workspace: Workspace;
  readonly #options: ManagerOptions;
  readonly #times: RunTimes;
  readonly #presence: Presence;
  readonly #store: JobStore;
  readonly #changes: ChangeFeed;
  readonly #running = new Map<string, RunningJob>();
  /** Jobs on their way from the queue to a runner. */
  readonly #starting = new Set<string>();
  /** Repeats that wait: job to the moment (performance.now) at which it may start. */
  readonly #notBefore = new Map<string, number>();
  readonly #waits = new Map<ReturnType<typeof setTimeout>, () => void>();
  readonly #holds = new Set<string>();
  #limits: QueueLimits;
  #othersTimer: ReturnType<typeof setInterval> | undefined;
  #spaceTimer: ReturnType<typeof setInterval> | undefined;
  #lastOrder = 0;
  #closing = false;
  #closed: Promise<void> | undefined;

  private constructor(options: ManagerOptions) {
    this.#options = options;
    this.workspace = options.workspace;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
    this.#presence = new Presence(options.workspace, options.role);
    this.#store = new JobStore(options.workspace);
    this.#changes = new ChangeFeed(options.workspace, (ids) => this.#onChanges(ids));
  }

  /** Opens the workspace: finds jobs whose process died, takes over what waits, starts what can start. */
  static open(options: ManagerOptions): JobManager {
    const manager = new JobManager(options);
    manager.#changes.watch();
    manager.#store.load((id) => manager.#lookAgain(id));
    manager.#presence.cleanUp();
    removeLeftovers(options.workspace);
    for (const job of [...manager.#store.values()]) manager.#takeCare(job);
    manager.#watchOthers();
    manager.#watchSpace();
    manager.#schedule();
    return manager;
  }

  get id(): string {
    return this.#presence.id;
  }

  // Looking

  /** All jobs, oldest first. */
  list(): Job[] {
    const children = Map.groupBy([...this.#store.values()].filter((job) => job.parent), (job) => job.parent);
    return [...this.#store.values()].map((job) => {
      const ids = children.get(job.id);
      return ids === undefined ? job : { ...job, children: ids.map((child) => child.id) };
    }).sort((a, b) => a.id < b.id ? -1 : 1);
  }

  /** Jobs that wait, in the order in which they will start. */
  queue(): Job[] {
    return [...this.#store.values()].filter((job) => job.state === "queued").sort(compareQueued);
  }

  /** Folders that are no readable jobs, with the reason. */
  problems(): FolderProblem[] {
    return this.#store.problems();
  }

  /** @throws job-not-found, job-damaged, job-newer */
  get(id: string): Job {
    const job = this.#known(id);
    return { ...job, children: this.#store.childrenOf(id) };
  }

  /** What the job was asked to do. */
  request(id: string): JobRequest {
    this.#known(id);
    return readJobRequest(jobFolder(this.workspace, id));
  }

  /** Everything that happened to the job. */
  history(id: string): ReturnType<typeof readEvents> {
    this.#known(id);
    return readEvents(jobFolder(this.workspace, id));
  }

  /** Running jobs of this manager with the process ids of their runners. */
  runners(): { job: Job; pid: number }[] {
    return [...this.#running.values()].flatMap((run) =>
      run.pid === undefined ? [] : [{ job: run.job, pid: run.pid }]
    );
  }

  /** Resolves with the job when nothing more happens to it by itself. */
  async whenAtRest(id: string): Promise<Job> {
    const first = this.get(id);
    if (isAtRest(first.state) && !this.#running.has(id)) return first;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = this.news.subscribe((news) => {
      if (news.news === "job" && news.job.id === id && isAtRest(news.job.state)) resolve();
      if (news.news === "removed" && news.job === id) reject(notFound(id));
    });
    try {
      await promise;
    } finally {
      stop();
    }
    await this.#running.get(id)?.done;
    return await this.whenAtRest(id);
  }

  // Submitting

  /**
   * Checks what is asked and queues it as a new job, whose folder is on disk when this returns.
   * @throws what preflight refuses; disk-full; usage for types that this version does not have
   */
  async submit(submission: Submission): Promise<Job> {
    refuseUnavailable(submission.type);
    const { estimate, warnings } = await this.#options.preflight(submission.work);
    const now = Date.now();
    const request: JobRequest = {
      seisproc: JOB_FORMAT,
      id: newJobId(now),
      type: submission.type,
      name: submission.name,
      priority: submission.priority ?? "normal",
      tags: submission.tags ?? [],
      parent: submission.parent ?? null,
      maxAttempts: submission.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      timeoutSeconds: submission.timeoutSeconds ?? null,
      program: this.#options.program,
      createdAt: now,
      estimate,
      work: submission.work,
    };
    this.#create(request, warnings);
    this.#schedule();
    return this.get(request.id);
  }

  #create(request: JobRequest, warnings: readonly string[]): void {
    const { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program } = request;
    const asked = { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program };
    const happenings: JobHappening[] = [
      { event: "created", format: JOB_FORMAT, ...asked },
      ...warnings.map((text): JobHappening => ({ event: "log", level: "warning", text })),
      state({ to: "queued", manager: this.id, order: this.#nextOrder(), why: "submitted" }),
    ];
    try {
      createJobFolder(
        this.workspace,
        request,
        happenings.map((item) => ({ ...item, at: request.createdAt })),
      );
    } catch (error) {
      throw cannotCreate(this.workspace.jobs, error);
    }
    this.#changed(request.id);
  }

  // Verbs about one job

  /** Asks a running job to finish its blocks in hand and pause. */
  pause(id: string): Promise<void> {
    const ask = { ask: "pause" } as const;
    return this.#change(id, "pausing", (run) => run.pause("by the user"), undefined, ask);
  }

  /** Finishes the gathers in hand and stops; the job is paused and can be resumed. */
  finishAndStop(id: string): Promise<void> {
    const why = "finished the gathers in hand";
    return this.#change(id, "pausing", (run) => run.pause(why), undefined, { ask: "finish" });
  }

  /** Cancels a job wherever it is; partial output is removed unless it is to be kept as `.part`. */
  cancel(id: string, options: { keepPartial?: boolean } = {}): Promise<void> {
    const keepPartial = options.keepPartial ?? false;
    return this.#change(id, "cancelled", (run) => run.cancel(keepPartial), (owned) => {
      transition(owned.job, "cancelled");
      const partialOutput = settlePartialOutput(owned.folder, owned.job, keepPartial);
      owned.record([state({ to: "cancelled", level: 1, partialOutput })]);
    }, { ask: "cancel", keepPartial });
  }

  /** Queues a paused or interrupted job again: in the desktop if one lives, else here. */
  resume(id: string): Promise<void> {
    return this.#queueAgain(id, "resumed", ["paused", "interrupted"]);
  }

  /** Queues a job that failed, was cancelled or timed out as a new attempt, which keeps finished blocks if it can. */
  retry(id: string): Promise<void> {
    return this.#queueAgain(id, "retried", ["failed", "cancelled", "timed_out"]);
  }

  /** Removes a job that is at rest, with its partial output. Results stay. */
  async remove(id: string): Promise<void> {
    if (this.#store.problem(id) !== undefined) return this.#removeProblem(id);
    const owned = await this.#own(id);
    if (owned === undefined || !isAtRest(owned.job.state)) {
      owned?.release();
      throw new SeisProcError(
        "job-transition",
        `Cannot remove job ${id}: expected a job at rest, found it ${this.#known(id).state}: cancel it first`,
        { job: id, from: this.#known(id).state, to: "removed" },
      );
    }
    try {
      settlePartialOutput(owned.folder, owned.job, false);
      if (process.platform !== "win32") removeJobFolder(this.workspace, id);
    } finally {
      owned.release();
    }
    if (process.platform === "win32") removeJobFolder(this.workspace, id);
    this.#changed(id);
  }

  rename(id: string, name: string): Promise<void> {
    return this.#annotate(id, { event: "renamed", name }, { ask: "rename", name });
  }

  setPriority(id: string, priority: Priority): Promise<void> {
    return this.#annotate(id, { event: "priority", priority }, { ask: "priority", priority });
  }

  tag(id: string, tags: readonly string[]): Promise<void> {
    return this.#annotate(id, { event: "tags", tags }, { ask: "tag", tags });
  }

  /** Puts a queued job directly before another, whose priority it takes, or at the end of its own priority. */
  async reorder(id: string, before: string | null): Promise<void> {
    const job = this.#known(id);
    const priority = before === null ? job.priority : this.#known(before).priority;
    const order = orderBefore(this.queue().filter((other) => other.priority === priority), id, before);
    await this.#change(id, undefined, undefined, (owned) => {
      if (owned.job.state !== "queued") transition(owned.job, "running");
      const moved: JobHappening[] = [{ event: "order", order }];
      if (priority !== owned.job.priority) moved.unshift({ event: "priority", priority });
      owned.record(moved);
    }, undefined);
  }

  // Verbs about all jobs

  /** Pauses what runs and starts nothing until `resumeAll`. */
  async pauseAll(): Promise<void> {
    this.holdQueue("all paused");
    await this.#each((job) => job.state === "running", (job) => this.pause(job.id));
  }

  async resumeAll(): Promise<void> {
    this.releaseQueue("all paused");
    const paused = (job: Job) => job.state === "paused" || job.state === "interrupted";
    await this.#each(paused, (job) => this.resume(job.id));
  }

  /** Cancels everything that waits, runs or is paused. Whoever calls this has asked the user. */
  async cancelAll(options: { keepPartial?: boolean } = {}): Promise<void> {
    const open = (job: Job) => !isAtRest(job.state) || job.state === "paused" || job.state === "interrupted";
    await this.#each((job) => open(job) && job.state !== "cancelling", (job) => this.cancel(job.id, options));
  }

  /** Starts no job while there is a reason; each reason is released by itself. */
  holdQueue(reason: string): void {
    this.#holds.add(reason);
    this.#tellHolds();
  }

  releaseQueue(reason: string): void {
    if (!this.#holds.delete(reason)) return;
    this.#tellHolds();
    this.#schedule();
  }

  setLimits(limits: QueueLimits): void {
    this.#limits = limits;
    this.#schedule();
  }

  /**
   * Ends this manager: running jobs finish their blocks in hand and are recorded as interrupted by `why`; queued ones
   * stay queued for the next desktop. Asking again waits for the same end.
   */
  shutdown(why = "shutdown"): Promise<void> {
    this.#closed ??= this.#shutDown(why);
    return this.#closed;
  }

  async #shutDown(why: string): Promise<void> {
    this.#closing = true;
    for (const [timer, resolve] of this.#waits) {
      clearTimeout(timer);
      resolve();
    }
    this.#waits.clear();
    for (const run of this.#running.values()) run.interrupt(why);
    while (this.#starting.size > 0) await this.#later(TRY_AGAIN_MS);
    for (const run of this.#running.values()) run.interrupt(why);
    await Promise.all([...this.#running.values()].map((run) => run.done));
    clearInterval(this.#othersTimer);
    clearInterval(this.#spaceTimer);
    this.#changes.close();
    this.#store.close();
    this.#presence.close();
  }

  // Changing a job, whoever has it

  /**
   * Changes a job: through its run when it runs here, under its lock when nobody has it, by a request when another
   * process runs it. `to` is checked first, so that what cannot be is refused at once; the job may start meanwhile.
   */
  async #change(
    id: string,
    to: StateChange["to"] | undefined,
    here: ((run: RunningJob) => void) | undefined,
    free: ((owned: OwnedJob) => void) | undefined,
    ask: OwnerRequest | undefined,
  ): Promise<void> {
    const run = this.#running.get(id);
    if (run !== undefined && here !== undefined) return here(run);
    const owned = await this.#own(id);
    if (owned === undefined) {
      const started = this.#running.get(id);
      if (started !== undefined && here !== undefined) return here(started);
      const job = this.#refreshed(id);
      if (to !== undefined) transition(job, to === "cancelled" ? "cancelling" : to);
      if (ask === undefined) throw jobOwned(id);
      sendRequest(jobFolder(this.workspace, id), { ...ask, round: job.round });
      return this.#changes.tell(id);
    }
    try {
      if (free !== undefined) free(owned);
      else if (to !== undefined) transition(owned.job, to);
    } finally {
      owned.release();
      this.#changed(id);
    }
  }

  #annotate(id: string, happening: JobHappening, ask: OwnerRequest): Promise<void> {
    const record = (owned: OwnedJob) => owned.record([happening]);
    return this.#change(id, undefined, (run) => record(run.context.owned), record, ask);
  }

  async #queueAgain(id: string, why: "resumed" | "retried", from: readonly Job["state"][]): Promise<void> {
    const manager = this.#options.role === "desktop" ? this.id : this.#presence.otherDesktop() ?? this.id;
    await this.#change(id, undefined, (run) => transition(run.job, "queued"), (owned) => {
      const { job } = owned;
      if (why === "resumed" && job.state === "queued" && !this.#presence.isAlive(job.manager)) {
        return owned.record([{ event: "adopted", manager }]);
      }
      if (!from.includes(job.state)) throw cannotQueue(job, why, from);
      owned.record([state({ to: "queued", manager, order: this.#nextOrder(), why })]);
    }, undefined);
    this.#schedule();
  }

  /**
   * Takes the lock of a job for a moment, first recording the death of its manager if it died; undefined when a living
   * process keeps it.
   */
  async #own(id: string): Promise<OwnedJob | undefined> {
    for (let tries = 0; tries < 6; tries++) {
      const owned = this.#running.has(id) ? undefined : this.#tryOwn(id);
      if (owned !== undefined) {
        this.#recover(owned);
        return owned;
      }
      if (isActive(this.#refreshed(id).state)) return undefined;
      await this.#later(TRY_AGAIN_MS);
    }
    return undefined;
  }

  #tryOwn(id: string): OwnedJob | undefined {
    const onRecord = (owned: OwnedJob, happenings: readonly JobHappening[]) =>
      this.#onRecord(owned, happenings);
    return OwnedJob.tryOwn(jobFolder(this.workspace, id), onRecord);
  }

  /** A job that should run but whose lock was free: its manager died. A cancel that was asked for is completed. */
  #recover(owned: OwnedJob): void {
    const { job, folder } = owned;
    if (!isActive(job.state)) return;
    const runner = livingRunner(folder);
    owned.record([state({ to: "interrupted", why: "the program that ran it died" })]);
    if (job.state !== "cancelling") return;
    if (runner !== undefined) killOrphan(runner);
    const partialOutput = settlePartialOutput(folder, job, job.partialOutput === "kept");
    owned.record([state({ to: "cancelled", level: 5, partialOutput })]);
  }

  // The queue

  #schedule(): void {
    if (this.#closing || this.#holds.size > 0) return;
    const now = performance.now();
    const mine = this.queue().filter((job) =>
      job.manager === this.id && !this.#starting.has(job.id) && !this.#running.has(job.id) &&
      (this.#notBefore.get(job.id) ?? 0) <= now
    );
    const starting = [...this.#starting].map((id) => this.#store.get(id)).filter((job) => job !== undefined);
    const running = [...[...this.#running.values()].map((run) => run.job), ...starting];
    for (const job of nextToStart(mine, running, this.#limits)) void this.#start(job.id);
  }

  async #start(id: string): Promise<void> {
    this.#starting.add(id);
    let wait = TRY_AGAIN_MS;
    try {
      await this.#tryStart(id);
    } catch (error) {
      // Such as a folder that became unreadable: said, and looked at again later; other jobs go on.
      wait = TRY_AGAIN_LATER_MS;
      this.news.publish({ news: "log", job: id, level: "error", text: toWireError(error).message });
    } finally {
      this.#starting.delete(id);
      this.#changed(id);
    }
    if (!this.#running.has(id)) void this.#later(wait).then(() => this.#schedule());
  }

  async #tryStart(id: string): Promise<void> {
    await this.#endOrphan(id);
    const job = this.#known(id), folder = jobFolder(this.workspace, id);
    const refusal = await refusalBeforeStart(job, folder, this.#options.preflight);
    const owned = await this.#own(id);
    if (owned === undefined) return;
    const mine = owned.job.state === "queued" && owned.job.manager === this.id;
    if (mine && !this.#closing && this.#holds.size === 0) {
      if (refusal === undefined) return this.#run(owned);
      owned.record([
        state({ to: "running", manager: this.id, pid: 0 }),
        state({ to: "failed", error: refusal }),
      ]);
    }
    owned.release();
  }

  #run(owned: OwnedJob): void {
    const { id } = owned;
    this.#notBefore.delete(id);
    const run = new RunningJob({
      owned,
      manager: this.id,
      launcher: this.#options.launcher,
      times: this.#times,
      onProgress: (_, progress) => {
        this.#store.setProgress(id, progress);
        this.news.progress(id, progress);
      },
    });
    this.#running.set(id, run);
    this.#changes.poll(true);
    void run.done.finally(() => this.#ran(id));
  }

  #ran(id: string): void {
    this.#running.delete(id);
    if (this.#closing) return;
    if (this.#running.size === 0) this.#changes.poll(false);
    const job = this.#store.refresh(id);
    if (job?.state === "queued" && job.queuedWhy === "repeated") this.#repeatLater(job);
    this.#watchSpace();
    this.#schedule();
  }

  #repeatLater(job: Job): void {
    const wait = this.#times.repeatMs * 2 ** (job.repeats - 1);
    this.#notBefore.set(job.id, performance.now() + wait);
    void this.#later(wait + 1).then(() => this.#schedule());
  }

  /** A runner that lost its manager ends by itself; one that hangs is killed before another starts in its folder. */
  async #endOrphan(id: string): Promise<void> {
    const folder = jobFolder(this.workspace, id);
    for (let waited = 0; livingRunner(folder) !== undefined; waited += TRY_AGAIN_MS) {
      const pid = livingRunner(folder);
      if (waited >= this.#times.killMs && pid !== undefined) killOrphan(pid);
      await this.#later(TRY_AGAIN_MS);
    }
  }

  // What others do

  #onChanges(ids: ReadonlySet<string> | "all"): void {
    if (this.#closing) return;
    for (const id of ids === "all" ? this.#store.rescan() : ids) {
      const run = this.#running.get(id);
      if (run !== undefined) run.readRequests();
      else if (isJobId(id)) this.#lookAgain(id);
    }
    this.#watchOthers();
    this.#schedule();
  }

  #lookAgain(id: string): void {
    const before = this.#store.get(id);
    const job = this.#store.refresh(id);
    if (job === undefined && before !== undefined) this.news.publish({ news: "removed", job: id });
    if (job !== undefined && job !== before) this.news.publish({ news: "job", job });
  }

  /** Jobs found at the start: those of dead managers are recorded as interrupted, or taken over if they wait. */
  #takeCare(job: Job): void {
    const adoptable = job.state === "queued" && this.#options.role === "desktop";
    if (!isActive(job.state) && !(adoptable && !this.#presence.isAlive(job.manager))) return;
    const owned = this.#tryOwn(job.id);
    if (owned === undefined) return;
    try {
      this.#recover(owned);
      if (owned.job.state === "queued") owned.record([{ event: "adopted", manager: this.id }]);
    } finally {
      owned.release();
      this.#changed(job.id);
    }
  }

  /** A job that another process runs, or that waits for another process: this one notices when that one dies. */
  #isOfOther(job: Job): boolean {
    if (this.#running.has(job.id) || this.#starting.has(job.id)) return false;
    const waits = job.state === "queued" && job.manager !== this.id && this.#options.role === "desktop";
    return isActive(job.state) || waits;
  }

  /** Shows progress of jobs that others run, while there are any. */
  #watchOthers(): void {
    const any = !this.#closing && [...this.#store.values()].some((job) => this.#isOfOther(job));
    if (any) this.#othersTimer ??= setInterval(() => this.#lookAtOthers(), WATCH_OTHERS_MS);
    if (any || this.#othersTimer === undefined) return;
    clearInterval(this.#othersTimer);
    this.#othersTimer = undefined;
  }

  #lookAtOthers(): void {
    for (const job of [...this.#store.values()].filter((job) => this.#isOfOther(job))) {
      const folder = jobFolder(this.workspace, job.id);
      if (!isActive(job.state) || !isLocked(path.join(folder, "lock"))) {
        this.#takeCare(job);
        continue;
      }
      const progress = readLiveProgress(folder);
      if (progress === undefined || sameProgress(progress, job.progress)) continue;
      this.#store.setProgress(job.id, progress);
      this.news.progress(job.id, progress);
    }
    this.#watchOthers();
    this.#schedule();
  }

  // Full disks

  #waitForSpace(): Job[] {
    return [...this.#store.values()].filter((job) =>
      job.state === "paused" && job.error?.tag === "disk-full" && job.manager === this.id
    );
  }

  #watchSpace(): void {
    const any = this.#waitForSpace().length > 0 && !this.#closing;
    if (any) this.#spaceTimer ??= setInterval(() => this.#lookForSpace(), SPACE_EVERY_MS);
    if (any || this.#spaceTimer === undefined) return;
    clearInterval(this.#spaceTimer);
    this.#spaceTimer = undefined;
  }

  #lookForSpace(): void {
    for (const job of this.#waitForSpace()) {
      const needed = Number(job.error?.fields.neededBytes ?? SPACE_NEEDED);
      const file = job.plan?.outputs[0]?.path ?? String(job.error?.fields.file ?? this.workspace.root);
      if (this.#freeBytes(path.dirname(file)) > needed) this.resume(job.id).catch(() => {});
    }
    this.#watchSpace();
  }

  #freeBytes(folder: string): number {
    if (this.#options.freeBytes !== undefined) return this.#options.freeBytes(folder);
    try {
      const { bavail, bsize } = fs.statfsSync(folder);
      return bavail * bsize;
    } catch {
      return 0;
    }
  }

  // Telling

  #onRecord(owned: OwnedJob, happenings: readonly JobHappening[]): void {
    const { id, job } = owned;
    this.#store.put(job, owned.journal.size);
    if (happenings.some((happening) => happening.event === "state")) this.news.endProgress(id);
    for (const happening of happenings) {
      if (happening.event !== "log") continue;
      this.news.publish({ news: "log", job: id, level: happening.level, text: happening.text });
    }
    if (happenings.every(isFrequent)) return;
    this.news.publish({ news: "job", job });
    this.#changes.tell(id);
  }

  /** Looks at a job that this process changed and tells the others. */
  #changed(id: string): void {
    if (this.#closing) return;
    if (!this.#running.has(id)) this.#lookAgain(id);
    this.#changes.tell(id);
    this.#watchOthers();
  }

  #tellHolds(): void {
    this.news.publish({ news: "queue", held: this.#holds.size === 0 ? null : [...this.#holds].join(", ") });
  }

  // Small parts

  #known(id: string): Job {
    const job = this.#store.get(id);
    if (job !== undefined) return job;
    if (!isJobId(id)) throw notFound(id);
    const found = this.#store.refresh(id);
    if (found !== undefined) return found;
    const error = this.#store.problem(id)?.error;
    throw error === undefined ? notFound(id) : fromWireError(error);
  }

  #refreshed(id: string): Job {
    this.#known(id);
    return this.#running.get(id)?.job ?? this.#store.refresh(id) ?? this.#known(id);
  }

  #removeProblem(id: string): void {
    removeJobFolder(this.workspace, id);
    this.#store.forget(id);
    this.#changes.tell(id);
  }

  async #each(which: (job: Job) => boolean, act: (job: Job) => Promise<void>): Promise<void> {
    const chosen = this.list().filter(which);
    const results = await Promise.allSettled(chosen.map(act));
    const failed = results.find((result) => result.status === "rejected" && !isTooLate(result.reason));
    if (failed?.status === "rejected") throw failed.reason;
  }

  #nextOrder(): number {
    this.#lastOrder = Math.max(Date.now(), this.#lastOrder + 0.001);
    return this.#lastOrder;
  }

  /** Waits; a shutdown ends all waits. */
  #later(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#waits.delete(timer);
      resolve();
    }, ms);
    this.#waits.set(timer, resolve);
    return promise;
  }
}

/** Happenings that are not worth telling the whole job again. */
function isFrequent(happening: JobHappening): boolean {
  return happening.event === "progress" || happening.event === "log";
}

function sameProgress(a: JobProgress, b: JobProgress | null): boolean {
  return b !== null && a.fraction === b.fraction && a.traces.done === b.traces.done && a.phase === b.phase;
}
