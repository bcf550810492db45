/**
 * Whether bytes are a trace header: by words that stay from trace to trace, by numbers that count traces, and by words of
 * which the standard allows few values. Single words may be wrong in any file; what counts is the most of them.
 */
import { isScalar, TRACE_HEADER_BYTES } from "../../../../src/shared/seismic/trace_header.ts";
import type { ProbedHeader } from "./trace_header_probe.ts";

/** `blank`: the words that tell are zero in both, as programs write that fill few of them. */
export type Agreement = "same" | "blank" | "other";

export interface Look {
  readonly agreement: Agreement;
  /** Words that are the same and not zero, less those that differ. */
  readonly points: number;
}

/** Words that seldom change within a file. */
const STEADY = ["duse", "scalel", "scalco", "counit", "dt", "year", "tscal"] as const;
/** Words that count or name traces: what differs by more than `FAR` within a file is no number of a trace. */
const NUMBERS = ["tracl", "tracr", "fldr", "tracf", "ep", "cdp", "cdpt", "iline", "xline"] as const;
const FAR = 1 << 24;
/** Trace identification codes of the standard and of those that extend it. */
const MOST_TRID = 127;

/**
 * Holds a header against that of a trace `step` traces before it, where traces have `samples` samples. Of a header that is
 * cut only the first `known` bytes count.
 */
export function agreement(
  header: ProbedHeader,
  before: ProbedHeader,
  step: number,
  samples: number,
  known: number = TRACE_HEADER_BYTES,
): Agreement {
  return compare(header, before, step, samples, known).agreement;
}

/** The same, with how much speaks for it. */
export function compare(
  header: ProbedHeader,
  before: ProbedHeader,
  step: number,
  samples: number,
  known: number = TRACE_HEADER_BYTES,
): Look {
  const isKnown = (word: string) => header.ends(word) <= known;
  let same = 0, other = 0;
  for (const word of STEADY.filter(isKnown)) {
    if (header.get(word) !== before.get(word)) other++;
    else if (header.get(word) !== 0) same++;
  }
  const trid = header.get("trid"), ns = header.samples;
  if (trid !== 0 && trid === before.get("trid")) same++;
  else if (trid < -1 || trid > MOST_TRID) other++;
  if (ns !== 0 && (ns === samples || ns === before.samples)) same++;
  else if (ns !== 0) other++;
  if (counts(header, before, step)) same += 2;
  else if (farNumbers(header, before) > 2) other += 2;
  const points = same - other;
  if (same === 0 && other === 0) {
    return { agreement: known < TRACE_HEADER_BYTES || tells(before) ? "other" : "blank", points };
  }
  return { agreement: same > 0 && other <= same && other <= 3 ? "same" : "other", points };
}

/** A header that says something of itself: zeros are no other of its kind. */
function tells(header: ProbedHeader): boolean {
  return ["trid", "ns", "dt", "tracl", "tracr"].some((word) => header.get(word) !== 0);
}

/** One of the two words that number all traces has gone on by as many traces. */
function counts(header: ProbedHeader, before: ProbedHeader, step: number): boolean {
  return ["tracl", "tracr"].some((word) => {
    const value = header.get(word);
    return value !== 0 && value === before.get(word) + step;
  });
}

function farNumbers(header: ProbedHeader, before: ProbedHeader): number {
  return NUMBERS.filter((word) => Math.abs(header.get(word) - before.get(word)) > FAR).length;
}

/** Least and greatest values that the standard, or use, allows. */
const RANGES: readonly (readonly [string, number, number])[] = [
  ["trid", -1, MOST_TRID],
  ["nvs", 0, 10_000],
  ["nhs", 0, 10_000],
  ["duse", 0, 5],
  ["counit", 0, 4],
  ["gain", 0, 20],
  ["corr", 0, 5],
  ["day", 0, 366],
  ["hour", 0, 24],
  ["minute", 0, 60],
  ["sec", 0, 60],
  ["timbas", 0, 10],
  ["tvmu", -1, 256],
];
const SCALARS = ["scalel", "scalco", "tscal", "scalsp"] as const;

/** The share of words with few allowed values that have one of them; 1 in a blank header. */
export function sanity(header: ProbedHeader): number {
  const within = RANGES.filter(([word, least, most]) => {
    const value = header.get(word);
    return value >= least && value <= most;
  });
  const scalars = SCALARS.filter((word) => isScalar(header.get(word)));
  return (within.length + scalars.length) / (RANGES.length + SCALARS.length);
}

/** From here on a header is taken for one. */
export const SANE = 0.6;
