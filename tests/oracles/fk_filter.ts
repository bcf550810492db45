/**
 * Oracle: a gather `[trace][sample]` (in order of distance, zeros beyond) through weights of frequency and wavenumber, by
 * plain sums in f64. `weight` gets the frequency bin (0 .. length / 2) and the signed wavenumber bin.
 */
export function fkFilterBySums(
  gather: readonly ArrayLike<number>[],
  length: number,
  width: number,
  weight: (frequency: number, wavenumber: number) => number,
): Float64Array[] {
  const out = gather.map((trace) => new Float64Array(trace.length));
  for (let f = 0; f <= length / 2; f++) {
    const twice = f === 0 || f * 2 === length ? 1 : 2;
    for (let k = 0; k < width; k++) {
      const [re, im] = coefficient(gather, length, width, f, k);
      const w = twice * weight(f, k * 2 <= width ? k : k - width) / (length * width);
      out.forEach((trace, x) => {
        for (let t = 0; t < trace.length; t++) {
          const angle = 2 * Math.PI * (f * t / length + k * x / width);
          trace[t] += w * (re * Math.cos(angle) - im * Math.sin(angle));
        }
      });
    }
  }
  return out;
}

function coefficient(
  gather: readonly ArrayLike<number>[],
  length: number,
  width: number,
  f: number,
  k: number,
): [number, number] {
  let re = 0, im = 0;
  gather.forEach((trace, x) => {
    for (let t = 0; t < trace.length; t++) {
      const angle = 2 * Math.PI * (f * t / length + k * x / width);
      re += trace[t] * Math.cos(angle);
      im -= trace[t] * Math.sin(angle);
    }
  });
  return [re, im];
}
