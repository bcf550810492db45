/** Oracle: ranges, changes, extents and oddities of header words, trace after trace in f64. */

/** Value of a word in a trace. */
export type WordOf = (word: string, trace: number) => number;

export interface TwinRange {
  min: number;
  max: number;
}

export function rangeOf(word: string, traces: number, value: WordOf): TwinRange {
  const values = Array.from({ length: traces }, (_, trace) => value(word, trace));
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** Traces at which a word changed. */
export function changesOf(word: string, traces: number, value: WordOf): number {
  return later(traces).filter((trace) => value(word, trace) !== value(word, trace - 1)).length;
}

export function isMonotonic(word: string, traces: number, value: WordOf): boolean {
  const steps = later(traces).map((trace) => value(word, trace) - value(word, trace - 1));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}

/** Whether the second word rises at each trace where the first stays. */
export function risesWhereStays(first: string, second: string, traces: number, value: WordOf): boolean {
  return later(traces).every((trace) =>
    value(first, trace) !== value(first, trace - 1) || value(second, trace) > value(second, trace - 1)
  );
}

/** Least and greatest scaled coordinates of points away from the origin; a positive scalar multiplies, a negative divides; others count as one. */
export function extentOf([x, y]: readonly [string, string], traces: number, value: WordOf) {
  const points = Array.from({ length: traces }, (_, trace) => {
    const scalar = value("scalco", trace);
    const isOne = [10, 100, 1000, 10_000].includes(Math.abs(scalar));
    const factor = !isOne ? 1 : scalar > 0 ? scalar : -1 / scalar;
    return [value(x, trace) * factor, value(y, trace) * factor];
  }).filter(([px, py]) => px !== 0 || py !== 0);
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map(([px]) => px), points.map(([, py]) => py)];
  return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
}

/** How many traces are odd in a way, and the first of them from 1. */
export function oddTraces(traces: number, value: WordOf, interval: number, samples: number) {
  const count = (odd: (trace: number) => boolean) => {
    const found = Array.from({ length: traces }, (_, trace) => trace).filter(odd);
    return { count: found.length, first: found.length ? found[0] + 1 : 0 };
  };
  const says = (word: string, wanted: number) => (trace: number) =>
    value(word, trace) !== wanted && value(word, trace) !== 0;
  const same = (word: string, trace: number) => value(word, trace) === value(word, trace - 1);
  return {
    otherInterval: count(says("dt", interval)),
    otherSamples: count(says("ns", samples)),
    noScalar: count((trace) =>
      value("scalco", trace) === 0 && (value("sx", trace) !== 0 || value("gx", trace) !== 0)
    ),
    repeated: count((trace) =>
      trace > 0 && same("fldr", trace) && same("tracf", trace) && value("tracf", trace) !== 0
    ),
    dead: count((trace) => value("trid", trace) === 2),
  };
}

function later(traces: number): number[] {
  return Array.from({ length: Math.max(0, traces - 1) }, (_, i) => i + 1);
}
