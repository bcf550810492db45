/** Header words as the window gets them: columns of many traces for plots, all words of one trace. */
import type { TraceWords } from "../../../src/shared/protocol/commands.ts";
import {
  type ColumnsRequest,
  DEFAULT_POINTS,
  encodeColumns,
} from "../../../src/shared/protocol/header_columns.ts";
import { applyScalar } from "../../../src/shared/seismic/trace_header.ts";
import type { DatasetSource } from "../../dataset/open_source.ts";
import type { LookAnswer, LookAsk, TraceWordsAsk } from "../reading/questions.ts";
import { checkWanted } from "./given_up.ts";
import { outside } from "./outside.ts";
import { checkWord, type SurveyCache } from "./survey_cache.ts";
import { Thinner } from "./thinner.ts";

/** Traces whose headers are read in a moment. */
const QUICK_BYTES = 256 << 20;
const BLOCK_BYTES = 8 << 20;

export function columnsOf({ request, mayTakeLong }: LookAsk<ColumnsRequest>, cache: SurveyCache): LookAnswer {
  const source = cache.open(request), { description } = source;
  for (const word of request.words) checkWord(word, description);
  const { firstTrace = 0, points = DEFAULT_POINTS } = request;
  if (firstTrace >= description.traces) throw outside("firstTrace", description.traces - 1, firstTrace);
  const traces = Math.min(request.traces ?? description.traces, description.traces - firstTrace);
  if (!mayTakeLong && traces * traceBytes(source) > QUICK_BYTES) return "long";
  const thinner = new Thinner(request.words.length, traces, points);
  eachBlock(source, firstTrace, traces, (first, count) => {
    thinner.take(first - firstTrace, readWords(source, request, first, count));
  });
  const { places, values } = thinner.finish();
  const header = { words: request.words, points: places.length, traces };
  return encodeColumns({ header, traces: places.map((place) => place + firstTrace), words: values });
}

/** Every word of a trace, as stored and with its scalar; `trace` counts within the gather, or in the order. */
export function traceWords({ request, index }: TraceWordsAsk, cache: SurveyCache): TraceWords {
  const source = cache.open(request), arrangement = cache.arrange(request, index);
  const { gather, trace } = request, { gathers } = arrangement;
  if (gather !== undefined && gather >= gathers) throw outside("gather", gathers - 1, gather);
  const { start, end } = gather === undefined
    ? { start: 0, end: arrangement.traces }
    : arrangement.gather(gather);
  if (trace >= end - start) throw outside("trace", end - start - 1, trace);
  const selection = arrangement.select(start + trace, 1);
  const number = selection.kind === "run" ? selection.first : selection.traces[0];
  const { words } = source.description;
  const stored = source.readWords(words.map(({ name }) => name), number, 1).map(([value]) => value);
  const valueOf = new Map(words.map(({ name }, i) => [name, stored[i]]));
  return {
    trace: number,
    words: words.map(({ name, byte, type, title, scaledBy }, i) => {
      const value = scaledBy ? applyScalar(stored[i], valueOf.get(scaledBy) ?? 0) : stored[i];
      return { name, byte, type, title, stored: stored[i], value };
    }),
  };
}

function readWords(
  source: DatasetSource,
  { words, stored = false }: ColumnsRequest,
  first: number,
  count: number,
): Float64Array[] {
  const { table } = source.description;
  const found = words.map((name) => table.find(name)).filter((word) => word !== undefined);
  const scalars = stored ? [] : [...new Set(found.flatMap(({ scaledBy }) => scaledBy ?? []))];
  const columns = source.readWords([...found.map(({ name }) => name), ...scalars], first, count);
  return found.map(({ scaledBy }, i) => {
    if (stored || scaledBy === undefined) return columns[i];
    const scalar = columns[found.length + scalars.indexOf(scaledBy)];
    return columns[i].map((value, trace) => applyScalar(value, scalar[trace]));
  });
}

function traceBytes({ description: { recordBytes, samplesPerTrace } }: DatasetSource): number {
  return recordBytes + 4 * samplesPerTrace;
}

function eachBlock(
  source: DatasetSource,
  first: number,
  count: number,
  use: (first: number, count: number) => void,
): void {
  const most = Math.max(256, Math.floor(BLOCK_BYTES / traceBytes(source)));
  for (let done = 0; done < count; done += most) {
    checkWanted();
    use(first + done, Math.min(most, count - done));
  }
}
