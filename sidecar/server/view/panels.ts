/** Traces and spectra for the window: which traces a request means, what they go through, and the panels they become. */
import type { OutputMode } from "../../../src/shared/flow/flow.ts";
import { parseSteps } from "../../../src/shared/flow/parse_flow.ts";
import {
  encodePanels,
  type FailedTrace,
  type GatherRequest,
  type PanelHeader,
  type PanelName,
  type SpectrumRequest,
  type TraceWindow,
} from "../../../src/shared/protocol/gathers.ts";
import { type Pipeline, reshapingStep, resolvePipeline } from "../../flow/pipeline.ts";
import type { DatasetSource } from "../../dataset/open_source.ts";
import type { TraceBlock } from "../../traces/trace_block.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import type { SurveyFacts } from "../../../src/shared/seismic/survey.ts";
import type { LookAnswer, LookAsk } from "../reading/questions.ts";
import type { Arrangement } from "./arrangement.ts";
import { fittingSize, GatherBuilder } from "./builders/gather_builder.ts";
import { joinPanels, type PanelBuilder, type PanelFrame } from "./builders/panel_builder.ts";
import { SpectrumBuilder } from "./builders/spectrum_builder.ts";
import { type Extent, extentOf, placesOf, type StackedGathers, stackedGathers } from "./extent.ts";
import { firstGather } from "./first_gather.ts";
import { checkWord, type SurveyCache } from "./survey_cache.ts";
import { axisOf, processedAxis, requireInside, windowOn, withSpread } from "./time_window.ts";
import { Walk } from "./walk.ts";

/** Samples times processes that are read and processed in a moment. */
const QUICK_SAMPLES = 50e6;
const MOST_COLUMNS = 4096;
const MOST_ROWS = 8192;

export function panelsOf(ask: LookAsk<GatherRequest>, cache: SurveyCache): LookAnswer {
  const { columns = MOST_COLUMNS, rows = MOST_ROWS, words = [] } = ask.request;
  const { description } = cache.open(ask.request);
  for (const word of words) checkWord(word, description);
  return look(ask, cache, (frames) => {
    const fitting = fittingSize(frames, columns, rows);
    return {
      builders: frames.map((frame) => new GatherBuilder(frame, fitting.columns, fitting.rows, words)),
      isReducedFurther: fitting.columns < columns || fitting.rows < rows,
    };
  });
}

export function spectrumOf(ask: LookAsk<SpectrumRequest>, cache: SurveyCache): LookAnswer {
  return look(ask, cache, (frames) => ({
    builders: frames.map((frame) => new SpectrumBuilder(frame)),
    isReducedFurther: false,
  }));
}

interface Builders {
  readonly builders: readonly PanelBuilder[];
  readonly isReducedFurther: boolean;
}

function look(
  { request, index, mayTakeLong }: LookAsk<TraceWindow & Pick<GatherRequest, "neighbours">>,
  cache: SurveyCache,
  buildersOf: (frames: readonly PanelFrame[]) => Builders,
): LookAnswer {
  const source = cache.open(request);
  const first = request.gather === "first" ? firstGather(source, request.key) : undefined;
  const arrangement = first?.arrangement ?? cache.arrange(request, index);
  const { panels, absent, pipeline: shapeless } = possiblePanels(request, source.description);
  const extent = extentOf(request, arrangement, shapeless);
  const stack = stackedGathers(request, arrangement, shapeless, panels);
  const readCount = stack === null ? extent.readCount : placesOf(arrangement, stack);
  if (!mayTakeLong && takesLong(readCount, source.description, shapeless)) return "long";
  const seen: Seen = { request, source, arrangement, panels };
  const survey = factsOf(source.description, arrangement, extent, shapeless);
  const pipeline = pipelineOf(request, panels, survey);
  const frames = panelFrames(seen, survey, extent, pipeline, stack);
  const { builders, isReducedFurther } = buildersOf(frames);
  const failed = stack === null
    ? walkOnce(seen, survey, extent, pipeline, builders)
    : walkStack(seen, stack, extent, builders);
  const { panels: headers, data } = joinPanels(builders);
  return encodePanels({
    panels: headers.map((header) => withFailures(header, failed, stack)),
    tracesThere: extent.there,
    stamp: cache.stamp(request),
    ...(absent.length > 0 && { absent }),
    ...(isReducedFurther && { reducedFurther: true as const }),
    ...(first && { first: { key: first.key, value: first.value, cut: first.cut } }),
  }, data);
}

/** What a request is about. */
interface Seen {
  readonly request: TraceWindow;
  readonly source: DatasetSource;
  readonly arrangement: Arrangement;
  readonly panels: readonly PanelName[];
}

/** The panels that can be: there is no noise where a flow changes the shape of traces. */
function possiblePanels(request: TraceWindow, survey: SurveyDescription) {
  const asked = request.panels ?? ["input"];
  const through = asked.some((panel) => panel !== "input") ? request.processes : [];
  const pipeline = resolvePipeline(parseSteps(through ?? []), "processed", survey);
  const reshaping = asked.includes("noise") ? reshapingStep(pipeline, survey) : undefined;
  if (reshaping === undefined) return { panels: asked, absent: [], pipeline };
  const reason = `input minus processed needs traces of one shape, and ${reshaping.spec.id} changes it`;
  const panels = asked.filter((panel) => panel !== "noise");
  // With nothing else to show it is refused.
  if (panels.length === 0) pipelineOf(request, asked, survey);
  return { panels, absent: [{ panel: "noise" as const, reason }], pipeline };
}

/** Returns traces that could not be processed. */
function walkOnce(
  { source, arrangement, panels }: Seen,
  survey: SurveyFacts,
  extent: Extent,
  pipeline: Pipeline,
  builders: readonly PanelBuilder[],
): readonly FailedTrace[] {
  const walk = new Walk({ source, survey, arrangement, pipeline, mode: modeOf(panels), extent });
  walk.run((panel, block, first) => {
    const builder = builders[panels.indexOf(panel)];
    if (builder !== undefined) clipped(builder, block, first, extent.count);
  }, panels);
  return walk.failed;
}

/** Gather by gather, each of which becomes one trace. */
function walkStack(
  { request, source, arrangement, panels }: Seen,
  { first, end, present }: StackedGathers,
  shown: Extent,
  builders: readonly PanelBuilder[],
): readonly FailedTrace[] {
  const failed: FailedTrace[] = [];
  for (let gather = first; gather < end; gather++) {
    const isPresent = gather - first === present, wanted = isPresent ? panels : ["processed" as const];
    const { start, end: last } = arrangement.gather(gather), count = last - start;
    const whole = { first: start, count, there: count, readFirst: start, readCount: count };
    const survey = factsOf(
      source.description,
      arrangement,
      whole,
      pipelineOf(request, wanted, source.description),
    );
    const pipeline = pipelineOf(request, wanted, survey);
    const walk = new Walk({ source, survey, arrangement, pipeline, mode: "processed", extent: whole });
    walk.run((panel, block, place) => {
      const builder = builders[panels.indexOf(panel)];
      if (panel === "processed") builder?.add(block, gather - first);
      else if (builder !== undefined) clipped(builder, block, place + start - shown.first, shown.count);
    }, wanted);
    failed.push(...walk.failed.slice(0, 1).map(({ reason }) => ({ trace: gather - first, reason })));
  }
  return failed;
}

/** What could not be processed is told with the panels that it is missing from. */
function withFailures(
  header: PanelHeader,
  failed: readonly FailedTrace[],
  stack: StackedGathers | null,
): PanelHeader {
  if (header.panel === "input") return header;
  const gathers = stack !== null && header.panel === "processed"
    ? { gathers: { first: stack.first, present: stack.present } }
    : {};
  return { ...header, ...gathers, ...(failed.length > 0 && { failed }) };
}

/** More samples, each through more processes, than are there at once. */
function takesLong(readCount: number, { samplesPerTrace }: SurveyFacts, { steps }: Pipeline): boolean {
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
  { request, panels, arrangement: { startsMs } }: Seen,
  survey: SurveyFacts,
  { first, count, readFirst, readCount }: Extent,
  { output, oneTracePerGather }: Pipeline,
  stack: StackedGathers | null,
): PanelFrame[] {
  const input = axisOf(startsMs(first, count), survey);
  requireInside(request, survey, input);
  return panels.map((panel) => {
    const one = panel === "processed" && oneTracePerGather;
    const starts = one ? startsMs(readFirst, readCount) : startsMs(first, count);
    const axis = panel === "processed" ? processedAxis(starts, survey, output, one) : input;
    const traces = !one ? count : stack === null ? 1 : stack.end - stack.first;
    return { panel, traces, shown: windowOn(axis, request, survey), axis };
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
