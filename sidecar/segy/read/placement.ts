/** Where the traces of a selection lie once they are read: in slots of equal size, in the order of the file. */
import type { TraceSelection } from "../../traces/trace_source.ts";

/** Neighbours in the file that one read brings to neighbouring slots. */
export interface FileRun {
  readonly trace: number;
  readonly slot: number;
  readonly count: number;
}

export interface Placement {
  readonly count: number;
  /** Number in the file of the i-th trace of the selection. */
  trace(i: number): number;
  /** The slot where the i-th trace of the selection lies. */
  slot(i: number): number;
  /** How many traces of the selection from `i`, at most `limit`, lie in neighbouring slots. */
  neighbours(i: number, limit: number): number;
  /** The reads that fill the slots. */
  reads(): Iterable<FileRun>;
}

export function placementOf(selection: TraceSelection): Placement {
  return selection.kind === "run"
    ? runPlacement(selection.first, selection.count)
    : listPlacement(selection.traces);
}

function runPlacement(first: number, count: number): Placement {
  return {
    count,
    trace: (i) => first + i,
    slot: (i) => i,
    neighbours: (_, limit) => limit,
    reads: () => [{ trace: first, slot: 0, count }],
  };
}

function listPlacement(traces: Float64Array): Placement {
  const count = traces.length;
  const byPlace = Int32Array.from({ length: count }, (_, i) => i);
  if (!rises(traces)) byPlace.sort((a, b) => traces[a] - traces[b]);
  const slots = new Int32Array(count);
  for (let slot = 0; slot < count; slot++) slots[byPlace[slot]] = slot;
  return {
    count,
    trace: (i) => traces[i],
    slot: (i) => slots[i],
    neighbours: (i, limit) => {
      let run = 1;
      while (run < limit && slots[i + run] === slots[i] + run) run++;
      return run;
    },
    reads: () => fileRuns(traces, byPlace),
  };
}

/** `byPlace`: places in the selection, in the order of the file. */
function* fileRuns(traces: Float64Array, byPlace: Int32Array): Generator<FileRun> {
  for (let slot = 0; slot < byPlace.length;) {
    const trace = traces[byPlace[slot]];
    let count = 1;
    while (slot + count < byPlace.length && traces[byPlace[slot + count]] === trace + count) count++;
    yield { trace, slot, count };
    slot += count;
  }
}

function rises(traces: Float64Array): boolean {
  for (let i = 1; i < traces.length; i++) if (traces[i] < traces[i - 1]) return false;
  return true;
}
