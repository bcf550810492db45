import { toWireError } from "../../src/shared/errors.ts";
import type {
  RunnerCommand,
  RunnerEnd,
  RunnerMessage,
  SkippedGather,
} from "../../src/shared/job/runner_messages.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { checkpointForPlan, removeCheckpoint, writeCheckpoint } from "../jobs/checkpoint.ts";
import { compileKernels } from "../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../kernels/kernel_memory.ts";
import { checkMemory } from "../flow/blocks.ts";
import { openTask } from "./block_task.ts";
import { COMMAND, ControlBlock } from "./control_block.ts";
import { checkInputUnchanged, type JobPlan, planJob } from "./job_plan.ts";
import { isTransient } from "./transient.ts";
import { WorkerPool } from "./pool.ts";
import { type KeptWork, ProgressMeter } from "./progress_meter.ts";
import type { WorkerSetup } from "./worker_messages.ts";

const CHECKPOINT_EVERY_MS = 5000;
const PROGRESS_EVERY_MS = 100;
const PHASES = ["planning", "processing", "finishing"] as const;

/** Kernel memory that a job may take when nobody says otherwise. */
const DEFAULT_MEMORY_MB = 2048;

/** What a checkpoint keeps besides the list of blocks. */
interface CheckpointExtra {
  readonly skipped: readonly SkippedGather[];
}

/** Runs one job in this process, from its folder, until it ends or is told to stop. */
export class JobRun {
  private asked: RunnerCommand | undefined;
  private control: ControlBlock | undefined;
  private readonly started = performance.now();

  constructor(
    private readonly folder: string,
    private readonly work: Work,
    private readonly say: (message: RunnerMessage) => void,
  ) {}

  /** Obeys a command at once; the run ends by itself. A cancel overrides a pause, nothing overrides a cancel. */
  obey(command: RunnerCommand): void {
    if (this.asked?.command === "cancel") return;
    this.asked = command;
    this.control?.give(command.command === "cancel" ? COMMAND.stop : COMMAND.drain);
  }

  async run(): Promise<RunnerEnd> {
    const pool = new WorkerPool(this.work.options.workers ?? navigator.hardwareConcurrency);
    let plan: JobPlan | undefined;
    try {
      plan = planJob(this.work, this.folder);
      return await this.runPlan(plan, pool);
    } catch (error) {
      pool.terminate();
      if (plan) this.discard(plan);
      return { outcome: "failed", error: toWireError(error), transient: isTransient(error) };
    } finally {
      plan?.close();
    }
  }

  private async runPlan(plan: JobPlan, pool: WorkerPool): Promise<RunnerEnd> {
    const checkpoint = checkpointForPlan(this.folder, plan);
    for (const output of plan.outputs) output.create(checkpoint !== undefined);
    const { setups, control } = this.setUp(plan, pool.count);
    if (checkpoint) {
      control.done.set(checkpoint.done);
      pool.skipped.push(...(checkpoint.extra as CheckpointExtra).skipped);
    }
    const kept = keptWork(plan, control.done);
    this.announce(plan, kept, pool.count);
    const meter = new ProgressMeter(control, { ...plan, phases: PHASES }, kept, () => Deno.memoryUsage().rss);
    meter.phase = "processing";
    this.control = control;
    if (this.asked) this.obey(this.asked);
    const processingStarted = performance.now();
    const { failure, stoppedInside } = await this.process(plan, pool, setups, control, meter);
    const processingSeconds = (performance.now() - processingStarted) / 1000;
    if (failure) throw failure;
    const allDone = control.done.every((done) => done === 1);
    if (this.asked?.command === "cancel") return this.cancelled(plan, this.asked.keepPartial, stoppedInside);
    if (!allDone) return this.stopped(plan, pool, control);
    meter.phase = "finishing";
    this.say({ message: "progress", progress: meter.measure() });
    return this.finish(plan, pool, meter, processingSeconds);
  }

  /** Lays out the shared memory: the control block, then one equal part for each worker. */
  private setUp(plan: JobPlan, workers: number): { setups: WorkerSetup[]; control: ControlBlock } {
    const start = ControlBlock.end(workers, plan.blocks);
    const memory = createSharedMemory(start);
    const modules = compileKernels(plan.kernels);
    const arena = new KernelMemory(memory, modules, start, "grow");
    openTask(plan.task, arena, () => {}).close();
    const share = Math.ceil((arena.used - start) / 64) * 64 + 64;
    const limit = (this.work.options.memoryMB ?? DEFAULT_MEMORY_MB) * 1e6;
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

  private async process(
    plan: JobPlan,
    pool: WorkerPool,
    setups: readonly WorkerSetup[],
    control: ControlBlock,
    meter: ProgressMeter,
  ) {
    const progress = setInterval(
      () => this.say({ message: "progress", progress: meter.measure() }),
      PROGRESS_EVERY_MS,
    );
    const checkpoints = setInterval(() => this.checkpoint(plan, pool, control), CHECKPOINT_EVERY_MS);
    try {
      return await pool.run(setups, control);
    } finally {
      clearInterval(progress);
      clearInterval(checkpoints);
      this.say({ message: "progress", progress: meter.measure() });
    }
  }

  /** The list is taken before the sync: whatever it names is on disk when the list is. */
  private checkpoint(plan: JobPlan, pool: WorkerPool, control: ControlBlock): void {
    const done = control.done.slice();
    const extra: CheckpointExtra = { skipped: [...pool.skipped] };
    for (const output of plan.outputs) output.sync();
    writeCheckpoint(this.folder, { fingerprint: plan.fingerprint, blocks: plan.blocks, done, extra });
    const blocksDone = done.reduce((sum, one) => sum + one, 0);
    this.say({ message: "checkpoint", blocksDone });
  }

  private stopped(plan: JobPlan, pool: WorkerPool, control: ControlBlock): RunnerEnd {
    this.checkpoint(plan, pool, control);
    return { outcome: this.asked?.command === "pause" ? "paused" : "interrupted" };
  }

  private cancelled(plan: JobPlan, keepPartial: boolean, stoppedInside: boolean): RunnerEnd {
    if (!keepPartial) this.discard(plan);
    return { outcome: "cancelled", level: stoppedInside ? 3 : 2 };
  }

  private async finish(
    plan: JobPlan,
    pool: WorkerPool,
    meter: ProgressMeter,
    processingSeconds: number,
  ): Promise<RunnerEnd> {
    checkInputUnchanged(plan.input);
    for (const output of plan.outputs) await output.finish();
    const { bytesRead, bytesWritten } = meter.counts();
    return {
      outcome: "completed",
      result: {
        outputs: plan.outputs.map(({ path, totalBytes, traces }) => ({ path, bytes: totalBytes, traces })),
        tracesRead: plan.traces,
        gathers: plan.gathers,
        bytesRead,
        bytesWritten,
        seconds: (performance.now() - this.started) / 1000,
        processingSeconds,
        peakMemoryBytes: meter.peakMemoryBytes,
        skipped: [...pool.skipped].sort((a, b) => a.trace - b.trace),
        warnings: plan.warnings,
      },
    };
  }

  private announce(plan: JobPlan, kept: KeptWork, workers: number): void {
    this.say({
      message: "planned",
      blocks: plan.blocks,
      blocksKept: kept.blocks,
      gathers: plan.gathers,
      traces: plan.traces,
      workers,
      phases: PHASES,
      outputs: plan.outputs.map(({ path, totalBytes }) => ({ path, bytes: totalBytes })),
      warnings: plan.warnings,
    });
  }

  /** Removes partial outputs and what was known to be finished of them. */
  private discard(plan: JobPlan): void {
    for (const output of plan.outputs) output.discard();
    removeCheckpoint(this.folder);
  }
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
