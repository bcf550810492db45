/**
 * Butterworth band-pass as second-order sections with zeros at z = 1 and z = -1.
 *
 * The prototype's poles p go to s^2 - p B s + W = 0 with B = t2 - t1, W = t1 t2, t = tan(pi f dt) (bilinear transform
 * with s = (z - 1) / (z + 1)); each conjugate pair of poles with radius r makes the section B s / (s^2 + d s + r^2).
 */

export interface BandpassSection {
  /** Squared radius of the analog pole pair. */
  readonly radius2: number;
  /** Minus twice its real part. */
  readonly damping: number;
}

export interface BandpassDesign {
  readonly bandwidth: number;
  readonly sections: readonly BandpassSection[];
}

export function designBandpass(
  lowHz: number,
  highHz: number,
  order: number,
  intervalUs: number,
): BandpassDesign {
  const low = Math.tan(Math.PI * lowHz * intervalUs * 1e-6);
  const high = Math.tan(Math.PI * highHz * intervalUs * 1e-6);
  const bandwidth = high - low, centre2 = low * high;
  const sections: BandpassSection[] = [];
  for (let m = 0; m < Math.floor(order / 2); m++) {
    const angle = Math.PI * (2 * m + order + 1) / (2 * order);
    sections.push(...splitPole(Math.cos(angle) * bandwidth / 2, Math.sin(angle) * bandwidth / 2, centre2));
  }
  if (order % 2) sections.push({ radius2: centre2, damping: bandwidth });
  return { bandwidth, sections };
}

/** The two poles h + sqrt(h^2 - W) and h - sqrt(h^2 - W) of a prototype pole, h = p B / 2; each stands for a pair. */
function splitPole(re: number, im: number, centre2: number): BandpassSection[] {
  const rootRe = re * re - im * im - centre2, rootIm = 2 * re * im;
  const size = Math.hypot(rootRe, rootIm);
  const x = Math.sqrt((size + rootRe) / 2);
  const y = Math.sqrt((size - rootRe) / 2) * Math.sign(rootIm);
  return [[re + x, im + y], [re - x, im - y]].map(([a, b]) => ({ radius2: a * a + b * b, damping: -2 * a }));
}

/** Factors a and b of the kernel's recursion for each section, and the factor of one direction. */
export function kernelCoefficients(
  { bandwidth, sections }: BandpassDesign,
): { table: number[]; gain: number } {
  const norms = sections.map(({ radius2, damping }) => 1 + damping + radius2);
  return {
    table: sections.flatMap(({ radius2, damping }, i) => [
      2 * (radius2 + damping) / norms[i],
      2 * radius2 / norms[i],
    ]),
    gain: norms.reduce((gain, norm) => gain * bandwidth / norm, 1),
  };
}

/** Samples of extension at each end: scipy's default for sections without zeros at the origin, cut to what there is. */
export function bandpassPadding(order: number, samples: number): number {
  return Math.min(3 * (2 * order + 1), samples - 1);
}
