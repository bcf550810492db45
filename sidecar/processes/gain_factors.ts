/** The factors of the process gain. */

export interface GainLaw {
  readonly scale: number;
  readonly timePower: number;
  readonly expPerSecond: number;
}

/** Factor of each sample: scale * t^timePower * exp(expPerSecond * t), t in seconds from time zero. */
export function gainFactors(
  law: GainLaw,
  samples: number,
  intervalUs: number,
  startMs: number,
): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    const t = startMs / 1e3 + (i * intervalUs) / 1e6;
    const powerTime = t === 0 && law.timePower < 0 ? intervalUs / 1e6 : t;
    return law.scale * powerTime ** law.timePower * Math.exp(law.expPerSecond * t);
  });
}
