/** Header words of chosen traces, portion by portion, so that a table of any size needs little memory. */
import type { TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import type { TraceSource } from "../../traces/trace_source.ts";
import { chosenRange, selectTraces } from "./choose_traces.ts";

export interface HeaderRows {
  /** Numbers of the traces in the file, from 0. */
  readonly traces: ArrayLike<number>;
  /** Values as stored, one array for each word. */
  readonly columns: readonly Float64Array[];
}

/** Traces and values that a portion holds at most. */
const PORTION_TRACES = 1 << 13;
const PORTION_VALUES = 1 << 18;

/**
 * Hands on the words of the traces that a choice takes, in the order of the file; returns how many traces they are.
 * @throws `traces-outside`, `expression-invalid`, `nothing-selected`, `header-word-unknown`
 */
export function readHeaderRows(
  source: TraceSource,
  choice: TraceChoice,
  words: readonly string[],
  use: (rows: HeaderRows) => void,
): number {
  const range = chosenRange(source, choice);
  const portion = Math.min(PORTION_TRACES, Math.ceil(PORTION_VALUES / Math.max(1, words.length)));
  if (choice.select !== undefined) {
    return selectTraces(source, choice.select, range, (numbers) => {
      for (const part of parts(numbers, portion)) use(pick(source, words, part));
    });
  }
  for (let done = 0; done < range.count; done += portion) {
    const first = range.first + done, count = Math.min(portion, range.count - done);
    const traces = Float64Array.from({ length: count }, (_, i) => first + i);
    use({ traces, columns: source.readWords(words, first, count) });
  }
  return range.count;
}

/** Runs of rising numbers that span at most `most` traces. */
function* parts(numbers: Uint32Array, most: number): Generator<Uint32Array> {
  for (let start = 0; start < numbers.length;) {
    let end = start + 1;
    while (end < numbers.length && numbers[end] - numbers[start] < most) end++;
    yield numbers.slice(start, end);
    start = end;
  }
}

function pick(source: TraceSource, words: readonly string[], traces: Uint32Array): HeaderRows {
  const first = traces[0], last = traces[traces.length - 1];
  const read = source.readWords(words, first, last - first + 1);
  const columns = read.map((column) => Float64Array.from(traces, (trace) => column[trace - first]));
  return { traces, columns };
}
