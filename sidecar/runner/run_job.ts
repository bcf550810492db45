/** One job from its plan to its end, whichever that is. */
import path from "node:path";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { RunnerCommand, RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { removeCheckpoint } from "../jobs/folder/checkpoint.ts";
import { compileKernels } from "../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../kernels/kernel_memory.ts";
import { requireUnchanged } from "../dataset/input_state.ts";
import { checkMemory } from "../flow/blocks.ts";
import { openTask } from "./block_task.ts";
import { Checkpointer } from "./checkpointer.ts";
import { COMMAND, ControlBlock } from "./control_block.ts";
import { type JobPlan, planJob } from "./job_plan.ts";
import { toldAsFullDisk } from "./full_disk.ts";
import { OutputLocks } from "./output_locks.ts";
import { resume, type Resumption } from "./resumption.ts";
import { isTransient } from "./transient.ts";
import type { WorkerPool } from "./pool.ts";
import { type KeptWork, ProgressMeter } from "./progress_meter.ts";
import type { WorkerSetup } from "./worker_messages.ts";

const CHECKPOINT_EVERY_MS = 5000;
const PROGRESS_EVERY_MS = 100;
const WRITE_OUT_EVERY_MS = 10;
const PHASES = ["planning", "processing", "finishing"] as const;

/** Kernel memory that a job may take when nobody says otherwise. */
const DEFAULT_MEMORY_MB = 2048;

/** A job in the middle of its processing. */
interface Running {
  readonly plan: JobPlan;
  readonly control: ControlBlock;
  readonly meter: ProgressMeter;
  readonly checkpointer: Checkpointer;
  readonly processingStarted: number;
}

/** Runs one job in this process, from its folder, until it ends or is told to stop. */
export class JobRun {
  readonly #folder: string;
  readonly #work: Work;
  readonly #pool: WorkerPool;
  readonly #say: (message: RunnerMessage) => void;
  #asked: RunnerCommand | undefined;
  #running: Running | undefined;
  readonly #locks: OutputLocks;
  readonly #started = performance.now();
  /** Partial outputs exist that are of this attempt alone. */
  #created = false;

  constructor(
    folder: string,
    work: Work,
    pool: WorkerPool,
    say: (message: RunnerMessage) => void,
  ) {
    this.#folder = folder;
    this.#work = work;
    this.#pool = pool;
    this.#say = say;
    this.#locks = new OutputLocks(path.basename(folder));
  }

  /** Obeys a command at once; the run ends by itself. A cancel overrides a pause, nothing overrides a cancel. */
  obey(command: RunnerCommand): void {
    if (this.#asked?.command === "cancel") return;
    this.#asked = command;
    this.#running?.control.give(command.command === "cancel" ? COMMAND.stop : COMMAND.drain);
  }

  async run(): Promise<RunnerEnd> {
    let plan: JobPlan | undefined;
    try {
      plan = planJob(this.#work, this.#folder);
      this.#locks.take(plan.outputs);
      return await this.#runPlan(plan);
    } catch (failure) {
      this.#pool.terminate();
      if (plan) await this.#settleFailure(plan, failure);
      const written = [
        path.join(this.#folder, "checkpoint"),
        ...(plan?.outputs ?? []).map(({ path }) => path),
      ];
      const error = toWireError(toldAsFullDisk(failure, written));
      return { outcome: "failed", error, transient: isTransient(failure) };
    } finally {
      this.#locks.release();
      plan?.close();
    }
  }

  async #runPlan(plan: JobPlan): Promise<RunnerEnd> {
    const resumption = await this.#resumption(plan);
    if (resumption === "stopped") return this.#stoppedEarly(plan);
    this.#locks.claim();
    if (resumption?.isNamed) return this.#finishAgain(plan, resumption);
    for (const output of plan.outputs) {
      output.create(resumption !== undefined);
      this.#created = resumption === undefined;
    }
    const { setups, control } = this.#setUp(plan);
    if (resumption) this.#goOnFrom(resumption, plan, control.done);
    const running = this.#begin(plan, control);
    const { failure, stoppedInside } = await this.#process(running, setups);
    if (failure) throw failure;
    if (this.#asked?.command === "cancel") {
      return this.#cancelled(plan, this.#asked.keepPartial, stoppedInside);
    }
    if (control.done.every((done) => done === 1)) return await this.#finish(running);
    await this.#checkpoint(running);
    return { outcome: this.#asked?.command === "pause" ? "paused" : "interrupted" };
  }

  #resumption(plan: JobPlan): Promise<Resumption | undefined | "stopped"> {
    return resume({
      folder: this.#folder,
      plan,
      locks: this.#locks,
      say: (level, text) => this.#say({ message: "log", level, text }),
      isStopped: () => this.#asked !== undefined,
    });
  }

  #goOnFrom({ done, noted, checksums, notes }: Resumption, plan: JobPlan, finished: Uint8Array): void {
    finished.set(done);
    plan.checksums.set(checksums);
    this.#pool.notes.restore(notes, noted);
  }

  /** Told to stop while it still looked at what there is: that stays as it is, unless a cancel removes it. */
  #stoppedEarly(plan: JobPlan): RunnerEnd {
    this.#pool.terminate();
    if (this.#asked?.command === "cancel") return this.#cancelled(plan, this.#asked.keepPartial, false);
    return { outcome: this.#asked?.command === "pause" ? "paused" : "interrupted" };
  }

  #begin(plan: JobPlan, control: ControlBlock): Running {
    const kept = keptWork(plan, control.done);
    this.#announce(plan, kept);
    const meter = new ProgressMeter(control, { ...plan, phases: PHASES }, kept, () => Deno.memoryUsage().rss);
    meter.phase = "processing";
    const checkpointer = new Checkpointer(this.#folder, plan, control.done, this.#pool.notes);
    this.#running = { plan, control, meter, checkpointer, processingStarted: performance.now() };
    if (this.#asked) this.obey(this.#asked);
    return this.#running;
  }

  /** Lays out the shared memory: the control block, then one equal part for each worker. */
  #setUp(plan: JobPlan): { setups: WorkerSetup[]; control: ControlBlock } {
    const workers = this.#pool.count;
    const start = ControlBlock.end(workers, plan.blocks);
    const memory = createSharedMemory(start);
    const modules = compileKernels(plan.kernels);
    const arena = new KernelMemory(memory, modules, start, "grow");
    openTask(plan.task, arena, () => {}).close();
    const share = Math.ceil((arena.used - start) / 64) * 64 + 64;
    const limit = (this.#work.options.memoryMB ?? DEFAULT_MEMORY_MB) * 1e6;
    checkMemory(start + share * workers, limit, largestPortion(plan));
    const whole = new KernelMemory(memory, modules, start, "grow");
    whole.allocate(share * workers, 64);
    const setups = Array.from({ length: workers }, (_, worker): WorkerSetup => ({
      worker,
      workers,
      blocks: plan.blocks,
      memory,
      modules,
      start: start + worker * share,
      end: start + (worker + 1) * share,
      task: plan.task,
    }));
    return { setups, control: new ControlBlock(memory.buffer, workers, plan.blocks) };
  }

  async #process(running: Running, setups: readonly WorkerSetup[]) {
    const { control, meter, checkpointer } = running;
    let syncFailure: unknown;
    const guard = (work: Promise<unknown>) =>
      work.catch((error) => {
        syncFailure ??= error;
        control.give(COMMAND.drain);
      });
    const every = this.#work.options.checkpointMs ?? CHECKPOINT_EVERY_MS;
    const timers = [
      setInterval(() => this.#say({ message: "progress", progress: meter.measure() }), PROGRESS_EVERY_MS),
      setInterval(() => checkpointer.isBusy || guard(this.#checkpoint(running)), every),
      setInterval(() => guard(checkpointer.writeOut(meter.counts().bytesWritten)), WRITE_OUT_EVERY_MS),
    ];
    try {
      const end = await this.#pool.run(setups, control);
      await checkpointer.idle();
      if (syncFailure !== undefined) throw syncFailure;
      return end;
    } finally {
      for (const timer of timers) clearInterval(timer);
      this.#say({ message: "progress", progress: meter.measure() });
    }
  }

  async #checkpoint({ checkpointer }: Running): Promise<void> {
    this.#say({ message: "checkpoint", blocksDone: await checkpointer.write() });
  }

  #cancelled(plan: JobPlan, keepPartial: boolean, stoppedInside: boolean): RunnerEnd {
    if (!keepPartial) this.#discard(plan);
    return { outcome: "cancelled", level: stoppedInside ? 3 : 2 };
  }

  /** The mark in the checkpoint lets a run that dies between two renames be completed by the next. */
  async #finish(running: Running): Promise<RunnerEnd> {
    const { plan, meter, checkpointer, processingStarted } = running;
    const processingSeconds = (performance.now() - processingStarted) / 1000;
    meter.phase = "finishing";
    this.#say({ message: "progress", progress: meter.measure() });
    requireUnchanged(plan.input);
    await checkpointer.write(true);
    for (const output of plan.outputs) output.finish();
    return this.#completed(plan, { ...meter.counts(), processingSeconds, peak: meter.peakMemoryBytes });
  }

  #finishAgain(plan: JobPlan, { done, noted, notes }: Resumption): RunnerEnd {
    this.#pool.terminate();
    this.#pool.notes.restore(notes, noted);
    this.#announce(plan, keptWork(plan, done));
    for (const output of plan.outputs) {
      if (!output.isStarted()) output.tidy();
      else {
        output.create(true);
        output.finish();
      }
    }
    return this.#completed(plan, {
      bytesRead: 0,
      bytesWritten: 0,
      processingSeconds: 0,
      peak: Deno.memoryUsage().rss,
    });
  }

  #completed(
    plan: JobPlan,
    did: { bytesRead: number; bytesWritten: number; processingSeconds: number; peak: number },
  ): RunnerEnd {
    return {
      outcome: "completed",
      result: {
        outputs: plan.outputs.map(({ path, totalBytes, traces }) => ({ path, bytes: totalBytes, traces })),
        tracesRead: plan.traces,
        gathers: plan.gathers,
        bytesRead: did.bytesRead,
        bytesWritten: did.bytesWritten,
        seconds: (performance.now() - this.#started) / 1000,
        processingSeconds: did.processingSeconds,
        peakMemoryBytes: did.peak,
        skipped: this.#pool.notes.skipped,
        warnings: [...new Set([...plan.warnings, ...this.#pool.notes.warnings])],
      },
    };
  }

  #announce(plan: JobPlan, kept: KeptWork): void {
    this.#say({
      message: "planned",
      blocks: plan.blocks,
      blocksKept: kept.blocks,
      gathers: plan.gathers,
      traces: plan.traces,
      workers: this.#pool.count,
      phases: PHASES,
      outputs: plan.outputs.map(({ path, totalBytes }) => ({ path, bytes: totalBytes })),
      warnings: plan.warnings,
    });
  }

  /** Keeps the finished blocks of a failed job where another attempt can use them, else removes them. */
  async #settleFailure(plan: JobPlan, error: unknown): Promise<void> {
    if (this.#running && isWorthKeeping(error)) return await this.#checkpoint(this.#running).catch(() => {});
    if (!this.#running && !this.#created) return;
    try {
      this.#discard(plan);
    } catch (also) {
      this.#say({ message: "log", level: "warning", text: toWireError(also).message });
    }
  }

  /** Removes partial outputs and what was known to be finished of them. */
  #discard(plan: JobPlan): void {
    for (const output of plan.outputs) output.discard();
    removeCheckpoint(this.#folder);
  }
}

/** Failures that say nothing against the blocks that are finished: another attempt may go on from them. */
function isWorthKeeping(error: unknown): boolean {
  if (isTransient(error) || !(error instanceof SeisProcError)) return true;
  return ["disk-full", "output-unwritable", "output-exists", "file-unreadable", "file-missing", "internal"]
    .includes(
      error.tag,
    );
}

function largestPortion(plan: JobPlan): number {
  return plan.task.kind === "flow" ? plan.task.plan.largestPortion : 0;
}

function keptWork(plan: JobPlan, done: Uint8Array): KeptWork {
  const kept = { blocks: 0, traces: 0, gathers: 0 };
  done.forEach((one, i) => {
    if (!one) return;
    const { traces, gathers } = plan.sizeOf(i);
    kept.blocks++;
    kept.traces += traces;
    kept.gathers += gathers;
  });
  return kept;
}
