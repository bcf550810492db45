/** Tells by which words a file is sorted, from how its trace headers change. */

/** Candidates for sort keys, most telling first. */
export const SORT_WORDS = ["iline", "xline", "cdp", "fldr", "ep", "sx", "gx", "offset", "tracf"] as const;
/** The same as second keys. */
const SECOND_WORDS = ["tracf", "offset", "xline", "iline", "gx", "cdp", "sx", "ep", "fldr"] as const;

export type SortWord = typeof SORT_WORDS[number];

/** How words change from trace to trace. */
export interface WordChanges {
  readonly traces: number;
  /** Traces at which the word changed. */
  readonly changes: (word: SortWord) => number;
  /** The word never fell, or never rose. */
  readonly monotonic: (word: SortWord) => boolean;
  /** The second word rose wherever the first stayed. */
  readonly risesWithin: (first: SortWord, second: SortWord) => boolean;
}

/** Such as `fldr, tracf`, or an empty text when no word tells. `moved`: words that lie elsewhere than the kernel looks. */
export function sortOrder(
  { traces, changes, monotonic, risesWithin }: WordChanges,
  moved: readonly string[] = [],
): string {
  const sorted = SORT_WORDS.filter((word) => !moved.includes(word) && changes(word) > 0 && monotonic(word));
  const first = sorted.sort((a, b) => changes(a) - changes(b))[0];
  if (first === undefined) return "";
  if (changes(first) === traces - 1) return first;
  const pairs = traces - 1 - changes(first);
  const second = SECOND_WORDS.find((word) =>
    word !== first && !moved.includes(word) && changes(word) >= pairs && risesWithin(first, word)
  );
  return second === undefined ? first : `${first}, ${second}`;
}
