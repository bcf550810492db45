/** Places for labels at round numbers. */

export interface Ticks {
  readonly step: number;
  readonly values: readonly number[];
}

const ROUND = [1, 2, 5];

/** The smallest of 1, 2, 5, 10, 20 ... (and their tenths) that is not less. */
export function roundStep(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const decade = 10 ** Math.floor(Math.log10(least));
  const found = ROUND.find((factor) => factor * decade >= least * (1 - 1e-9));
  return (found ?? 10) * decade;
}

/** Round values from `from` to `to`, at least `spacing` pixels apart on so many pixels. */
export function ticksOf(from: number, to: number, pixels: number, spacing: number, least = 0): Ticks {
  const step = Math.max(least, roundStep((to - from) / pixels * spacing));
  const first = Math.ceil(from / step - 1e-9), last = Math.floor(to / step + 1e-9);
  const values = Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, i) => tidy((first + i) * step, step),
  );
  return { step, values };
}

/** Without the dust of binary fractions. */
function tidy(value: number, step: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return Number(value.toFixed(Math.min(20, digits)));
}

/** Lines between labels: five or two to a step, where they have room. */
export function finerStep(step: number, pixelsPerUnit: number, spacing: number): number {
  return [step / 5, step / 2].find((finer) => finer * pixelsPerUnit >= spacing) ?? step;
}
