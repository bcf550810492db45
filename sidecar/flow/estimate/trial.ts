/** A trial of a flow: the job's own code on a few blocks spread over its input tells what a trace takes. */
import path from "node:path";
import process from "node:process";
import { isDatasetName } from "../../dataset/dataset_name.ts";
import { openDataset, readerKernels } from "../../dataset/open_source.ts";
import { writerKernels } from "../../dataset/open_sink.ts";
import { compileKernels } from "../../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory, type KernelModules } from "../../kernels/kernel_memory.ts";
import { type BlockPhase, BlockRunner } from "../block_runner.ts";
import { BLOCK_BYTES } from "../blocks.ts";
import { resolvePipeline } from "../pipeline.ts";
import { type FlowPlan, type FlowWork, planFlow } from "../plan_flow.ts";
import { kernelsOf } from "../portion_runner.ts";

/** What a trial found. */
export interface Trial {
  /** Of one worker: read, processed, encoded and written. */
  readonly secondsPerTrace: number;
  /** The job reads the headers of all traces before it starts. */
  readonly readsHeadersFirst: boolean;
}

/** Of the cores; the wall's where they are free and the disk is quick. */
const BUDGET_MS = 280;
/** Of the wall, where other work or a slow disk comes between. */
const LONGEST_MS = 1500;
/** Blocks after which a trial ends that took its share of what it expects of the job. */
const ENOUGH = 4;
const SHARE = 0.005;
/** Fractions of the survey. The first block warms up and does not count when there are others. */
const PLACES = [0.5, 0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6];
/** Blocks of traces at each place where gathers are made, so that most of them are whole. */
const BLOCKS_FOR_GATHERS = 4;

/** Milliseconds that one trace took. */
interface Taken {
  readonly moving: number;
  readonly processing: number;
}

/** What all places of a trial share. */
interface Bench {
  readonly folder: string;
  readonly memory: WebAssembly.Memory;
  readonly budget: Budget;
  /** Compiled once, so that the code that they are optimised into stays. */
  modules: KernelModules | undefined;
}

/**
 * Tries the flow for 0.3 s, or one block; what it writes goes into `folder` and is for the caller to remove.
 * Undefined when no trace was tried. Throws what the job would throw.
 */
export function tryFlow(work: FlowWork, folder: string): Trial | undefined {
  const budget = new Budget(), { input } = work.flow;
  const { description, close } = describe(work);
  close();
  const [first, last] = input.traces ?? [1, description.traces];
  const pipeline = resolvePipeline(work.flow.processes, work.flow.output.mode, description);
  const traceBytes = description.recordBytes + description.samplesPerTrace * 4;
  const blocks = pipeline.wholeGathers ? BLOCKS_FOR_GATHERS : 1;
  const length = Math.min(last - first + 1, blocks * Math.max(1, Math.floor(BLOCK_BYTES / traceBytes)));
  const bench: Bench = { folder, memory: createSharedMemory(0), budget, modules: undefined };
  const taken: Taken[] = [];
  for (const [i, place] of PLACES.entries()) {
    if (budget.isSpent || isEnough(taken, budget, last - first + 1)) break;
    const from = first + Math.floor(place * (last - first + 1 - length));
    taken.push(...tryPart(partOf(work, [from, from + length - 1], path.join(folder, `${i}`)), bench));
  }
  if (taken.length === 0) return undefined;
  return {
    secondsPerTrace: msPerTrace(taken) / 1000,
    readsHeadersFirst: pipeline.wholeGathers || input.order.length > 0 || input.select !== undefined,
  };
}

function isEnough(taken: readonly Taken[], budget: Budget, traces: number): boolean {
  return taken.length >= ENOUGH && budget.spentMs > SHARE * msPerTrace(taken) * traces;
}

/** What comes between on the way to the disk and back is not of the flow: there the middle stands for all. */
function msPerTrace(taken: readonly Taken[]): number {
  const counted = taken.length > 1 ? taken.slice(1) : taken;
  const processing = counted.reduce((sum, block) => sum + block.processing, 0) / counted.length;
  return middle(counted.map((block) => block.moving)) + processing;
}

function describe({ flow }: FlowWork) {
  const source = openDataset(flow.input.path, flow.input.read);
  return { description: source.description, close: () => source.close() };
}

/** The same flow over some traces, written elsewhere. */
function partOf(work: FlowWork, traces: readonly [number, number], stem: string): FlowWork {
  const { input, output } = work.flow;
  const ending = isDatasetName(output.path) ? ".zarr" : path.extname(output.path);
  return {
    ...work,
    flow: { ...work.flow, input: { ...input, traces }, output: { ...output, path: stem + ending } },
  };
}

function tryPart(work: FlowWork, bench: Bench): Taken[] {
  const plan = planFlow(work, bench.folder);
  try {
    for (const sink of plan.sinks) sink.create(false);
    bench.modules ??= compileKernels(kernelsOfPlan(plan));
    return runBlocks(plan, new KernelMemory(bench.memory, bench.modules, 64, "grow"), bench.budget);
  } finally {
    plan.source.close();
  }
}

function kernelsOfPlan({ pipeline, worker, sinks }: FlowPlan): string[] {
  const writers = sinks.flatMap((sink) => writerKernels(sink.plan));
  return [...kernelsOf(pipeline), ...readerKernels(worker.reader), ...writers];
}

function runBlocks({ worker }: FlowPlan, memory: KernelMemory, budget: Budget): Taken[] {
  const runner = new BlockRunner(worker, memory, () => {});
  const taken: Taken[] = [];
  try {
    for (let block = 0; block < worker.blocks.count; block++) {
      if (block > 0 && budget.isSpent) break;
      const clock = new Clock();
      const { traces } = runner.run(block, (phase) => clock.enter(phase));
      taken.push(clock.end(traces));
    }
    return taken;
  } finally {
    runner.close();
  }
}

/**
 * Time of the cores while it processes, since other work may come between; of the wall while it waits for the disk, less
 * the share that other work has of the cores.
 */
class Clock {
  readonly #moving = new Watch();
  readonly #processing = new Watch();
  #running = this.#moving;

  constructor() {
    this.#running.start();
  }

  enter(phase: BlockPhase): void {
    this.#running.stop();
    this.#running = phase === "processing" ? this.#processing : this.#moving;
    this.#running.start();
  }

  end(traces: number): Taken {
    this.#running.stop();
    const processing = Math.min(this.#processing.cores, this.#processing.wall);
    const ours = processing / Math.max(this.#processing.wall, processing, 1e-6);
    const moving = Math.max(this.#moving.cores, this.#moving.wall * ours);
    return { moving: moving / traces, processing: processing / traces };
  }
}

/** Milliseconds of the wall and of the cores. */
class Watch {
  wall = 0;
  cores = 0;

  start(): void {
    this.wall -= performance.now();
    this.cores -= coresMs();
  }

  stop(): void {
    this.wall += performance.now();
    this.cores += coresMs();
  }
}

/** What a trial may take, from now on. */
class Budget {
  readonly #wall = performance.now();
  readonly #cores = coresMs();

  get spentMs(): number {
    return coresMs() - this.#cores;
  }

  get isSpent(): boolean {
    return this.spentMs > BUDGET_MS || performance.now() - this.#wall > LONGEST_MS;
  }
}

/** Of all threads of this process: the clock of one is too coarse on some systems. */
function coresMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
}
