/** Traces read and taken through processes for the window, by the code that a job's workers run and with no job. */
import type { OutputMode } from "../../../src/shared/flow/flow.ts";
import type { FailedTrace, PanelName } from "../../../src/shared/protocol/gathers.ts";
import type { SurveyFacts } from "../../../src/shared/seismic/survey.ts";
import { type DatasetSource, openTraceReader, readerKernels } from "../../dataset/open_source.ts";
import { checkMemory } from "../../flow/blocks.ts";
import type { Pipeline } from "../../flow/pipeline.ts";
import { kernelsOf, NotFinite, type PortionResult, PortionRunner } from "../../flow/portion_runner.ts";
import { compileKernels } from "../../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../../kernels/kernel_memory.ts";
import { TraceBlock } from "../../traces/trace_block.ts";
import type { Fetched, TraceReader } from "../../traces/trace_source.ts";
import type { Arrangement } from "./arrangement.ts";
import type { Extent } from "./extent.ts";
import { checkWanted } from "./given_up.ts";

/** Sample bytes that are read and processed at once where no process needs whole gathers. */
const PORTION_BYTES = 8 << 20;
const MEMORY_BYTES = 1 << 30;

/** What is read, and what it goes through. */
export interface WalkPlan {
  readonly source: DatasetSource;
  readonly survey: SurveyFacts;
  readonly arrangement: Arrangement;
  readonly pipeline: Pipeline;
  readonly mode: OutputMode;
  readonly extent: Extent;
}

/** Takes traces of a panel from number `first` of what is shown on; it may be below zero. */
export type Show = (panel: PanelName, block: TraceBlock, first: number) => void;

const memory = createSharedMemory(0);
const modules = new Map<string, WebAssembly.Module>();

/** One pass over the traces of a request. */
export class Walk {
  /** Traces that could not be processed, by their number in what is shown. */
  readonly failed: FailedTrace[] = [];
  readonly #plan: WalkPlan;
  readonly #portion: number;

  constructor(plan: WalkPlan) {
    this.#plan = plan;
    const { pipeline, extent, survey: { samplesPerTrace } } = plan;
    const fitting = Math.max(8, Math.floor(PORTION_BYTES / (4 * samplesPerTrace)));
    this.#portion = pipeline.wholeGathers ? extent.readCount : Math.min(extent.readCount, fitting);
    const buffers = 4 + pipeline.steps.length;
    checkMemory(this.#portion * samplesPerTrace * 4 * buffers, MEMORY_BYTES, this.#portion);
  }

  run(show: Show, panels: readonly PanelName[]): void {
    const { source, pipeline } = this.#plan;
    const names = [...readerKernels(source.plan), ...kernelsOf(pipeline)];
    for (const name of names) if (!modules.has(name)) modules.set(name, only(compileKernels([name])));
    const arena = new KernelMemory(memory, modules, 64, "grow");
    const reader = openTraceReader(source.plan, arena);
    try {
      this.#walk(reader, arena, show, panels);
    } finally {
      reader.close();
    }
  }

  #walk(reader: TraceReader, arena: KernelMemory, show: Show, panels: readonly PanelName[]): void {
    const { pipeline, arrangement, survey, extent: { first, readFirst, readCount } } = this.#plan;
    const staging = arena.allocate(reader.stagingBytes(this.#portion), 64);
    const input = panels.includes("input")
      ? arena.allocate(this.#portion * survey.samplesPerTrace * 4, 64)
      : 0;
    const runner = panels.some((panel) => panel !== "input") ? this.#runner(arena) : undefined;
    for (let done = 0; done < readCount; done += this.#portion) {
      checkWanted();
      const count = Math.min(this.#portion, readCount - done), place = readFirst + done - first;
      const fetched = reader.fetch(arrangement.select(readFirst + done, count), staging);
      if (input > 0) show("input", this.#decode(fetched, count, input), place);
      const result = runner && this.#process(runner, fetched, count, place);
      if (result === undefined) continue;
      show("processed", result.processed, pipeline.oneTracePerGather ? 0 : place);
      if (result.noise !== null) show("noise", result.noise, place);
    }
  }

  #runner(arena: KernelMemory): PortionRunner {
    const { pipeline, mode, survey } = this.#plan;
    const processes = pipeline.steps.map(({ spec, values }) => ({ process: spec.id, parameters: values }));
    const plan = { processes, mode, survey, largestPortion: this.#portion };
    return new PortionRunner(plan, { memory: arena, stopCheck: checkWanted, remark: () => {} });
  }

  /** Samples that are no numbers fail their trace alone: a job would stop there, and what is shown says so. */
  #process(runner: PortionRunner, fetched: Fetched, count: number, place: number): PortionResult {
    try {
      return runner.run(fetched, 0, count);
    } catch (error) {
      if (!(error instanceof NotFinite)) throw error;
    }
    const killed = new KilledTraces(fetched, memory, this.#plan.survey.samplesPerTrace);
    const result = runner.run(killed, 0, count);
    for (const [trace, found] of killed.traces) {
      this.failed.push({ trace: place + trace, reason: notFiniteReason(found) });
      if (this.#plan.pipeline.oneTracePerGather) continue;
      result.processed.row(trace).fill(NaN);
      result.noise?.row(trace).fill(NaN);
    }
    return result;
  }

  /** As it lies in the file, also samples that are no numbers. */
  #decode(fetched: Fetched, traces: number, address: number): TraceBlock {
    fetched.decode(0, traces, address);
    const { samplesPerTrace } = this.#plan.survey;
    return new TraceBlock(memory, address, samplesPerTrace, fetched.records.slice(0, traces));
  }
}

/** Traces as they were read, but those with samples that are no numbers are zero, as if they were killed. */
class KilledTraces implements Fetched {
  /** Samples that are no numbers, by trace. */
  readonly traces = new Map<number, number>();

  constructor(
    readonly fetched: Fetched,
    readonly memory: WebAssembly.Memory,
    readonly samplesPerTrace: number,
  ) {}

  get bytes(): number {
    return this.fetched.bytes;
  }

  get records() {
    return this.fetched.records;
  }

  decode(first: number, traces: number, address: number): number {
    this.fetched.decode(first, traces, address);
    for (let trace = 0; trace < traces; trace++) {
      const at = address + trace * this.samplesPerTrace * 4;
      const row = new Float32Array(this.memory.buffer, at, this.samplesPerTrace);
      const found = row.reduce((count, sample) => Number.isFinite(sample) ? count : count + 1, 0);
      if (found === 0) continue;
      row.fill(0);
      this.traces.set(first + trace, found);
    }
    return 0;
  }
}

function notFiniteReason(count: number): string {
  const samples = count === 1 ? "1 sample is" : `${count} samples are`;
  return `${samples} NaN or infinite: a job stops here unless the trace is mended or killed`;
}

function only<K, V>(map: ReadonlyMap<K, V>): V {
  const [value] = map.values();
  return value;
}
