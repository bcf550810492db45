/**
 * What 4-byte samples look like: IBM floats, IEEE floats, integers. Property volumes and constants look like many things;
 * only what no other reading allows counts as telling.
 */
import { ibmToNumber } from "../../../../src/shared/seismic/ibm_float.ts";
import { floatGaps } from "./float_gaps.ts";
import type { Window } from "./sample_words.ts";

export interface SampleLook {
  /** Different words that are not zero. */
  readonly words: number;
  /** Shares of them that are no numbers of a survey when read so: not finite, denormal, or far beyond single precision. */
  readonly absurd: { readonly ibm: number; readonly ieee: number };
  /** The share that is no fixed point number with gain: its first byte is not zero, or its gain is absurd. */
  readonly notGain: number;
  /** The share of all IBM words whose first digit is zero, zeros apart. */
  readonly unnormalised: number;
  /** All but a few are integers of at most 24 bits. */
  readonly smallIntegers: boolean;
  /** All but a few have the exponents of floats of everyday size; as integers they are all about a thousand million. */
  readonly floatExponents: boolean;
  readonly bothSigns: boolean;
  /** What the words show about the two kinds of floats, where they tell. */
  readonly floats: "ibm" | "ieee" | undefined;
  /** The largest IBM value, and the trace (from 0) that holds it. */
  readonly largestIbm: { readonly value: number; readonly trace: number };
}

const LARGEST = 1e45;
const SMALLEST = 1e-45;
const ALL = 0.99;
const MAGNITUDE = 0x7fffffff;
/** Exponent bytes of numbers from about 1e-6 to 1e8, IEEE or IBM. */
const LEAST_EXPONENT = 0x36;
const GREATEST_EXPONENT = 0x4c;
/** Gains beyond 2^40 are none. */
const GREATEST_GAIN = 40;

export function lookAtSamples(windows: readonly Window[]): SampleLook {
  const all = new Set<number>();
  for (const { words } of windows) for (const word of words) if ((word & MAGNITUDE) !== 0) all.add(word);
  const words = Uint32Array.from(all);
  const share = (test: (word: number) => boolean) =>
    words.length === 0 ? 0 : words.reduce((sum, word) => sum + (test(word) ? 1 : 0), 0) / words.length;
  const negative = share((word) => word >>> 31 === 1);
  return {
    words: words.length,
    absurd: {
      ibm: share((word) => (word & 0xffffff) !== 0 && isFarAway(ibmToNumber(word))),
      ieee: share(isOddIeee),
    },
    notGain: share((word) => word >>> 24 !== 0 || (word >>> 16) > GREATEST_GAIN),
    unnormalised: unnormalisedShare(windows),
    smallIntegers: share((word) => Math.abs(word | 0) < 1 << 24) > ALL,
    floatExponents: share(hasEverydayExponent) > ALL,
    bothSigns: Math.min(negative, 1 - negative) > 0.05,
    floats: floatGaps(words, windows),
    largestIbm: largestIbm(windows),
  };
}

function unnormalisedShare(windows: readonly Window[]): number {
  let all = 0, odd = 0;
  for (const { words } of windows) {
    for (const word of words) if ((word & 0xf00000) === 0 && (word & 0xfffff) !== 0) odd++;
    all += words.length;
  }
  return all === 0 ? 0 : odd / all;
}

function isFarAway(value: number): boolean {
  return Math.abs(value) > LARGEST || Math.abs(value) < SMALLEST;
}

/** No number, infinite, or denormal. */
function isOddIeee(word: number): boolean {
  const exponent = (word >>> 23) & 0xff;
  return exponent === 0 || exponent === 0xff;
}

function hasEverydayExponent(word: number): boolean {
  const exponent = (word >>> 24) & 0x7f;
  return exponent >= LEAST_EXPONENT && exponent <= GREATEST_EXPONENT;
}

function largestIbm(windows: readonly Window[]): SampleLook["largestIbm"] {
  let largest = { value: 0, trace: 0 };
  for (const { trace, words } of windows) {
    for (const word of words) {
      const value = Math.abs(ibmToNumber(word));
      if (value > largest.value) largest = { value, trace };
    }
  }
  return largest;
}
