/**
 * Automatic gain control by sliding sums that never subtract: in blocks of the window's length, a window's sum is a
 * suffix sum of one block plus a prefix sum of the next (van Herk 1992, Gil and Werman 1993, there for extrema). So a
 * small window after a large one keeps all its digits. Sums are f64; two pairs of traces side by side.
 */
import { lanes_in, lanes_out } from "./_lanes";

/**
 * Divides up to four traces by the root mean square over samples i-h..i+h, cut at the ends; where that is zero the
 * output is zero. `scratch` takes 32 n + 32 (2h+1) bytes; h is less than n.
 */
export function agc_rms(traces: usize, stride: usize, count: i32, n: i32, h: i32, scratch: usize): void {
  agc(traces, stride, count, n, h, scratch, true);
}

/** The same with the mean absolute value. */
export function agc_mean(traces: usize, stride: usize, count: i32, n: i32, h: i32, scratch: usize): void {
  agc(traces, stride, count, n, h, scratch, false);
}

// @ts-ignore: decorator
@inline
function agc(traces: usize, stride: usize, count: i32, n: i32, h: i32, scratch: usize, squares: bool): void {
  const input = scratch, output = input + (<usize> n << 4), sums = output + (<usize> n << 4);
  const window = 2 * h + 1;
  lanes_in(traces, stride, count, n, input);
  // The block's windows are centred at samples block .. block + window - 1, and start h samples earlier.
  for (let block = 0; block < n; block += window) {
    const centres = min(window, n - block);
    suffix_sums(input, n, block - h, window, sums, squares);
    divide(input, output, n, h, block, centres, sums, squares);
  }
  lanes_out(output, traces, stride, count, n);
}

/** Squares or absolute values of two lanes in f64. */
// @ts-ignore: decorator
@inline
function magnitude(x: v128, squares: bool): v128 {
  const wide = f64x2.promote_low_f32x4(x);
  return squares ? v128.mul<f64>(wide, wide) : v128.abs<f64>(wide);
}

// @ts-ignore: decorator
@inline
function high_lanes(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 1);
}

/** sums[j] = sum of samples first+j .. first+window-1, of those that exist. */
// @ts-ignore: decorator
@inline
function suffix_sums(input: usize, n: i32, first: i32, window: i32, sums: usize, squares: bool): void {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  for (let j = window - 1; j >= 0; j--) {
    const at = first + j;
    if (at < n && at >= 0) {
      const x = v128.load(input + (<usize> at << 4));
      low = v128.add<f64>(low, magnitude(x, squares));
      high = v128.add<f64>(high, magnitude(high_lanes(x), squares));
    }
    const to = sums + (<usize> j << 5);
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}

// @ts-ignore: decorator
@inline
function divide(
  input: usize, output: usize, n: i32, h: i32, block: i32, centres: i32, sums: usize, squares: bool,
): void {
  const zero = f64x2.splat(0);
  let low = zero, high = zero;
  for (let j = 0; j < centres; j++) {
    const i = block + j, last = i + h;
    if (j > 0 && last < n) {
      const x = v128.load(input + (<usize> last << 4));
      low = v128.add<f64>(low, magnitude(x, squares));
      high = v128.add<f64>(high, magnitude(high_lanes(x), squares));
    }
    const samples = f64x2.splat(1 / <f64> (min(last, n - 1) - max(i - h, 0) + 1));
    const from = sums + (<usize> j << 5);
    let a = v128.mul<f64>(v128.add<f64>(v128.load(from), low), samples);
    let b = v128.mul<f64>(v128.add<f64>(v128.load(from, 16), high), samples);
    if (squares) {
      a = v128.sqrt<f64>(a);
      b = v128.sqrt<f64>(b);
    }
    const at = <usize> i << 4;
    const x = v128.load(input + at);
    const y0 = v128.andnot(v128.div<f64>(f64x2.promote_low_f32x4(x), a), v128.eq<f64>(a, zero));
    const y1 = v128.andnot(v128.div<f64>(f64x2.promote_low_f32x4(high_lanes(x)), b), v128.eq<f64>(b, zero));
    v128.store(output + at, v128.shuffle<f64>(f32x4.demote_f64x2_zero(y0), f32x4.demote_f64x2_zero(y1), 0, 2));
  }
}
