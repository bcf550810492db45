/** Starts what waits: by the queue's rules, unless the queue is held, and again after a wait when an error may pass. */
import { toWireError } from "../../../src/shared/errors.ts";
import { moved } from "../../../src/shared/job/happenings.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { Preflight } from "../../../src/shared/job/preflight.ts";
import type { OwnedJob } from "../folder/owned_job.ts";
import { refusalBeforeStart } from "../run/late_preflight.ts";
import type { LateLauncher, RunnerLauncher } from "../run/runner_process.ts";
import { RunningJob, type RunTimes } from "../run/running_job.ts";
import type { JobDesk } from "./job_desk.ts";
import { waitForOrphan } from "./orphans.ts";
import { compareQueued, nextToStart, type QueueLimits } from "./queue.ts";

const TRY_AGAIN_MS = 50;
const TRY_AGAIN_LATER_MS = 1000;

export interface StarterOptions {
  readonly launcher: RunnerLauncher | LateLauncher;
  readonly preflight: Preflight;
  readonly times: RunTimes;
}

/** What the starter uses of the desk. */
type StartingDesk = Pick<
  JobDesk,
  | "id"
  | "store"
  | "news"
  | "waits"
  | "folder"
  | "known"
  | "running"
  | "runs"
  | "begin"
  | "end"
  | "own"
  | "changed"
>;

export class JobStarter {
  readonly #desk: StartingDesk;
  readonly #options: StarterOptions;
  /** Jobs on their way from the queue to a runner. */
  readonly #starting = new Set<string>();
  /** Repeats that wait: job to the moment (performance.now) at which it may start. */
  readonly #notBefore = new Map<string, number>();
  readonly #holds = new Set<string>();
  #limits: QueueLimits;
  #closed = false;

  constructor(desk: StartingDesk, options: StarterOptions, limits: QueueLimits) {
    this.#desk = desk;
    this.#options = options;
    this.#limits = limits;
  }

  /** Jobs that wait, in the order in which they will start. */
  queue(): Job[] {
    return this.#desk.store.open().filter((job) => job.state === "queued").sort(compareQueued);
  }

  isStarting(id: string): boolean {
    return this.#starting.has(id);
  }

  /** Why no job starts, or null. */
  get held(): string | null {
    return this.#holds.size === 0 ? null : [...this.#holds].join(", ");
  }

  /** Starts no job while there is a reason; each reason is released by itself. */
  hold(reason: string): void {
    this.#holds.add(reason);
    this.#tellHolds();
  }

  release(reason: string): void {
    if (!this.#holds.delete(reason)) return;
    this.#tellHolds();
    this.schedule();
  }

  setLimits(limits: QueueLimits): void {
    this.#limits = limits;
    this.schedule();
  }

  schedule(): void {
    if (!this.#mayStart) return;
    const now = performance.now();
    const mine = this.queue().filter((job) =>
      job.manager === this.#desk.id && !this.#starting.has(job.id) && !this.#desk.running(job.id) &&
      (this.#notBefore.get(job.id) ?? 0) <= now
    );
    if (mine.length === 0) return;
    const starting = [...this.#starting].flatMap((id) => this.#desk.store.get(id) ?? []);
    const running = [...this.#desk.runs().map((run) => run.job), ...starting];
    for (const job of nextToStart(mine, running, this.#limits)) void this.#start(job.id);
  }

  /** Starts nothing any more; resolves when nothing is on its way to a runner. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#starting.size > 0) await this.#desk.waits.later(TRY_AGAIN_MS);
  }

  get #mayStart(): boolean {
    return !this.#closed && this.#holds.size === 0;
  }

  async #start(id: string): Promise<void> {
    this.#starting.add(id);
    let wait = TRY_AGAIN_MS;
    try {
      await this.#tryStart(id);
    } catch (error) {
      // Such as a folder that became unreadable: said, and looked at again later; other jobs go on.
      wait = TRY_AGAIN_LATER_MS;
      this.#desk.news.publish({ news: "log", job: id, level: "error", text: toWireError(error).message });
    } finally {
      this.#starting.delete(id);
      this.#desk.changed(id);
    }
    if (!this.#desk.running(id)) void this.#desk.waits.later(wait).then(() => this.schedule());
  }

  async #tryStart(id: string): Promise<void> {
    await waitForOrphan({
      folder: this.#desk.folder(id),
      waits: this.#desk.waits,
      patienceMs: this.#options.times.killMs,
      isOver: () => this.#closed,
      say: (level, text) => this.#desk.news.publish({ news: "log", job: id, level, text }),
    });
    const refusal = await refusalBeforeStart(
      this.#desk.known(id),
      this.#desk.folder(id),
      this.#options.preflight,
    );
    const launcher = await this.#launcher();
    const owned = await this.#desk.own(id);
    if (owned === undefined) return;
    const mine = owned.job.state === "queued" && owned.job.manager === this.#desk.id;
    if (mine && this.#mayStart) {
      if (refusal === undefined) return this.#run(owned, launcher);
      owned.record([
        moved({ to: "running", manager: this.#desk.id, pid: 0 }),
        moved({ to: "failed", error: refusal }),
      ]);
    }
    owned.release();
  }

  async #launcher(): Promise<RunnerLauncher> {
    const { launcher } = this.#options;
    return typeof launcher === "function" ? launcher : await launcher.load();
  }

  #run(owned: OwnedJob, launcher: RunnerLauncher): void {
    const { id } = owned;
    this.#notBefore.delete(id);
    const run = new RunningJob({ owned, manager: this.#desk.id, launcher, times: this.#options.times });
    this.#desk.begin(id, run);
    void run.done.finally(() => this.#ran(id));
  }

  #ran(id: string): void {
    const job = this.#desk.end(id);
    if (this.#closed) return;
    if (job?.state === "queued" && job.queuedWhy === "repeated") this.#repeatLater(job);
    this.schedule();
  }

  #repeatLater(job: Job): void {
    const wait = this.#options.times.repeatMs * 2 ** (job.repeats - 1);
    this.#notBefore.set(job.id, performance.now() + wait);
    void this.#desk.waits.later(wait + 1).then(() => this.schedule());
  }

  #tellHolds(): void {
    this.#desk.news.publish({ news: "queue", held: this.held });
  }
}
