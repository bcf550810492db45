/**
 * Frequency-wavenumber filter of a gather. Each trace's spectrum lies in a row of `row_bytes`, bins as pairs (re, im);
 * the transform over the traces takes four frequencies side by side, a weight a wavenumber, and back.
 */
import { fft_complex, fft_real, fft_real_inverse } from "./_fft";
import { lanes_in, lanes_out } from "./_lanes";

/** Spectra of up to four traces of `n` samples into rows; `scratch` takes 64 points + 32 bytes. */
export function to_rows(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, rows: usize, row_bytes: usize, scratch: usize,
): void {
  const points = load<i32>(plan);
  lanes_in(traces, stride, count, n, scratch);
  memory.fill(scratch + (<usize> n << 4), 0, (<usize> points << 5) - (<usize> n << 4));
  fft_real(plan, scratch, scratch + (<usize> (points + 1) << 5));
  lanes_out(scratch, rows, row_bytes, count, 2 * (points + 1));
}

/** Up to four traces from their rows: those that gave them, where rows are as they were. */
export function from_rows(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, rows: usize, row_bytes: usize, scratch: usize,
): void {
  const points = load<i32>(plan);
  lanes_in(rows, row_bytes, count, 2 * (points + 1), scratch);
  fft_real_inverse(plan, scratch, scratch + (<usize> (points + 1) << 5), <f32> 1 / <f32> points);
  lanes_out(scratch, traces, stride, count, n);
}

/**
 * Filters four frequencies over all traces. `rows` holds the address of each trace's row, in order of distance, `offset`
 * the bytes from there to the four bins;
 * `wavenumbers` one f32 for each point of the plan; `fan` six f32x4: where the fan begins (wavenumber) and the inverse
 * width of the ramp, where it ends and likewise, and the two f32x4 of the weight a + b w. `scratch` takes 64 points bytes.
 */
export function filter_four(
  rows: usize, offset: usize, traces: i32, plan: usize, wavenumbers: usize, fan: usize, scratch: usize,
): void {
  const points = load<i32>(plan);
  for (let j = 0; j < traces; j++) {
    const row = <usize> load<i32>(rows + (<usize> j << 2)) + offset, to = scratch + (<usize> j << 5);
    const x = v128.load(row), y = v128.load(row, 16);
    v128.store(to, v128.shuffle<f32>(x, y, 0, 2, 4, 6));
    v128.store(to, v128.shuffle<f32>(x, y, 1, 3, 5, 7), 16);
  }
  memory.fill(scratch + (<usize> traces << 5), 0, <usize> (points - traces) << 5);
  const spectrum = fft_complex(plan, scratch, scratch + (<usize> points << 5), false);
  weigh(spectrum, points, wavenumbers, fan);
  const other = spectrum == scratch ? scratch + (<usize> points << 5) : scratch;
  const result = fft_complex(plan, spectrum, other, true);
  for (let j = 0; j < traces; j++) {
    const row = <usize> load<i32>(rows + (<usize> j << 2)) + offset, from = result + (<usize> j << 5);
    const re = v128.load(from), im = v128.load(from, 16);
    v128.store(row, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
    v128.store(row, v128.shuffle<f32>(re, im, 2, 6, 3, 7), 16);
  }
}

function weigh(spectrum: usize, points: i32, wavenumbers: usize, fan: usize): void {
  const begin = v128.load(fan), rise = v128.load(fan, 16), end = v128.load(fan, 32), fall = v128.load(fan, 48);
  const scale = f32x4.splat(<f32> 1 / <f32> points);
  const a = v128.mul<f32>(v128.load(fan, 64), scale), b = v128.mul<f32>(v128.load(fan, 80), scale);
  for (let j: usize = 0; j < <usize> points; j++) {
    const k = v128.load32_splat(wavenumbers + (j << 2));
    const up = smooth(v128.mul<f32>(v128.sub<f32>(k, begin), rise));
    const down = smooth(v128.mul<f32>(v128.sub<f32>(end, k), fall));
    const weight = v128.add<f32>(a, v128.mul<f32>(b, v128.mul<f32>(up, down)));
    const at = spectrum + (j << 5);
    v128.store(at, v128.mul<f32>(v128.load(at), weight));
    v128.store(at, v128.mul<f32>(v128.load(at, 16), weight), 16);
  }
}

/** 0 below 0, 1 above 1, between them the cubic 3 x^2 - 2 x^3. */
// @ts-ignore: decorator
@inline
function smooth(x: v128): v128 {
  const c = v128.max<f32>(f32x4.splat(0), v128.min<f32>(f32x4.splat(1), x));
  return v128.mul<f32>(v128.mul<f32>(c, c), v128.sub<f32>(f32x4.splat(3), v128.add<f32>(c, c)));
}
