/** Plans a flow: input opened and sorted, gathers found, blocks cut, outputs described. */
import path from "node:path";
import type { FlowOutput } from "../../src/shared/flow/flow.ts";
import type { Work } from "../../src/shared/job/work.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import { isSuName } from "../../src/shared/seismic/header_kind.ts";
import { SORTING_WORDS } from "../../src/shared/seismic/trace_sorting.ts";
import { chooseFrom, type ChosenSource } from "../dataset/choice/chosen_source.ts";
import { traceAt } from "../dataset/choice/chosen_traces.ts";
import { findGathers, type KeyReader } from "../dataset/gathers.ts";
import { createSink, type DatasetSink } from "../dataset/open_sink.ts";
import { openDataset, type ReaderPlan } from "../dataset/open_source.ts";
import { START_WORDS, TraceStarts } from "../dataset/trace_starts.ts";
import { makeSortIndex, parseSortKey, readSortIndex, type SortKey } from "../dataset/sort_index.ts";
import { outputsOf } from "../dataset/work_paths.ts";
import type { TraceSource } from "../traces/trace_source.ts";
import type { OutputDescription } from "../traces/trace_sink.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";
import { PROGRAM_VERSION } from "../version.ts";
import {
  blocksOfGathers,
  blocksOfTraces,
  type BlockTable,
  largestBlock,
  largestGather,
  sharedChecksums,
  sharedUint32,
} from "./blocks.ts";
import { checkGatherKey, checkOrderWords, checkWord } from "./check_order.ts";
import { kindWarnings } from "./header_kinds.ts";
import { historyLines } from "./history.ts";
import { type Pipeline, resolvePipeline } from "./pipeline.ts";
import type { PlanParts } from "./plan_fingerprint.ts";
import { axisWarnings, outputWarnings } from "./output_warnings.ts";
import { tracesPerPortion } from "./portions.ts";
import { movesWords, readingWords, writingWords } from "./whole_numbers.ts";
import type { WorkerPlan } from "./worker_plan.ts";

export type FlowWork = Extract<Work, { kind: "flow" }>;

/** A flow made ready to run: what each worker gets, and the main thread's ends of input and output. */
export interface FlowPlan {
  readonly pipeline: Pipeline;
  readonly source: ChosenSource<ReaderPlan>;
  readonly sinks: readonly DatasetSink[];
  readonly outputs: readonly OutputDescription[];
  readonly worker: WorkerPlan;
  readonly gathers: number;
  /** What is odd about the input, and what is done about it. */
  readonly warnings: readonly string[];
  /** What a checkpoint belongs to: input, flow, version and partition. */
  readonly parts: PlanParts;
}

/** Processing order and gathers of a flow. */
interface Arrangement {
  readonly order: string | null;
  /** Null: each trace by itself. */
  readonly gatherStarts: Uint32Array | null;
  /** How far apart traces of one gather begin, where processes take gathers. */
  readonly startSpreadMs: number;
}

/** Plans a flow in the job's folder, where the sort index goes; opens the input, creates nothing of the output. */
export function planFlow(work: FlowWork, folder: string): FlowPlan {
  const { flow } = work;
  const input = openDataset(flow.input.path, flow.input.read);
  const source = chooseFrom(input, flow.input, path.join(folder, "chosen"));
  const survey = source.description;
  const shapeless = resolvePipeline(flow.processes, flow.output.mode, survey);
  const arrangement = arrange(work, source, shapeless, folder);
  const facts = factsOf(survey, arrangement);
  const pipeline = resolvePipeline(flow.processes, flow.output.mode, facts);
  const table = blockTable(survey, pipeline, arrangement);
  const gathers = table.firstGather[table.count];
  const outputs = outputDescriptions(work, survey, pipeline, gathers);
  const sinks = outputs.map(createSink);
  const [processed, noise] = flow.output.mode === "noise" ? [undefined, sinks[0]] : sinks;
  const asWords = movesWords(flow, survey);
  const worker: WorkerPlan = {
    reader: asWords ? readingWords(source.plan) : source.plan,
    processed: processed ? (asWords ? writingWords(processed.plan) : processed.plan) : null,
    noise: noise?.plan ?? null,
    mode: flow.output.mode,
    format: flow.output.format,
    processes: flow.processes,
    survey: facts,
    asWords,
    onError: work.onError,
    blocks: table,
    checksums: sharedChecksums(table.count, sinks.length),
    largestBlock: largestBlock(table),
    largestPortion: pipeline.wholeGathers && arrangement.gatherStarts
      ? largestGather(arrangement.gatherStarts)
      : tracesPerPortion(Math.max(survey.samplesPerTrace, pipeline.output.samplesPerTrace)),
    gatherStarts: pipeline.wholeGathers ? arrangement.gatherStarts : null,
    order: arrangement.order,
    chosen: source.chosen,
  };
  return {
    pipeline,
    source,
    sinks,
    outputs,
    worker,
    gathers,
    warnings: [
      ...survey.warnings,
      ...kindWarnings(flow, input),
      ...outputWarnings(flow, survey),
      ...axisWarnings(pipeline, facts),
    ],
    parts: partsOf(work, survey, table),
  };
}

function arrange(
  work: FlowWork,
  source: ChosenSource<ReaderPlan>,
  pipeline: Pipeline,
  folder: string,
): Arrangement {
  const { description } = source;
  const keys = work.flow.input.order.map(parseSortKey);
  checkOrderWords(keys, description);
  const gatherKey = pipeline.gatherKey ?? keys[0]?.word ??
    (pipeline.wholeGathers ? naturalKey(source) : undefined);
  if (gatherKey !== undefined) checkWord(gatherKey, description, "processes");
  const starts = pipeline.wholeGathers ? new TraceStarts(description.traces) : undefined;
  if (keys.length > 0) {
    checkGatherKey(gatherKey, keys[0].word, description);
    return sorted(source, keys, starts, path.join(folder, "order"));
  }
  if (gatherKey === undefined) return { order: null, gatherStarts: null, startSpreadMs: 0 };
  return inFileOrder(source, gatherKey, starts, pipeline.gatherKey !== undefined);
}

function sorted(
  source: ChosenSource<ReaderPlan>,
  keys: readonly SortKey[],
  starts: TraceStarts | undefined,
  file: string,
): Arrangement {
  const readKeys = keyReader(source, keys.map((key) => key.word), starts);
  const { gatherStarts } = makeSortIndex({ traces: source.description.traces, keys, readKeys, file });
  const readOrder = (first: number, count: number) => readSortIndex(file, first, count);
  const startSpreadMs = starts?.spreadMs(gatherStarts, readOrder) ?? 0;
  return { order: file, gatherStarts: sharedUint32(gatherStarts), startSpreadMs };
}

function inFileOrder(
  source: ChosenSource<ReaderPlan>,
  key: string,
  starts: TraceStarts | undefined,
  refuseSplit: boolean,
): Arrangement {
  const gatherStarts = findGathers({
    traces: source.description.traces,
    keys: [key],
    readKeys: keyReader(source, [key], starts),
    name: source.description.name,
    refuseSplit,
    traceAt: (place) => traceAt(source.chosen, place),
  });
  const startSpreadMs = starts?.spreadMs(gatherStarts, null) ?? 0;
  return { order: null, gatherStarts: sharedUint32(gatherStarts), startSpreadMs };
}

/** Reads keys and, in the same pass, when traces begin, where that is wanted. */
function keyReader(
  source: TraceSource,
  words: readonly string[],
  starts: TraceStarts | undefined,
): KeyReader {
  if (starts === undefined) return (first, count) => source.readWords(words, first, count);
  return (first, count) => {
    const columns = source.readWords([...words, ...START_WORDS], first, count);
    starts.take(first, columns.slice(words.length));
    return columns.slice(0, words.length);
  };
}

/** What a gather is in a file whose flow names no order: what the header says, else shots if they vary, else cdps. */
function naturalKey(source: TraceSource): string {
  const { binaryHeader, sortOrder, traces } = source.description;
  if (sortOrder && sortOrder.length > 0) return parseSortKey(sortOrder[0]).word;
  const code = binaryHeader[28] * 256 + binaryHeader[29];
  const named = SORTING_WORDS.get(code);
  if (named) return named;
  const shots = source.readWord("fldr", 0, Math.min(traces, 10_000));
  return shots.some((shot) => shot !== shots[0]) ? "fldr" : "cdp";
}

function blockTable(
  survey: SurveyDescription,
  pipeline: Pipeline,
  { gatherStarts }: Arrangement,
): BlockTable {
  const samples = Math.max(survey.samplesPerTrace, pipeline.output.samplesPerTrace);
  const traceBytes = survey.recordBytes + samples * 4;
  if (!gatherStarts || !pipeline.wholeGathers) return blocksOfTraces(survey.traces, traceBytes, gatherStarts);
  return blocksOfGathers(gatherStarts, traceBytes, pipeline.oneTracePerGather);
}

function outputDescriptions(
  work: FlowWork,
  source: SurveyDescription,
  pipeline: Pipeline,
  gathers: number,
): OutputDescription[] {
  const { flow } = work;
  const traces = pipeline.oneTracePerGather ? gathers : source.traces;
  const description = (file: string, noise: boolean): OutputDescription => ({
    path: file,
    traces,
    ...pipeline.output,
    source,
    history: historyLines(work, source, PROGRAM_VERSION, noise),
    flow,
    sampleFormat: flow.output.format,
    ...(flow.output.text && { text: flow.output.text }),
    littleEndian: isLittle(flow.output),
    order: flow.input.order,
    stacked: pipeline.oneTracePerGather,
  });
  const { mode } = flow.output;
  return outputsOf(work).map((file, i) => description(file, mode === "noise" || i > 0));
}

function partsOf(work: FlowWork, survey: SurveyDescription, table: BlockTable): PlanParts {
  const { bytes, modifiedMs, headerHash, path: input } = survey.fingerprint;
  return {
    "version of SeisProc": PROGRAM_VERSION,
    "input path": input,
    "input size": bytes,
    "input time": modifiedMs,
    "input headers": headerHash,
    "flow": JSON.stringify([work.flow, work.onError]),
    "count of blocks": table.count,
  };
}

/** As asked, else as is usual: SEG-Y big-endian, Seismic Unix as the machines are that it runs on. */
function isLittle({ path: file, endian }: FlowOutput): boolean {
  return endian === undefined ? isSuName(file) : endian === "little";
}

/** The facts alone, which can be posted to a worker. */
function factsOf(survey: SurveyDescription, { startSpreadMs }: Arrangement): SurveyFacts {
  const { name, traces, samplesPerTrace, intervalUs, startMs, lengthUnit, words } = survey;
  const facts = { name, traces, samplesPerTrace, intervalUs, startMs, lengthUnit, words };
  return startSpreadMs > 0 ? { ...facts, startSpreadMs } : facts;
}
