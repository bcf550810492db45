/** Header words in their unit, as processes read and write them. */
import type { TraceValue } from "../../src/shared/processes/header_expression.ts";
import type { HeaderRecords } from "../traces/header_records.ts";

/** Reads header words in their unit, with their scalars applied, for expressions. */
export function wordReader(headers: HeaderRecords): (name: string) => TraceValue {
  return (name) => {
    const word = headers.word(name);
    return (trace) => headers.scaled(trace, word);
  };
}

/** Stores a value given in its unit through the word's scalar, whole-number words rounded. Throws when it does not fit. */
export function setScaled(headers: HeaderRecords, trace: number, name: string, value: number): void {
  const word = headers.word(name);
  const scalar = word.scaledBy ? headers.get(trace, headers.word(word.scaledBy)) : 1;
  const stored = scalar > 0 ? value / scalar : scalar < 0 ? value * -scalar : value;
  headers.set(trace, word, stored);
}

/** A trace as users know it, by the words that count traces. */
export function traceName(headers: HeaderRecords, trace: number): string {
  const [tracl, fldr, tracf] = ["tracl", "fldr", "tracf"].map((name) =>
    headers.get(trace, headers.word(name))
  );
  return `the trace with tracl ${tracl}, fldr ${fldr}, tracf ${tracf}`;
}
