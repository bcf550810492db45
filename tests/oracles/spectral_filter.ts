/**
 * Oracle: the trace of `length` samples (padded with zeros) through a complex factor a frequency, by plain sums in f64.
 * `gain` gets the bin from 0 to length / 2 and returns real and imaginary part.
 */
export function filterBySums(
  trace: ArrayLike<number>,
  length: number,
  gain: (bin: number) => readonly [number, number],
): Float64Array {
  const out = new Float64Array(trace.length);
  for (let bin = 0; bin <= length / 2; bin++) {
    const [re, im] = binOf(trace, length, bin), [c, s] = gain(bin);
    const twice = bin === 0 || bin === length / 2 ? 1 : 2;
    const a = twice * (re * c - im * s) / length, b = twice * (re * s + im * c) / length;
    for (let i = 0; i < out.length; i++) {
      const angle = 2 * Math.PI * ((bin * i) % length) / length;
      out[i] += a * Math.cos(angle) - b * Math.sin(angle);
    }
  }
  return out;
}

/** sum of x[i] exp(-2 pi i bin i / length). */
export function binOf(trace: ArrayLike<number>, length: number, bin: number): [number, number] {
  let re = 0, im = 0;
  for (let i = 0; i < trace.length; i++) {
    const angle = 2 * Math.PI * ((bin * i) % length) / length;
    re += trace[i] * Math.cos(angle);
    im -= trace[i] * Math.sin(angle);
  }
  return [re, im];
}
