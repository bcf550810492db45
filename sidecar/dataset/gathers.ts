/** Gathers: runs of traces that agree in the gather keys, in the order of the file or of a sort index. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { comparable, radixOrder } from "./radix_order.ts";

/** Key values of traces [first, first + count), one array for each key. */
export type KeyReader = (first: number, count: number) => readonly Float64Array[];

const PORTION = 1 << 18;

/** Collects gather boundaries from key values that arrive in order. */
export class GatherFinder {
  readonly #keys: number;
  #starts = new Uint32Array(1024);
  #gathers = 0;
  #traces = 0;
  readonly #last: Float64Array;

  /** `keys`: how many leading keys make a gather. */
  constructor(keys: number) {
    this.#keys = keys;
    this.#last = new Float64Array(keys);
  }

  /** Takes one trace; `keys[k]` at `index` is its k-th key. True when it begins a gather. */
  push(keys: readonly Float64Array[], index: number): boolean {
    let same = this.#traces > 0;
    for (let k = 0; k < this.#keys; k++) {
      const value = comparable(keys[k][index]);
      if (value !== this.#last[k]) same = false;
      this.#last[k] = value;
    }
    if (!same) this.#begin();
    this.#traces++;
    return !same;
  }

  /** First trace of each gather, then the number of traces: gather g is [starts[g], starts[g + 1]). */
  finish(): Uint32Array {
    this.#begin();
    return this.#starts.slice(0, this.#gathers);
  }

  #begin(): void {
    if (this.#gathers === this.#starts.length) {
      const larger = new Uint32Array(this.#gathers * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.#gathers++] = this.#traces;
  }
}

export interface GatherRequest {
  readonly traces: number;
  /** Header words whose equal values make a gather. */
  readonly keys: readonly string[];
  readonly readKeys: KeyReader;
  /** The input's name for messages. */
  readonly name: string;
  /** Refuses when a gather's traces do not lie together, as processes on whole gathers need. */
  readonly refuseSplit: boolean;
  /** The trace of the file at a place among those that are gathered, from 0; the place itself unless told. */
  readonly traceAt?: (place: number) => number;
}

/**
 * Gathers in the order of the file: `starts[g]` is the first trace of gather g, `starts[gathers]` the trace count.
 * @throws `flow-invalid` when a gather is split and `refuseSplit` is set
 */
export function findGathers(
  { traces, keys, readKeys, name, refuseSplit, traceAt = (place) => place }: GatherRequest,
): Uint32Array {
  const finder = new GatherFinder(keys.length);
  const firstValues: number[][] = keys.map(() => []);
  for (let first = 0; first < traces; first += PORTION) {
    const count = Math.min(PORTION, traces - first);
    const values = readKeys(first, count);
    for (let i = 0; i < count; i++) {
      if (!finder.push(values, i) || !refuseSplit) continue;
      for (let k = 0; k < keys.length; k++) firstValues[k].push(values[k][i]);
    }
  }
  const starts = finder.finish();
  if (refuseSplit && traces > 0) {
    refuseSplitGathers(
      (gather) => traceAt(starts[gather]) + 1,
      firstValues.map((one) => Float64Array.from(one)),
      keys,
      name,
    );
  }
  return starts;
}

/** Looks for two gathers of the same value: they stand side by side once gathers are sorted by value. */
function refuseSplitGathers(
  firstTrace: (gather: number) => number,
  values: readonly Float64Array[],
  keys: readonly string[],
  name: string,
): void {
  const order = radixOrder(values, keys.map(() => false));
  let split: [number, number] | undefined;
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1], order[i]];
    const same = values.every((key) => comparable(key[a]) === comparable(key[b]));
    if (same && (!split || b < split[1])) split = [a, b];
  }
  if (!split) return;
  const [a, b] = split;
  const which = keys.map((key, k) => `${key} ${values[k][a]}`).join(", ");
  const message =
    `Cannot gather ${name} by ${keys.join(", ")} in file order: expected the traces of ${which} ` +
    `together, found them at trace ${firstTrace(a)} and again at trace ${firstTrace(b)}: ` +
    `add "order": ${JSON.stringify(keys)} to the flow's input`;
  throw new SeisProcError("flow-invalid", message, { where: "input.order" });
}
