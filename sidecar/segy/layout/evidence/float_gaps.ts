/**
 * IBM or IEEE, told from how many words lie on both sides of certain borders, whatever the values are distributed like,
 * as long as that is smooth. Borders are told by bits 20 to 23 of a word, its digit after the first byte.
 *
 * Words of one first byte are evenly spaced in IBM; where the first byte changes, values go on from digit F straight to
 * digit 1, since fractions begin at 1/16 unless they are not normalised. In IEEE the spacing doubles twice within a first
 * byte, from digit 7 to 8 and from F to 0, so that twice as many values lie behind, and digit 0 is as full as digit 1.
 */
import { ibmToNumber } from "../../../../src/shared/seismic/ibm_float.ts";
import { ieeeToNumber, type Window } from "./sample_words.ts";

/** How many different words have each digit, by their first byte (sign and exponent). */
type Digits = ReadonlyMap<number, readonly number[]>;

/** Undefined where the words do not tell. `words` are different ones. */
export function floatGaps(words: Uint32Array, windows: readonly Window[]): "ibm" | "ieee" | undefined {
  const digits = countDigits(words);
  if (hasIbmGaps(digits)) return "ibm";
  return doublesAsIeee(digits, middleOf(words)) || isSmoothAsIeee(windows) ? "ieee" : undefined;
}

/** The median of the magnitudes: below it values are about as dense as above, or denser. */
function middleOf(words: Uint32Array): number {
  return words.map((word) => word & 0x7fffffff).sort()[words.length >> 1] ?? 0;
}

function countDigits(words: Uint32Array): Digits {
  const digits = new Map<number, number[]>();
  for (const word of words) {
    if ((word & 0xffffff) === 0) continue;
    const counts = digits.get(word >>> 24) ?? new Array<number>(16).fill(0);
    counts[(word >>> 20) & 15]++;
    digits.set(word >>> 24, counts);
  }
  return digits;
}

/** Borders that show the gap, and the words that are missing there. */
const FEWEST_BORDERS = 2;
const FEWEST_MISSING = 12;
const FEWEST_AT_BORDER = 4;

/** Values on both sides of several borders, and none of those between them that IEEE numbers would have. */
function hasIbmGaps(digits: Digits): boolean {
  const borders = [...digits].map(([byte, counts]) =>
    Math.min(2 * (digits.get(byte - 1)?.[15] ?? 0), counts[1])
  );
  const telling = borders.filter((missing) => missing >= FEWEST_AT_BORDER);
  const missing = telling.reduce((sum, count) => sum + count, 0);
  const there = [...digits.values()].reduce((sum, counts) => sum + counts[0], 0);
  return telling.length >= FEWEST_BORDERS && missing >= FEWEST_MISSING && there <= missing / 100;
}

/** Different words on both sides of a border. */
interface Border {
  readonly before: number;
  readonly behind: number;
}

/** Borders that tell, at least, with words on both sides. */
const FEWEST_TELLING = 4;
/** How much likelier, as a logarithm, spacing that doubles must be. */
const LIKELIER = 6;

/** At both kinds of borders there are about twice as many words behind, and digit 0 is as full as its neighbours. */
function doublesAsIeee(digits: Digits, middle: number): boolean {
  const within = borders(digits, (byte, counts) => {
    if (end(byte, 10) > middle) return undefined;
    return { before: counts[6] + counts[7], behind: counts[8] + counts[9] };
  });
  const between = borders(digits, (byte, counts) => {
    const below = digits.get(byte - 1);
    return below && end(byte, 2) <= middle ? { before: below[15], behind: counts[1] } : undefined;
  });
  if (within.length + between.length < FEWEST_TELLING || !hasDigitZero(digits)) return false;
  const evenly = likelier([...within, ...between], 1 / 2);
  // Between first bytes IBM goes on with words that are 16 times as wide apart.
  const asIbm = likelier(within, 1 / 2) + likelier(between, 16 / 17);
  return Math.min(evenly, asIbm) > LIKELIER;
}

function borders(
  digits: Digits,
  border: (byte: number, counts: readonly number[]) => Border | undefined,
): Border[] {
  return [...digits].flatMap(([byte, counts]) => border(byte, counts) ?? [])
    .filter(({ before, behind }) => before > 0 && behind > 0);
}

/** The magnitude at which a digit of a first byte begins. */
function end(byte: number, digit: number): number {
  return (byte & 0x7f) * 2 ** 24 + digit * 2 ** 20;
}

/** Logarithm of how much likelier two words behind for one before are than this share behind. */
function likelier(all: readonly Border[], share: number): number {
  const before = all.reduce((sum, border) => sum + border.before, 0);
  const behind = all.reduce((sum, border) => sum + border.behind, 0);
  return behind * Math.log(2 / 3 / share) + before * Math.log(1 / 3 / (1 - share));
}

/** As many words of digit 0 as smooth IEEE numbers have between digit F and digit 1. */
function hasDigitZero(digits: Digits): boolean {
  const sum = (digit: number) => [...digits.values()].reduce((total, counts) => total + counts[digit], 0);
  return sum(0) > 0.5 * Math.min(2 * sum(15), sum(1));
}

const CLOSE = 1.2;
const APART = 4;
const FEWEST_JUMPS = 8;
const SMOOTH = 0.8;

/** Volumes in which neighbours are close as IEEE numbers; as IBM ones some are far apart, and none the other way round. */
function isSmoothAsIeee(windows: readonly Window[]): boolean {
  let pairs = 0, close = 0, ieee = 0, ibm = 0;
  for (const { words } of windows) {
    for (let i = 1; i < words.length; i++) {
      if (((words[i] | words[i - 1]) & 0x7fffffff) === 0) continue;
      const a = ratio(words[i - 1], words[i], ieeeToNumber), b = ratio(words[i - 1], words[i], ibmToNumber);
      pairs++;
      if (a < CLOSE) close++;
      if (a < CLOSE && b > APART) ieee++;
      if (b < CLOSE && a > APART) ibm++;
    }
  }
  return close > SMOOTH * pairs && ieee >= FEWEST_JUMPS && ibm <= ieee / 20;
}

/** Of two samples the larger magnitude over the smaller; not a number where one is zero. */
function ratio(one: number, other: number, value: (word: number) => number): number {
  const a = Math.abs(value(one)), b = Math.abs(value(other));
  return Math.max(a, b) / Math.min(a, b);
}
