/**
 * Traces and spectra for the window: the gather is read and, for a preview, taken through the same code that a job's
 * workers run, in this process and with no job.
 */
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { OutputMode } from "../../../src/shared/flow/flow.ts";
import { parseSteps } from "../../../src/shared/flow/parse_flow.ts";
import {
  encodePanels,
  type GatherRequest,
  type PanelName,
  type SpectrumRequest,
  type TraceWindow,
} from "../../../src/shared/protocol/gathers.ts";
import { checkMemory } from "../../flow/blocks.ts";
import { type Pipeline, resolvePipeline } from "../../flow/pipeline.ts";
import {
  kernelsOf,
  NotFinite,
  type PortionPlan,
  type PortionResult,
  PortionRunner,
} from "../../flow/portion_runner.ts";
import { type DatasetSource, openTraceReader, readerKernels } from "../../dataset/open_source.ts";
import { TraceBlock } from "../../traces/trace_block.ts";
import type { Fetched, TraceReader } from "../../traces/trace_source.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import type { SurveyFacts } from "../../../src/shared/seismic/survey.ts";
import { compileKernels } from "../../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../../kernels/kernel_memory.ts";
import {
  GatherBuilder,
  joinPanels,
  type PanelBuilder,
  type PanelFrame,
  SpectrumBuilder,
} from "./panel_builders.ts";
import type { LookAnswer, LookAsk } from "../reading/questions.ts";
import type { Arrangement } from "./arrangement.ts";
import { firstGather } from "./first_gather.ts";
import { checkWanted } from "./given_up.ts";
import { outside } from "./outside.ts";
import { checkWord, type SurveyCache } from "./survey_cache.ts";
import { axisOf, processedAxis, requireInside, windowOn, withSpread } from "./time_window.ts";

/** Sample bytes that are read and processed at once where no process needs whole gathers. */
const PORTION_BYTES = 8 << 20;
const MEMORY_BYTES = 1 << 30;
/** Samples times processes that are read and processed in a moment. */
const QUICK_SAMPLES = 50e6;
const MOST_COLUMNS = 4096;
const MOST_ROWS = 8192;

export function panelsOf(ask: LookAsk<GatherRequest>, cache: SurveyCache): LookAnswer {
  const { columns = MOST_COLUMNS, rows = MOST_ROWS, words = [] } = ask.request;
  const { description } = cache.open(ask.request);
  for (const word of words) checkWord(word, description);
  return look(ask, cache, (frame) => new GatherBuilder(frame, columns, rows, words));
}

export function spectrumOf(ask: LookAsk<SpectrumRequest>, cache: SurveyCache): LookAnswer {
  return look(ask, cache, (frame) => new SpectrumBuilder(frame));
}

/** The traces that are shown, and those that must be processed for it: whole gathers where a process needs them. */
interface Extent {
  readonly first: number;
  readonly count: number;
  readonly there: number;
  readonly readFirst: number;
  readonly readCount: number;
}

function look(
  { request, index, mayTakeLong }: LookAsk<TraceWindow>,
  cache: SurveyCache,
  builderOf: (frame: PanelFrame) => PanelBuilder,
): LookAnswer {
  const source = cache.open(request);
  const first = request.gather === "first" ? firstGather(source, request.key) : undefined;
  const arrangement = first?.arrangement ?? cache.arrange(request, index);
  const panels = request.panels ?? ["input"];
  const shapeless = pipelineOf(request, panels, source.description);
  const extent = extentOf(request, arrangement, shapeless);
  if (!mayTakeLong && takesLong(extent, source.description, shapeless)) return "long";
  const survey = factsOf(source.description, arrangement, extent, shapeless);
  const pipeline = pipelineOf(request, panels, survey);
  const builders = panelFrames(request, panels, survey, arrangement, extent, pipeline).map((frame) => ({
    panel: frame.panel,
    builder: builderOf(frame),
  }));
  const walk = new Walk(source, survey, arrangement, pipeline, modeOf(panels), extent);
  walk.run((panel, block, first) => {
    for (const one of builders) if (one.panel === panel) clipped(one.builder, block, first, extent.count);
  }, panels);
  const { panels: headers, data } = joinPanels(builders.map((one) => one.builder));
  const firstFacts = first && { key: first.key, value: first.value, cut: first.cut };
  return encodePanels(
    { panels: headers, tracesThere: extent.there, ...(first && { first: firstFacts }) },
    data,
  );
}

/** More samples, each through more processes, than are there at once. */
function takesLong({ readCount }: Extent, { samplesPerTrace }: SurveyFacts, { steps }: Pipeline): boolean {
  return readCount * samplesPerTrace * (1 + steps.length) > QUICK_SAMPLES;
}

/** Hands on the part of the block that lies within the traces shown. */
function clipped(builder: PanelBuilder, block: TraceBlock, first: number, count: number): void {
  const from = Math.max(0, -first), to = Math.min(block.traces, count - first);
  if (to <= from) return;
  builder.add(block.part(from, to - from), first + from);
}

/** What the processes know of the traces that are read: how far apart they begin, where they are taken together. */
function factsOf(
  survey: SurveyDescription,
  { startsMs }: Arrangement,
  { readFirst, readCount }: Extent,
  { wholeGathers }: Pipeline,
): SurveyFacts {
  return wholeGathers ? withSpread(survey, startsMs(readFirst, readCount)) : survey;
}

/** Each panel on the time axis of the traces it shows. */
function panelFrames(
  request: TraceWindow,
  panels: readonly PanelName[],
  survey: SurveyFacts,
  { startsMs }: Arrangement,
  { first, count, readFirst, readCount }: Extent,
  { output, oneTracePerGather }: Pipeline,
): PanelFrame[] {
  const input = axisOf(startsMs(first, count), survey);
  requireInside(request, survey, input);
  return panels.map((panel) => {
    const one = panel === "processed" && oneTracePerGather;
    const starts = one ? startsMs(readFirst, readCount) : startsMs(first, count);
    const axis = panel === "processed" ? processedAxis(starts, survey, output, one) : input;
    return { panel, traces: one ? 1 : count, shown: windowOn(axis, request, survey), axis };
  });
}

/** The processes are parsed as those of a flow document. */
function pipelineOf(request: TraceWindow, panels: readonly PanelName[], survey: SurveyFacts): Pipeline {
  const processes = panels.some((panel) => panel !== "input") ? request.processes ?? [] : [];
  return resolvePipeline(parseSteps(processes), modeOf(panels), survey);
}

function modeOf(panels: readonly PanelName[]): OutputMode {
  return panels.includes("noise") ? "both" : "processed";
}

function extentOf(request: TraceWindow, arrangement: Arrangement, pipeline: Pipeline): Extent {
  const { firstTrace = 0 } = request, { gathers, traces } = arrangement;
  const gather = request.gather === "first" ? 0 : request.gather;
  if (gather !== undefined && gather >= gathers) throw outside("gather", gathers - 1, gather);
  const { start, end } = gather === undefined ? { start: 0, end: traces } : arrangement.gather(gather);
  const there = end - start;
  if (firstTrace >= there) throw outside("firstTrace", there - 1, firstTrace);
  const count = Math.min(request.traces ?? there, there - firstTrace);
  const first = start + firstTrace;
  const whole = pipeline.wholeGathers && gather !== undefined;
  return { first, count, there, readFirst: whole ? start : first, readCount: whole ? there : count };
}

type Show = (panel: PanelName, block: TraceBlock, first: number) => void;

const memory = createSharedMemory(0);
const modules = new Map<string, WebAssembly.Module>();

/** One pass over the traces of a request. */
class Walk {
  readonly #portion: number;

  constructor(
    readonly source: DatasetSource,
    readonly survey: SurveyFacts,
    readonly arrangement: Arrangement,
    readonly pipeline: Pipeline,
    readonly mode: OutputMode,
    readonly extent: Extent,
  ) {
    const { samplesPerTrace } = survey;
    const fitting = Math.max(8, Math.floor(PORTION_BYTES / (4 * samplesPerTrace)));
    this.#portion = pipeline.wholeGathers ? extent.readCount : Math.min(extent.readCount, fitting);
    const buffers = 4 + pipeline.steps.length;
    checkMemory(this.#portion * samplesPerTrace * 4 * buffers, MEMORY_BYTES, this.#portion);
  }

  run(show: Show, panels: readonly PanelName[]): void {
    const names = [...readerKernels(this.source.plan), ...kernelsOf(this.pipeline)];
    for (const name of names) if (!modules.has(name)) modules.set(name, only(compileKernels([name])));
    const arena = new KernelMemory(memory, modules, 64, "grow");
    const reader = openTraceReader(this.source.plan, arena);
    try {
      this.#walk(reader, arena, show, panels);
    } finally {
      reader.close();
    }
  }

  #walk(reader: TraceReader, arena: KernelMemory, show: Show, panels: readonly PanelName[]): void {
    const staging = arena.allocate(reader.stagingBytes(this.#portion), 64);
    const input = panels.includes("input")
      ? arena.allocate(this.#portion * this.survey.samplesPerTrace * 4, 64)
      : 0;
    const runner = panels.some((panel) => panel !== "input")
      ? new PortionRunner(this.#portionPlan(), { memory: arena, stopCheck: checkWanted, remark: () => {} })
      : undefined;
    const { first, readFirst, readCount } = this.extent;
    for (let done = 0; done < readCount; done += this.#portion) {
      checkWanted();
      const count = Math.min(this.#portion, readCount - done);
      const fetched = reader.fetch(this.arrangement.select(readFirst + done, count), staging);
      const place = readFirst + done - first;
      if (input > 0) show("input", this.#decode(fetched, count, input), place);
      const result = runner && this.#process(runner, fetched, count, place);
      if (result === undefined) continue;
      show("processed", result.processed, this.pipeline.oneTracePerGather ? 0 : place);
      if (result.noise !== null) show("noise", result.noise, place);
    }
  }

  #process(runner: PortionRunner, fetched: Fetched, count: number, place: number): PortionResult {
    try {
      return runner.run(fetched, 0, count);
    } catch (error) {
      if (!(error instanceof NotFinite)) throw error;
      const trace = place + error.traceInPortion + 1, { name: file } = this.survey;
      const message =
        `Cannot process trace ${trace} of what is shown of ${file}: expected finite samples, found ` +
        `${error.count} that are NaN or infinite: mend or kill the trace`;
      throw new SeisProcError("samples-not-finite", message, { file, trace, count: error.count }, error);
    }
  }

  /** As it lies in the file, also samples that are no numbers. */
  #decode(fetched: Fetched, traces: number, address: number): TraceBlock {
    fetched.decode(0, traces, address);
    return new TraceBlock(memory, address, this.survey.samplesPerTrace, fetched.records.slice(0, traces));
  }

  #portionPlan(): PortionPlan {
    return {
      processes: this.pipeline.steps.map(({ spec, values }) => ({ process: spec.id, parameters: values })),
      mode: this.mode,
      survey: this.survey,
      largestPortion: this.#portion,
    };
  }
}

function only<K, V>(map: ReadonlyMap<K, V>): V {
  const [value] = map.values();
  return value;
}
