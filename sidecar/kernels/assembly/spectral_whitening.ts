/** Balances the spectrum of each trace: divides it by its own running mean over frequency, within a band. */
import { fft_real, fft_real_inverse } from "./_fft";
import { lanes_in, lanes_out } from "./_lanes";

/**
 * Whitens up to four traces of `n` samples in place and keeps their RMS. `taper` holds one f64 for each bin 0 .. points:
 * the band with its ramps. The mean runs over bins k-h..k+h, cut at the ends; `noise` times the mean amplitude of bins
 * first .. last is added to it. `scratch` takes 64 (points + 1) bytes.
 */
export function whiten(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, taper: usize, h: i32,
  first: i32, last: i32, noise: f64, scratch: usize,
): void {
  const points = load<i32>(plan);
  const work = scratch + (<usize> (points + 1) << 5);
  lanes_in(traces, stride, count, n, scratch);
  const before_low = energy(scratch, n, 0), before_high = energy(scratch, n, 8);
  fft_real(plan, scratch, work, n);
  for (let pair: usize = 0; pair < 16; pair += 8) {
    amplitudes(scratch + pair, points, work);
    balance(scratch + pair, points, work, taper, h, first, last, noise);
  }
  fft_real_inverse(plan, scratch, work, 1);
  rescale(scratch, n, 0, before_low);
  rescale(scratch, n, 8, before_high);
  lanes_out(scratch, traces, stride, count, n);
}

/** Two lanes in f64. */
// @ts-ignore: decorator
@inline
function load_pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function store_pair(at: usize, x: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(x), 0);
}

/** Sum of squares of the two lanes at `pair` bytes. */
function energy(lanes: usize, n: i32, pair: usize): v128 {
  let sum = f64x2.splat(0);
  const end = lanes + (<usize> n << 4);
  for (let at = lanes; at < end; at += 16) {
    const x = load_pair(at + pair);
    sum = v128.add<f64>(sum, v128.mul<f64>(x, x));
  }
  return sum;
}

function amplitudes(bins: usize, points: i32, to: usize): void {
  for (let k: usize = 0; k <= <usize> points; k++) {
    const re = load_pair(bins + (k << 5)), im = load_pair(bins + (k << 5) + 16);
    v128.store(to + (k << 4), v128.sqrt<f64>(v128.add<f64>(v128.mul<f64>(re, re), v128.mul<f64>(im, im))));
  }
}

function balance(
  bins: usize, points: i32, sizes: usize, taper: usize, h: i32, first: i32, last: i32, noise: f64,
): void {
  const zero = f64x2.splat(0);
  let level = zero, sum = zero;
  for (let k = first; k <= last; k++) level = v128.add<f64>(level, v128.load(sizes + (<usize> k << 4)));
  level = v128.mul<f64>(level, f64x2.splat(noise / <f64> (last - first + 1)));
  for (let k = 0; k < min(h, points + 1); k++) sum = v128.add<f64>(sum, v128.load(sizes + (<usize> k << 4)));
  for (let k = 0; k <= points; k++) {
    if (k + h <= points) sum = v128.add<f64>(sum, v128.load(sizes + (<usize> (k + h) << 4)));
    if (k - h > 0) sum = v128.sub<f64>(sum, v128.load(sizes + (<usize> (k - h - 1) << 4)));
    const members = <f64> (min(k + h, points) - max(k - h, 0) + 1);
    const mean = v128.mul<f64>(sum, f64x2.splat(1 / members));
    const divisor = v128.add<f64>(mean, level);
    const gain = v128.div<f64>(f64x2.splat(load<f64>(taper + (<usize> k << 3))), divisor);
    const live = v128.andnot(gain, v128.le<f64>(divisor, zero));
    const at = bins + (<usize> k << 5);
    store_pair(at, v128.mul<f64>(load_pair(at), live));
    store_pair(at + 16, v128.mul<f64>(load_pair(at + 16), live));
  }
}

/** Gives the two lanes at `pair` bytes the energy they had. */
function rescale(lanes: usize, n: i32, pair: usize, before: v128): void {
  const zero = f64x2.splat(0), after = energy(lanes, n, pair);
  const factor = v128.andnot(v128.sqrt<f64>(v128.div<f64>(before, after)), v128.eq<f64>(after, zero));
  const end = lanes + (<usize> n << 4);
  for (let at = lanes + pair; at < end; at += 16) store_pair(at, v128.mul<f64>(load_pair(at), factor));
}
