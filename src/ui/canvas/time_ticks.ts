/** Where a time axis is labelled. */
export interface Tick {
  readonly ms: number;
  /** From 0 at the first sample to 1 at the last. */
  readonly share: number;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];

/** Round times from first to last, at most `most` of them. */
export function timeTicks(firstMs: number, lastMs: number, most = 8): readonly Tick[] {
  const span = lastMs - firstMs;
  if (!(span > 0)) return [{ ms: firstMs, share: 0 }];
  const step = STEPS.find((one) => span / one <= most) ?? 10 ** Math.ceil(Math.log10(span / most));
  const first = Math.ceil(firstMs / step) * step;
  const ticks = Array.from({ length: Math.floor((lastMs - first) / step) + 1 }, (_, i) => first + i * step);
  return ticks.map((ms) => ({ ms, share: (ms - firstMs) / span }));
}
