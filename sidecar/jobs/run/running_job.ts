/**
 * One job while its runner lives, from "running" to rest. Holds the job's lock throughout.
 *
 * What is asked of it (pause, cancel, shutdown) only sends a command and records that it was asked; what becomes of
 * the job is decided once, when the runner has ended, by `whatRunEndMeans`.
 */
import type { RunnerMessage } from "../../../src/shared/job/runner_messages.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { isActive, type Job, type PauseCause } from "../../../src/shared/job/job.ts";
import type { JobHappening } from "../../../src/shared/job/events.ts";
import { moved, note, pausing } from "../../../src/shared/job/happenings.ts";
import { toWireError } from "../../../src/shared/errors.ts";
import { removeLiveProgress, writeLiveProgress } from "../folder/live_progress.ts";
import type { OwnedJob } from "../folder/owned_job.ts";
import { type OwnerRequest, RequestInbox } from "../folder/requests.ts";
import { ProgressWatch } from "./progress_watch.ts";
import { type Intent, whatRunEndMeans } from "./run_end.ts";
import { type RunnerExit, type RunnerLauncher, RunnerProcess } from "./runner_process.ts";

export interface RunTimes {
  /** After a cancel: when the terminate and the kill signal are sent. */
  readonly terminateMs: number;
  readonly killMs: number;
  /** Without progress for so long a job counts as stalled. */
  readonly stallMs: number;
  /** How long a shutdown or a timeout lets the runner finish its blocks. */
  readonly interruptMs: number;
  /** First wait before a repeat; doubled each time. */
  readonly repeatMs: number;
}

export const DEFAULT_TIMES: RunTimes = {
  terminateMs: 1000,
  killMs: 2000,
  stallMs: 5000,
  interruptMs: 5000,
  repeatMs: 1000,
};

export interface RunContext {
  readonly owned: OwnedJob;
  readonly manager: string;
  readonly launcher: RunnerLauncher;
  readonly times: RunTimes;
}

const TICK_MS = 500;
/** So long the end of a job waits for room in the journal. */
const FLUSH_MS = 5000;
const MOST_NOISE = 20;

export class RunningJob {
  /** Resolves when the job is at rest on disk and its lock is free. */
  readonly done: Promise<void>;
  readonly #inbox: RequestInbox;
  readonly #watch: ProgressWatch;
  readonly #ranBefore: number;
  #runner: RunnerProcess | undefined;
  #intent: Intent = { kind: "none" };
  #keepPartial = false;
  #noise = 0;

  constructor(readonly context: RunContext) {
    this.#watch = new ProgressWatch(context.times.stallMs);
    this.#ranBefore = context.owned.job.attemptRanMs;
    this.#inbox = new RequestInbox(context.owned.folder);
    this.done = this.#run();
  }

  get job(): Job {
    return this.context.owned.job;
  }

  get pid(): number | undefined {
    return this.#runner?.pid;
  }

  /** @throws job-transition */
  pause(cause: PauseCause): void {
    this.#record([pausing(cause)]);
    this.#runner?.send({ command: "pause" });
  }

  /** @throws job-transition */
  cancel(keepPartial: boolean): void {
    this.#record([moved({ to: "cancelling", keepPartial })]);
    this.#keepPartial = keepPartial;
    this.#runner?.send({ command: "cancel", keepPartial });
    this.#runner?.stopAfter(this.context.times.terminateMs, this.context.times.killMs);
  }

  /** The manager goes away: blocks in hand are finished, the job can be resumed. */
  interrupt(why: string): void {
    if (this.#intent.kind !== "none") return;
    this.#stopFor({ kind: "shutdown", why });
  }

  /** Obeys what other processes asked. */
  readRequests(): void {
    for (const request of this.#inbox.read(this.job.round)) this.#obey(request);
  }

  #obey(request: OwnerRequest): void {
    try {
      switch (request.ask) {
        case "pause":
          return this.pause("user");
        case "finish":
          return this.pause("finish");
        case "cancel":
          return this.cancel(request.keepPartial);
        case "rename":
          return this.#record([{ event: "renamed", name: request.name }]);
        case "priority":
          return this.#record([{ event: "priority", priority: request.priority }]);
        case "tag":
          return this.#record([{ event: "tags", tags: request.tags }]);
      }
    } catch (error) {
      this.#record([note("info", `A request came too late: ${toWireError(error).message}`)]);
    }
  }

  #stopFor(intent: Intent): void {
    this.#intent = intent;
    this.#runner?.send({ command: "interrupt" });
    this.#runner?.endInput();
    const { interruptMs, terminateMs, killMs } = this.context.times;
    this.#runner?.stopAfter(interruptMs + terminateMs, interruptMs + killMs);
  }

  async #run(): Promise<void> {
    const tick = setInterval(() => this.#tick(), TICK_MS);
    try {
      await this.#runToEnd();
    } finally {
      clearInterval(tick);
    }
    await this.#flushJournal();
    this.#inbox.remove();
    removeLiveProgress(this.context.owned.folder);
    this.context.owned.release();
  }

  async #runToEnd(): Promise<void> {
    // The constructor returns first, so that whoever made this run knows it before anything is recorded.
    await Promise.resolve();
    const outputs = import("../folder/partial_output.ts");
    let exit = await this.#launch();
    const { settlePartialOutput } = await outputs;
    const unusable = exit && this.#whyStartAgain(exit);
    if (unusable !== undefined) {
      settlePartialOutput(this.context.owned.folder, this.job, false);
      this.#record([note("warning", `${unusable}: it starts from the beginning`)]);
      exit = await this.#launch();
    }
    if (exit === undefined || !isActive(this.job.state)) return;
    const { owned, manager } = this.context;
    // The journal has progress ever more rarely: its last is worth a line.
    if (this.job.progress !== null) this.#record([{ event: "progress", progress: this.job.progress }]);
    const settlePartial = () => settlePartialOutput(owned.folder, this.job, this.#keepPartial);
    this.#record(whatRunEndMeans({ job: this.job, intent: this.#intent, exit, manager, settlePartial }));
  }

  /** A new attempt keeps finished blocks when it can. Undefined: it did, or ended for a reason that has to do with nothing kept. */
  #whyStartAgain({ end }: RunnerExit): string | undefined {
    const why = this.job.queuedWhy;
    const isNewAttempt = (why === "retried" || why === "repeated") && this.job.state === "running";
    if (!isNewAttempt || this.#intent.kind !== "none" || end?.outcome !== "failed") return undefined;
    switch (end.error.tag) {
      case "plan-changed":
        return "The plan changed since the last attempt";
      case "job-damaged":
        return `What the last attempt kept cannot be used: ${end.error.fields.reason}`;
      case "job-newer":
        return `What the last attempt kept is of a newer version (${end.error.fields.version})`;
      default:
        return undefined;
    }
  }

  async #launch(): Promise<RunnerExit | undefined> {
    const { owned, manager, launcher } = this.context;
    try {
      this.#runner = new RunnerProcess(launcher(owned.folder), {
        message: (message) => this.#hear(message),
        noise: (line) => this.#hearNoise(line),
      });
    } catch (error) {
      if (this.job.state === "queued") this.#record([moved({ to: "running", manager, pid: 0 })]);
      this.#record([moved({ to: "failed", error: toWireError(error) })]);
      return undefined;
    }
    if (this.job.state === "queued") {
      this.#record([moved({ to: "running", manager, pid: this.#runner.pid })]);
    }
    this.readRequests();
    if (this.#intent.kind !== "none") this.#stopFor(this.#intent);
    return await this.#runner.exited;
  }

  #hear(message: RunnerMessage): void {
    // A checkpoint is no progress: it comes from a runner whose workers all hang, too.
    if (message.message === "planned" || message.message === "log") this.#watch.moved();
    switch (message.message) {
      case "planned": {
        const { message: _, ...plan } = message;
        return this.#record([{ event: "planned", ...plan }]);
      }
      case "progress":
        return this.#progress(message.progress);
      case "checkpoint":
        return this.#record([{ event: "checkpoint", blocksDone: message.blocksDone }]);
      case "log":
        return this.#record([note(message.level, message.text)]);
      case "ended":
        return;
    }
  }

  #hearNoise(line: string): void {
    if (++this.#noise > MOST_NOISE) return;
    const more = this.#noise === MOST_NOISE ? " (more is not listed)" : "";
    this.#record([note("warning", `The runner printed what is no message: ${line.slice(0, 200)}${more}`)]);
  }

  #progress(progress: JobProgress): void {
    const shown = this.#watch.hear(progress);
    if (this.#watch.isForJournal()) this.#record([{ event: "progress", progress: shown }]);
    else this.context.owned.show(shown);
    if (this.#watch.isForOthers()) writeLiveProgress(this.context.owned.folder, shown);
  }

  #tick(): void {
    const { owned } = this.context;
    if (owned.journal.behind) owned.journal.flush(true);
    if (this.#watch.beginsToStall() && this.job.progress !== null) this.#progress(this.job.progress);
    const { timeoutSeconds } = this.job;
    if (timeoutSeconds === null || this.job.state !== "running" || this.#intent.kind !== "none") return;
    const ran = this.#ranBefore + this.#watch.ranMs;
    if (ran > timeoutSeconds * 1000) this.#stopFor({ kind: "timeout", seconds: timeoutSeconds });
  }

  #record(happenings: readonly JobHappening[]): void {
    this.context.owned.record(happenings, true);
  }

  /**
   * The end of a job is not lightly given up to a full disk: the lock is kept for a while until it is written. A job
   * whose end is lost is found interrupted, and goes on from there.
   */
  async #flushJournal(): Promise<void> {
    const { journal } = this.context.owned, giveUp = performance.now() + FLUSH_MS;
    while (journal.behind && journal.flush(true) !== undefined && performance.now() < giveUp) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  }
}
