/** Trace sorting codes of the binary header (SEG-Y rev 2.1, bytes 3229-3230) and the words whose gathers they name. */

/** Code to header word, for files that say how they are sorted. */
export const SORTING_WORDS: ReadonlyMap<number, string> = new Map([
  [1, "fldr"],
  [2, "cdp"],
  [5, "fldr"],
  [6, "gx"],
  [7, "offset"],
]);

const CODES: ReadonlyMap<string, number> = new Map([["fldr", 5], ["cdp", 2], ["gx", 6], ["offset", 7]]);
const HORIZONTALLY_STACKED = 4;
const OTHER = -1;

/** The code of traces sorted by these words (names of the table), first key first; undefined when nothing was sorted or stacked. */
export function sortingCode(order: readonly string[], stacked: boolean): number | undefined {
  if (stacked) return HORIZONTALLY_STACKED;
  if (order.length === 0) return undefined;
  return CODES.get(order[0]) ?? OTHER;
}
