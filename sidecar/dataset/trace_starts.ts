/** When the traces of a survey begin, and how far apart those of one gather do. */
import { delayMs } from "../../src/shared/seismic/geometry.ts";

/** Header words that tell when a trace begins. */
export const START_WORDS = ["delrt", "tscal"] as const;

/** The numbers of the traces at places [first, first + count) of the processing order. */
export type ReadOrder = (first: number, count: number) => Float64Array;

const PORTION = 1 << 16;

/**
 * Takes the starts of traces while their keys are read, portion by portion. Where all begin together, as nearly always,
 * nothing is kept.
 */
export class TraceStarts {
  readonly #traces: number;
  #common: number | undefined;
  #each: Float64Array | undefined;

  constructor(traces: number) {
    this.#traces = traces;
  }

  /** Takes the values of START_WORDS of the traces from `first` on. */
  take(first: number, [delays, scalars]: readonly Float64Array[]): void {
    for (let i = 0; i < delays.length; i++) this.#put(first + i, delayMs(delays[i], scalars[i]));
  }

  /** When a trace that was taken begins, in ms. */
  at(trace: number): number {
    return this.#each?.[trace] ?? this.#common ?? 0;
  }

  /** The largest difference between starts in one gather: [gatherStarts[g], gatherStarts[g + 1]) in the order. */
  spreadMs(gatherStarts: Uint32Array, readOrder: ReadOrder | null): number {
    const each = this.#each;
    if (each === undefined) return 0;
    let spread = 0, gather = -1, least = 0, most = 0;
    for (let first = 0; first < this.#traces; first += PORTION) {
      const count = Math.min(PORTION, this.#traces - first);
      const numbers = readOrder?.(first, count);
      for (let i = 0; i < count; i++) {
        const start = each[numbers?.[i] ?? first + i];
        if (first + i === gatherStarts[gather + 1]) {
          gather++;
          least = most = start;
        }
        if (start < least) least = start;
        else if (start > most) most = start;
        if (most - least > spread) spread = most - least;
      }
    }
    return spread;
  }

  #put(trace: number, start: number): void {
    this.#common ??= start;
    if (this.#each === undefined && start !== this.#common) {
      this.#each = new Float64Array(this.#traces).fill(this.#common);
    }
    if (this.#each) this.#each[trace] = start;
  }
}
