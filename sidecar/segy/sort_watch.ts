/** Watches trace headers go by and tells by which words the file is sorted. */

/** Candidates for sort keys, most telling first. */
export const SORT_WORDS: readonly string[] = [
  "iline",
  "xline",
  "cdp",
  "fldr",
  "ep",
  "sx",
  "gx",
  "offset",
  "tracf",
];
const N = SORT_WORDS.length;
/** The same as second keys. */
const SECOND_WORDS = ["tracf", "offset", "xline", "iline", "gx", "cdp", "sx", "ep", "fldr"]
  .map((name) => SORT_WORDS.indexOf(name));

export class SortWatch {
  private readonly last = new Float64Array(N);
  /** Traces at which the word changed. */
  private readonly changes = new Float64Array(N);
  private readonly falls = new Float64Array(N);
  private readonly rises = new Float64Array(N);
  /** `[first][second]`: times that the second key fell or stayed while the first stayed. */
  private readonly disorder = new Float64Array(N * N);
  private traces = 0;

  /** Takes the next `count` traces; columns in the order of `SORT_WORDS`. */
  add(columns: readonly ArrayLike<number>[], count: number): void {
    const { last, changes, falls, rises, disorder } = this;
    for (let i = 0; i < count; i++, this.traces++) {
      if (this.traces > 0) {
        for (let first = 0; first < N; first++) {
          const value = columns[first][i];
          if (value > last[first]) changes[first]++, rises[first]++;
          else if (value < last[first]) changes[first]++, falls[first]++;
          else this.countDisorder(first, columns, i, disorder);
        }
      }
      for (let word = 0; word < N; word++) last[word] = columns[word][i];
    }
  }

  /** Such as `fldr, tracf`, or an empty text when no word tells. */
  get order(): string {
    const sorted = SORT_WORDS.map((_, i) => i).filter((i) =>
      this.changes[i] > 0 && (this.falls[i] === 0 || this.rises[i] === 0)
    );
    const first = sorted.sort((a, b) => this.changes[a] - this.changes[b])[0];
    if (first === undefined) return "";
    if (this.changes[first] === this.traces - 1) return SORT_WORDS[first];
    const pairs = this.traces - 1 - this.changes[first];
    const second = SECOND_WORDS.find((i) =>
      i !== first && this.changes[i] >= pairs && this.disorder[first * N + i] === 0
    );
    return second === undefined ? SORT_WORDS[first] : `${SORT_WORDS[first]}, ${SORT_WORDS[second]}`;
  }

  private countDisorder(
    first: number,
    columns: readonly ArrayLike<number>[],
    i: number,
    disorder: Float64Array,
  ): void {
    const row = first * N;
    for (let second = 0; second < N; second++) {
      if (columns[second][i] <= this.last[second]) disorder[row + second]++;
    }
  }
}
