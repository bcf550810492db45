/**
 * Mean amplitude spectra in double precision. A window of N samples is tapered by cosines over a tenth at each end and
 * padded with zeros to a power of two; the amplitude is 2 |X| / sum of the taper, so that a sine of amplitude a on a
 * bin shows as a.
 */

const TAPER = 0.1;

export interface AverageSpectrum {
  /** Points of the transform; bins are points / 2 + 1. */
  readonly points: number;
  add(samples: Float64Array): void;
  mean(): Float64Array;
}

export function averageSpectrum(samples: number): AverageSpectrum {
  const points = 2 ** Math.ceil(Math.log2(Math.max(2, samples)));
  const taper = cosineTaper(samples);
  const scale = 2 / taper.reduce((sum, weight) => sum + weight, 0);
  const factors = unitCircle(points);
  const re = new Float64Array(points), im = new Float64Array(points);
  const sum = new Float64Array(points / 2 + 1);
  let traces = 0;
  return {
    points,
    add(trace) {
      re.fill(0);
      im.fill(0);
      for (let i = 0; i < samples; i++) re[i] = trace[i] * taper[i];
      transform(re, im, factors);
      for (let bin = 0; bin < sum.length; bin++) sum[bin] += Math.hypot(re[bin], im[bin]) * scale;
      traces++;
    },
    mean: () => sum.map((value) => value / Math.max(1, traces)),
  };
}

function cosineTaper(samples: number): Float64Array {
  const length = Math.floor(samples * TAPER);
  return Float64Array.from({ length: samples }, (_, i) => {
    const fromEnd = Math.min(i, samples - 1 - i);
    return fromEnd >= length ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * (fromEnd + 1) / (length + 1));
  });
}

interface Factors {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

function unitCircle(points: number): Factors {
  const angle = (i: number) => -2 * Math.PI * i / points;
  const half = { length: points / 2 };
  return {
    cos: Float64Array.from(half, (_, i) => Math.cos(angle(i))),
    sin: Float64Array.from(half, (_, i) => Math.sin(angle(i))),
  };
}

/** In place, radix 2 (Cooley and Tukey, 1965). */
function transform(re: Float64Array, im: Float64Array, { cos, sin }: Factors): void {
  const n = re.length;
  reverseBits(re, im);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2, stride = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const a = start + k, b = a + half, c = cos[k * stride], s = sin[k * stride];
        const x = re[b] * c - im[b] * s, y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j], re[i]];
    [im[i], im[j]] = [im[j], im[i]];
  }
}
