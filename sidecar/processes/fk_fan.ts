/** The weights of the process fk_filter over frequency and wavenumber: a fan between two velocities, with ramps. */
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import type { fkFilter as spec } from "../../src/shared/processes/fk_filter.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";

export type FkParameters = ParametersOf<typeof spec>;

/** Frequencies that are filtered together. */
export const LANES = 4;
/** Bytes of their fans: six vectors. */
const GROUP_BYTES = 6 * LANES * 4;

/** Smaller than any wavenumber that counts, and greater. */
const NO_WAVENUMBER = 1e-12, ENDLESS = 1e20;
/** A ramp of no width becomes one of this part of its corner, so far outside that what lies on the corner is within. */
const LEAST_TAPER = 1e-6, BESIDE_CORNER = 1e-5;

/** The weight over wavenumber at one frequency: a + b w, w rising from `begin` and falling to `end`. */
interface Fan {
  readonly begin: number;
  /** Inverse width of the ramp at the beginning, and at the end. */
  readonly rise: number;
  readonly end: number;
  readonly fall: number;
  readonly a: number;
  readonly b: number;
}

function fanAt(hz: number, parameters: FkParameters): Fan {
  const { kind, minVelocityMps, maxVelocityMps, taperPercent } = parameters;
  const taper = Math.max(taperPercent / 100, LEAST_TAPER);
  const beside = taperPercent === 0 ? BESIDE_CORNER : 0;
  const high = minVelocityMps === 0 ? ENDLESS : (hz / minVelocityMps) * (1 + beside) + NO_WAVENUMBER;
  const outer = { fall: 1 / (high * taper), end: high * (1 + taper) };
  const weight = kind === "pass" ? { a: 0, b: 1 } : { a: 1, b: -1 };
  if (maxVelocityMps === undefined) return { begin: -1 / ENDLESS, rise: ENDLESS, ...outer, ...weight };
  // At zero frequency and wavenumber there is no velocity: that point lies outside a fan with a highest velocity.
  const low = Math.max((hz / maxVelocityMps) * (1 - beside), NO_WAVENUMBER);
  return { begin: low * (1 - taper), rise: 1 / (low * taper), ...outer, ...weight };
}

/** The fans of all frequencies, in groups of four. */
export class FanTable {
  readonly #fans: readonly (readonly Fan[])[];
  readonly #address: number;

  /** `bins` frequencies, `hzPerBin` apart. */
  constructor(memory: KernelMemory, bins: number, hzPerBin: number, parameters: FkParameters) {
    this.#fans = Array.from(
      { length: Math.ceil(bins / LANES) },
      (_, group) =>
        Array.from({ length: LANES }, (_, lane) => fanAt((group * LANES + lane) * hzPerBin, parameters)),
    );
    this.#address = memory.float32(
      this.#fans.flatMap((fans) =>
        (["begin", "rise", "end", "fall", "a", "b"] as const).flatMap((name) => fans.map((fan) => fan[name]))
      ),
    );
  }

  get groups(): number {
    return this.#fans.length;
  }

  /** Address of a group's vectors, as the kernel takes them. */
  at(group: number): number {
    return this.#address + group * GROUP_BYTES;
  }

  /**
   * The weight of each group at all wavenumbers from `least` to `most`, where it is one or zero; else undefined. Most
   * frequencies lie wholly inside or outside the fan.
   */
  commonWeights(least: number, most: number): readonly (0 | 1 | undefined)[] {
    return this.#fans.map((fans) => {
      const inside = fans.every(({ begin, rise }) => least >= begin + 1 / rise) &&
        fans.every(({ end, fall }) => most <= end - 1 / fall);
      const outside = fans.every(({ begin }) => most <= begin) || fans.every(({ end }) => least >= end);
      if (!inside && !outside) return undefined;
      return fans[0].a + fans[0].b * Number(inside) === 1 ? 1 : 0;
    });
  }
}

/**
 * Wavenumbers in cycles per metre that the fan is compared with. An event t = t0 + x / v with positive v lies at
 * negative k, since both transforms are sums over exp(-i ..).
 */
export function wavenumberTable(points: number, spacingM: number, dips: FkParameters["dips"]): Float32Array {
  return Float32Array.from({ length: points }, (_, j) => {
    const k = (j <= points / 2 ? j : j - points) / (points * spacingM);
    if (dips === "both" || j * 2 === points) return Math.abs(k);
    return dips === "positive" ? -k : k;
  });
}
