/**
 * The JobManager: everything that may be asked about jobs, and the queue that starts them.
 *
 * Rules. A job is written only by the holder of its lock. A running job's lock is held by the manager that runs it;
 * the lock of any other job is taken for the moment of a change. What is asked about a job that another process runs
 * is sent to that process. The folders are the truth; what this object knows of them is refreshed when they change.
 *
 * Over 400 lines because it is the one list of verbs; what they need lies in the files beside it.
 */
import path from "node:path";
import { fromWireError, SeisProcError } from "../../src/shared/errors.ts";
import type { JobHappening } from "../../src/shared/job/events.ts";
import { moved } from "../../src/shared/job/happenings.ts";
import {
  DEFAULT_MAX_ATTEMPTS,
  isActive,
  isAtRest,
  type Job,
  JOB_FORMAT,
  type JobRequest,
  type JobType,
  type PauseCause,
  type Priority,
} from "../../src/shared/job/job.ts";
import type { LogPage } from "../../src/shared/protocol/log_page.ts";
import type { Preflight } from "../../src/shared/job/preflight.ts";
import { transition } from "../../src/shared/job/transition.ts";
import type { Work } from "../../src/shared/job/work.ts";
import type { JobFilter } from "../../src/shared/protocol/commands.ts";
import type { LockHolder } from "../files/file_lock.ts";
import { freeBytes } from "../files/free_space.ts";
import { sketchOf } from "../dataset/work_paths.ts";
import { JobDesk } from "./desk/job_desk.ts";
import {
  cannotCreate,
  cannotQueue,
  cannotRemove,
  cannotReorder,
  isTooLate,
  refuseUnavailable,
} from "./desk/job_errors.ts";
import {
  createJobFolder,
  type FolderProblem,
  newJobId,
  notFound,
  readEvents,
  readJobRequest,
  removeJobFolder,
} from "./folder/job_folder.ts";
import { byId, latestJobs, matchingJobs, searchJobs } from "./known/job_search.ts";
import { type LogWish, readLogPage } from "./folder/log_pages.ts";
import { GroupBook } from "./known/group_book.ts";
import { JobStarter } from "./desk/job_starter.ts";
import { endRunner } from "./desk/orphans.ts";
import type { NewsStream } from "./known/news_stream.ts";
import { OthersWatch } from "./desk/others_watch.ts";
import type { OwnedJob } from "./folder/owned_job.ts";
import { ownerOf } from "./folder/job_lock.ts";
import type { ManagerRole } from "./known/presence.ts";
import { DEFAULT_LIMITS, orderBefore, type QueueLimits } from "./desk/queue.ts";
import type { LateLauncher, RunnerLauncher } from "./run/runner_process.ts";
import { DEFAULT_TIMES, type RunningJob, type RunTimes } from "./run/running_job.ts";
import { SpaceWatch } from "./desk/space_watch.ts";
import { isJobId, type Workspace } from "./folder/workspace.ts";

export interface ManagerOptions {
  readonly workspace: Workspace;
  readonly role: ManagerRole;
  readonly launcher: RunnerLauncher | LateLauncher;
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
  readonly group?: string;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number | null;
}

/** Why the queue is held while all is paused. */
export const ALL_PAUSED = "all paused";

export class JobManager {
  readonly news: NewsStream;
  readonly workspace: Workspace;
  /** Groups of jobs. */
  readonly groups: GroupBook;
  readonly #options: ManagerOptions;
  readonly #desk: JobDesk;
  readonly #starter: JobStarter;
  readonly #others: OthersWatch;
  readonly #space: SpaceWatch;
  #lastOrder = 0;
  #closed: Promise<void> | undefined;
  /** What runs here has ended with this manager; what waits for other jobs waits no longer. */
  readonly #ended = Promise.withResolvers<void>();

  private constructor(options: ManagerOptions) {
    const { workspace, role, launcher, preflight, limits = DEFAULT_LIMITS } = options;
    const times = { ...DEFAULT_TIMES, ...options.times };
    const desk = new JobDesk(workspace, role);
    this.#options = options;
    this.#desk = desk;
    this.#starter = new JobStarter(desk, { launcher, preflight, times }, limits);
    this.#others = new OthersWatch(desk, this.#starter);
    this.#space = new SpaceWatch({
      news: desk.news,
      jobs: () => desk.store.open(),
      manager: desk.id,
      freeBytes: options.freeBytes ?? freeBytesIn,
      workspace: workspace.root,
    });
    this.news = desk.news;
    this.groups = new GroupBook(desk.store, desk.news);
    this.workspace = workspace;
  }

  /**
   * Opens the workspace. A desktop at once looks at all jobs, as soon as whoever opened it had the chance to say that
   * it is ready: it finds jobs whose process died, takes over what waits, starts what can start. A run looks at the
   * jobs of others only when somebody asks about them.
   */
  static open(options: ManagerOptions): JobManager {
    const manager = new JobManager(options);
    manager.#start();
    return manager;
  }

  #start(): void {
    this.#desk.open({ looked: () => this.#looked(), changed: (ids) => this.#others.onChanges(ids) });
    this.#space.open((id) => this.resume(id));
    if (this.#options.role === "desktop") void this.#desk.waits.later(0).then(() => this.#desk.look());
  }

  #looked(): void {
    this.#others.open();
    this.#space.watch();
    this.#starter.schedule();
  }

  get id(): string {
    return this.#desk.id;
  }

  /** Why no job starts, or null while the queue is free. */
  get held(): string | null {
    return this.#starter.held;
  }

  // Looking

  /** Looks at all jobs and takes care of those whose process died; what is shown of jobs afterwards is true. */
  async lookAround(): Promise<void> {
    this.#desk.look();
    await this.#others.cared();
  }

  /** All jobs, oldest first. */
  list(): Job[] {
    this.#desk.look();
    return [...this.#desk.store.values()].map((job) => this.#withChildren(job)).sort(byId);
  }

  /** The ids of all jobs and of folders that are problems. */
  ids(): string[] {
    this.#desk.look();
    return [...this.#desk.store.ids(), ...this.problems().map((problem) => problem.folder)];
  }

  /** The newest jobs that match, newest first, and how many match; of thousands only those of the page are decoded. */
  find(filter: JobFilter, limit: number): { jobs: Job[]; total: number } {
    this.#desk.look();
    const { ids, total } = searchJobs(this.#desk.store, filter, limit);
    return { jobs: this.#all(ids), total };
  }

  /** The ids of all jobs that match, oldest first. */
  matching(filter: JobFilter): string[] {
    this.#desk.look();
    return matchingJobs(this.#desk.store, filter);
  }

  /** The id of each job with what changes when something happens to it, oldest first. */
  stamps(): [id: string, stamp: number][] {
    this.#desk.look();
    return this.#desk.store.stamps().sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  }

  /** All jobs that have not ended and, before them, the latest of those that have; how many jobs there are. */
  latest(ended: number): { jobs: Job[]; total: number } {
    this.#desk.look();
    const { ids, total } = latestJobs(this.#desk.store, ended);
    return { jobs: this.#all(ids), total };
  }

  /** Jobs that wait, in the order in which they will start. */
  queue(): Job[] {
    this.#desk.look();
    return this.#starter.queue();
  }

  /** Folders that are no readable jobs, with the reason. */
  problems(): FolderProblem[] {
    this.#desk.look();
    return this.#desk.store.problems();
  }

  /** Why a folder of this name is no readable job; undefined when it is one, or is not there. */
  problem(id: string): FolderProblem | undefined {
    const { store } = this.#desk;
    if (isJobId(id) && this.#desk.running(id) === undefined) store.refresh(id);
    if (!store.has(id)) this.#desk.look();
    return store.problem(id);
  }

  /** @throws job-not-found, job-damaged, job-newer */
  get(id: string): Job {
    return this.#withChildren(this.#desk.known(id));
  }

  /** The same, or undefined when there is no such job that can be read. */
  ifThere(id: string): Job | undefined {
    try {
      return this.get(id);
    } catch (error) {
      if (error instanceof SeisProcError) return undefined;
      throw error;
    }
  }

  /** What the job was asked to do. */
  request(id: string): JobRequest {
    this.#desk.known(id);
    return readJobRequest(this.#desk.folder(id));
  }

  /** Everything that happened to the job. */
  history(id: string): ReturnType<typeof readEvents> {
    this.#desk.known(id);
    return readEvents(this.#desk.folder(id));
  }

  /** A page of the job's log; `check` may throw between two pieces of it. */
  logPage(id: string, wish: LogWish, check: () => void): Promise<LogPage> {
    this.#desk.known(id);
    return readLogPage(this.#desk.folder(id), wish, check);
  }

  /** Running jobs of this manager with the process ids of their runners. */
  runners(): { job: Job; pid: number }[] {
    return this.#desk.runs().flatMap((run) => run.pid === undefined ? [] : [{ job: run.job, pid: run.pid }]);
  }

  /** Jobs that run, and those that wait in the hands of a process that lives. */
  underWay(): Job[] {
    this.#desk.look();
    const { store, presence } = this.#desk;
    return store.open().filter(({ state, manager }) =>
      isActive(state) || (state === "queued" && presence.isAlive(manager))
    ).sort(byId);
  }

  /** The process that works on the job now, as its lock tells; undefined when none does. */
  owner(id: string): LockHolder | undefined {
    return ownerOf(this.#desk.folder(id));
  }

  /** Resolves when this manager has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** This manager has ended, or is about to. */
  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Resolves with the job when nothing more happens to it by itself, or as it stands when this manager has ended. */
  async whenAtRest(id: string): Promise<Job> {
    for (;;) {
      const job = this.get(id), run = this.#desk.running(id);
      if (run === undefined && (isAtRest(job.state) || this.#closed !== undefined)) return job;
      await (run === undefined || !isAtRest(job.state) ? this.#nextRest(id) : run.done);
    }
  }

  /** @throws job-not-found when the job is removed meanwhile */
  async #nextRest(id: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = this.#desk.news.subscribe((news) => {
      if (news.news === "job" && news.job.id === id && isAtRest(news.job.state)) resolve();
      if (news.news === "removed" && news.job === id) reject(notFound(id));
    });
    try {
      await Promise.race([promise, this.#ended.promise]);
    } finally {
      stop();
    }
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
      ...(submission.group === undefined ? {} : { group: submission.group }),
      maxAttempts: submission.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      timeoutSeconds: submission.timeoutSeconds ?? null,
      program: this.#options.program,
      createdAt: now,
      estimate,
      work: submission.work,
    };
    this.#create(request, warnings);
    this.#starter.schedule();
    return this.get(request.id);
  }

  #create(request: JobRequest, warnings: readonly string[]): void {
    const { seisproc: _, id: __, createdAt: ___, work: ____, ...asked } = request;
    const happenings: JobHappening[] = [
      { event: "created", format: JOB_FORMAT, ...asked, ...sketchOf(request.work) },
      ...warnings.map((text): JobHappening => ({ event: "log", level: "warning", text })),
      moved({ to: "queued", manager: this.id, order: this.#nextOrder(), why: "submitted" }),
    ];
    try {
      createJobFolder(
        this.#desk.workspace,
        request,
        happenings.map((item) => ({ ...item, at: request.createdAt })),
      );
    } catch (error) {
      throw cannotCreate(this.#desk.workspace.jobs, error);
    }
    this.#desk.changed(request.id);
  }

  // Verbs about one job

  /** Asks a running job to finish its blocks in hand and pause. */
  pause(id: string, cause: PauseCause = "user"): Promise<void> {
    const request = { ask: cause === "finish" ? "finish" : "pause" } as const;
    return this.#desk.change({ id, to: "pausing", whileRunning: (run) => run.pause(cause), request });
  }

  /** Finishes the gathers in hand and stops; the job is paused and can be resumed. */
  finishAndStop(id: string): Promise<void> {
    return this.pause(id, "finish");
  }

  /** Cancels a job wherever it is; partial output is removed unless it is to be kept as `.part`. */
  async cancel(id: string, { keepPartial = false }: { keepPartial?: boolean } = {}): Promise<void> {
    const { settlePartialOutput } = await import("./folder/partial_output.ts");
    const atRest = (owned: OwnedJob) => {
      transition(owned.job, "cancelled");
      endRunner("cancel", owned.folder);
      const partialOutput = settlePartialOutput(owned.folder, owned.job, keepPartial);
      owned.record([moved({ to: "cancelled", level: 1, partialOutput })]);
    };
    const whileRunning = (run: RunningJob) => run.cancel(keepPartial);
    await this.#desk.change({
      id,
      to: "cancelled",
      whileRunning,
      atRest,
      request: { ask: "cancel", keepPartial },
    });
  }

  /** Queues a paused or interrupted job again: in the desktop if one lives, else here. */
  resume(id: string): Promise<void> {
    return this.#queueAgain(id, "resumed", ["paused", "interrupted"]);
  }

  /** Queues a job that failed, was cancelled or timed out as a new attempt, which keeps finished blocks if it can. */
  retry(id: string): Promise<void> {
    return this.#queueAgain(id, "retried", ["failed", "cancelled", "timed_out"]);
  }

  /** Removes a job that is at rest, with its partial output, or a folder that is no readable job. Results stay. */
  async remove(id: string): Promise<void> {
    const problem = this.problem(id);
    if (problem !== undefined) return await this.#removeUnreadable(problem);
    const { settlePartialOutput } = await import("./folder/partial_output.ts");
    const owned = await this.#desk.own(id);
    if (owned === undefined || !isAtRest(owned.job.state)) {
      owned?.release();
      throw cannotRemove(this.#desk.known(id));
    }
    try {
      endRunner("remove", owned.folder);
      settlePartialOutput(owned.folder, owned.job, false);
      // Windows moves no folder with an open file in it.
      if (process.platform !== "win32") removeJobFolder(this.#desk.workspace, id);
    } finally {
      owned.release();
    }
    if (process.platform === "win32") removeJobFolder(this.#desk.workspace, id);
    this.#desk.changed(id);
  }

  rename(id: string, name: string): Promise<void> {
    return this.#desk.annotate(id, { event: "renamed", name }, { ask: "rename", name });
  }

  setPriority(id: string, priority: Priority): Promise<void> {
    return this.#desk.annotate(id, { event: "priority", priority }, { ask: "priority", priority });
  }

  tag(id: string, tags: readonly string[]): Promise<void> {
    return this.#desk.annotate(id, { event: "tags", tags }, { ask: "tag", tags });
  }

  /** Puts a queued job directly before another, whose priority it takes, or at the end of its own priority. */
  async reorder(id: string, before: string | null): Promise<void> {
    const job = this.#desk.known(id);
    const priority = before === null ? job.priority : this.#desk.known(before).priority;
    const order = orderBefore(this.queue().filter((other) => other.priority === priority), id, before);
    const atRest = (owned: OwnedJob) => {
      if (owned.job.state !== "queued") throw cannotReorder(owned.job);
      const place: JobHappening[] = [{ event: "order", order }];
      if (priority !== owned.job.priority) place.unshift({ event: "priority", priority });
      owned.record(place);
    };
    await this.#desk.change({ id, atRest });
  }

  // Verbs about all jobs

  /** Pauses what runs and starts nothing until `resumeAll`. */
  async pauseAll(): Promise<void> {
    this.holdQueue(ALL_PAUSED);
    await this.#each((job) => job.state === "running", (job) => this.pause(job.id));
  }

  async resumeAll(): Promise<void> {
    this.releaseQueue(ALL_PAUSED);
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
    this.#starter.hold(reason);
  }

  releaseQueue(reason: string): void {
    this.#starter.release(reason);
  }

  /** Ends what a reason was for: that all is paused, or only that nothing starts. */
  async release(reason: string): Promise<void> {
    if (reason === ALL_PAUSED) await this.resumeAll();
    else this.releaseQueue(reason);
  }

  setLimits(limits: QueueLimits): void {
    this.#starter.setLimits(limits);
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
    this.#desk.retire();
    this.#others.close();
    await this.#others.cared();
    this.#space.close();
    const interrupt = () => this.#desk.runs().forEach((run) => run.interrupt(why));
    interrupt();
    await this.#starter.close();
    interrupt();
    await Promise.all(this.#desk.runs().map((run) => run.done));
    this.#ended.resolve();
    this.groups.close();
    this.#desk.close();
  }

  async #queueAgain(id: string, why: "resumed" | "retried", from: readonly Job["state"][]): Promise<void> {
    const { role } = this.#options, { presence } = this.#desk;
    const manager = role === "desktop" ? this.id : presence.otherDesktop() ?? this.id;
    const atRest = (owned: OwnedJob) => {
      const { job } = owned;
      if (why === "resumed" && job.state === "queued" && !presence.isAlive(job.manager)) {
        return owned.record([{ event: "adopted", manager }]);
      }
      // A job whose journal lost that it was queued is only created: it goes on as well.
      const mayResume = why === "resumed" && job.state === "created";
      if (!mayResume && !from.includes(job.state)) throw cannotQueue(job, why, from);
      owned.record([moved({ to: "queued", manager, order: this.#nextOrder(), why })]);
    };
    await this.#desk.change({ id, whileRunning: (run) => void transition(run.job, "queued"), atRest });
    this.#starter.schedule();
  }

  // Small parts

  #withChildren(job: Job): Job {
    const children = this.#desk.store.childrenOf(job.id);
    return children.length === 0 ? job : { ...job, children };
  }

  #all(ids: readonly string[]): Job[] {
    return ids.flatMap((id) => this.#desk.store.get(id) ?? []).map((job) => this.#withChildren(job));
  }

  /** What a newer program made is left to that. */
  async #removeUnreadable({ folder, error }: FolderProblem): Promise<void> {
    if (error.tag === "job-newer") throw fromWireError(error);
    const { removeUnreadable } = await import("./desk/removal.ts");
    removeUnreadable(this.#desk.workspace, folder);
    this.#desk.store.forget(folder);
    this.#desk.changed(folder);
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
}

function freeBytesIn(folder: string): number {
  return freeBytes(path.join(folder, "any")) ?? 0;
}
