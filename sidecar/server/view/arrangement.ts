/** How the traces of a survey lie in gathers, from an index that may still be in the making. */
import { delayMs } from "../../../src/shared/seismic/geometry.ts";
import type { DatasetSource } from "../../dataset/open_source.ts";
import { readSortIndex } from "../../dataset/sort_index.ts";
import type { TraceSelection } from "../../traces/trace_source.ts";
import type { IndexView } from "../reading/questions.ts";

export interface Arrangement {
  readonly keys: readonly string[];
  /** Gathers that are known. */
  readonly gathers: number;
  readonly largest: number;
  /** Places of all traces. */
  readonly traces: number;
  /** Gather g is [start, end) in this order. */
  gather(g: number): { readonly start: number; readonly end: number };
  select(first: number, count: number): TraceSelection;
  /** When the traces at places [first, first + count) begin, in ms. */
  startsMs(first: number, count: number): Float64Array;
}

/** The whole survey as one run, in its own order. */
export function oneRun(source: DatasetSource): Arrangement {
  const { traces } = source.description;
  return runFrom(source, [], 0, traces);
}

/** Some neighbouring traces as the only gather. */
export function runFrom(
  source: DatasetSource,
  keys: readonly string[],
  first: number,
  count: number,
): Arrangement {
  const select = (from: number, some: number): TraceSelection => ({
    kind: "run",
    first: first + from,
    count: some,
  });
  return {
    ...{ keys, gathers: 1, largest: count, traces: count, select },
    gather: () => ({ start: 0, end: count }),
    startsMs: (from, some) => startsOf(source, select(from, some)),
  };
}

export function arrangementOf(source: DatasetSource, index: IndexView): Arrangement {
  const { keys, gathers, largest, traces, startMs, starts, order } = index;
  const select = (first: number, count: number): TraceSelection =>
    order === null
      ? { kind: "run", first, count }
      : { kind: "list", traces: readSortIndex(order, first, count) };
  return {
    ...{ keys, gathers, largest, traces, select },
    gather: (g) => {
      const [start, end] = readSortIndex(starts, g, 2);
      return { start, end };
    },
    startsMs: (first, count) =>
      startMs === null ? startsOf(source, select(first, count)) : new Float64Array(count).fill(startMs),
  };
}

/** Reads when traces begin. */
function startsOf(source: DatasetSource, selection: TraceSelection): Float64Array {
  const delays = readSelected(source, "delrt", selection);
  // No scalar makes a start of zero another one.
  if (delays.every((delay) => delay === 0)) return delays;
  const scalars = readSelected(source, "tscal", selection);
  return delays.map((delay, i) => delayMs(delay, scalars[i]));
}

/** A header word of the traces that are selected, neighbours read together. */
function readSelected(source: DatasetSource, word: string, selection: TraceSelection): Float64Array {
  if (selection.kind === "run") return source.readWord(word, selection.first, selection.count);
  const { traces } = selection, values = new Float64Array(traces.length);
  for (let from = 0; from < traces.length;) {
    let to = from + 1;
    while (to < traces.length && traces[to] === traces[to - 1] + 1) to++;
    values.set(source.readWord(word, traces[from], to - from), from);
    from = to;
  }
  return values;
}
