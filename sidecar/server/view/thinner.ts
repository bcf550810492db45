/**
 * Keeps some of many traces: of each run of neighbours those where a word is least or largest, so that no extreme is
 * lost and the values of one trace stay together. All are kept where they fit.
 */
export class Thinner {
  readonly #words: number;
  readonly #perRun: number;
  readonly #places: number[] = [];
  readonly #values: number[][];
  /** Of the run in hand, for each word. */
  #least: Kept[] = [];
  #largest: Kept[] = [];

  /** Of `traces` traces at most `points` are kept. */
  constructor(words: number, traces: number, points: number) {
    this.#words = words;
    const runs = Math.max(1, Math.floor(points / Math.max(1, 2 * words)));
    this.#perRun = traces <= points ? 1 : Math.ceil(traces / runs);
    this.#values = Array.from({ length: words }, () => []);
  }

  /** Takes traces from place `first` on, one column for each word. */
  take(first: number, columns: readonly Float64Array[]): void {
    const count = columns[0]?.length ?? 0;
    for (let i = 0; i < count; i++) {
      if ((first + i) % this.#perRun === 0) this.#endRun();
      this.#see(first + i, columns, i);
    }
  }

  finish(): { readonly places: Float64Array; readonly values: readonly Float64Array[] } {
    this.#endRun();
    const values = this.#values.map((one) => Float64Array.from(one));
    return { places: Float64Array.from(this.#places), values };
  }

  #see(place: number, columns: readonly Float64Array[], i: number): void {
    let trace: Kept | undefined;
    const kept = () => trace ??= { place, values: columns.map((column) => column[i]) };
    for (let w = 0; w < this.#words; w++) {
      const value = columns[w][i];
      if (this.#least[w] === undefined || value < this.#least[w].values[w]) this.#least[w] = kept();
      if (this.#largest[w] === undefined || value > this.#largest[w].values[w]) this.#largest[w] = kept();
    }
  }

  #endRun(): void {
    const kept = [...new Set([...this.#least, ...this.#largest])].sort((a, b) => a.place - b.place);
    for (const { place, values } of kept) {
      this.#places.push(place);
      values.forEach((value, w) => this.#values[w].push(value));
    }
    this.#least = [];
    this.#largest = [];
  }
}

interface Kept {
  readonly place: number;
  readonly values: readonly number[];
}
