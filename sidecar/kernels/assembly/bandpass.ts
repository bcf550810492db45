/**
 * Zero-phase band-pass: a cascade of second-order sections forward and backward over the oddly extended trace.
 *
 * Each section has its zeros at z = 1 and z = -1 and keeps the two integrator states of the trapezoidal state-variable
 * filter (Zavalishin, The Art of VA Filter Design (2018), section 4.4), scaled so that one sample costs two products:
 *     t = s1 + (x - a s1 - s2);   u = s1 + t;   s1 = t;   s2 = s2 + b u
 * In f32 this loses one to two digits less at low corners than the direct forms do: a and b keep all their digits.
 * Four sections run in one pass with their states in registers.
 */
import { lanes_in, lanes_out } from "./_lanes";

/**
 * Filters up to four traces of `n` samples in place. `table` holds a and b of each section (f64), `gain` is the factor
 * of one direction, `scratch` takes 16 (n + 2 pad) bytes.
 */
export function bandpass_f32(
  traces: usize, stride: usize, count: i32, n: i32, pad: i32,
  table: usize, sections: i32, gain: f64, scratch: usize,
): void {
  const total = n + 2 * pad;
  lanes_in(traces, stride, count, n, scratch + (<usize> pad << 4));
  extend(scratch, n, pad);
  cascade<f32>(scratch, 16, total, table, sections, gain);
  cascade<f32>(scratch + (<usize> (total - 1) << 4), -16, total, table, sections, gain);
  lanes_out(scratch + (<usize> pad << 4), traces, stride, count, n);
}

/** The same with f64 states, for corners where f32 does not do; `scratch` takes 48 (n + 2 pad) bytes. */
export function bandpass_f64(
  traces: usize, stride: usize, count: i32, n: i32, pad: i32,
  table: usize, sections: i32, gain: f64, scratch: usize,
): void {
  const total = n + 2 * pad;
  lanes_in(traces, stride, count, n, scratch + (<usize> pad << 4));
  extend(scratch, n, pad);
  const wide = scratch + (<usize> total << 4), half = <usize> total << 4;
  widen(scratch, total, wide, wide + half);
  for (let pair: usize = 0; pair < 2; pair++) {
    const lanes = wide + pair * half;
    cascade<f64>(lanes, 16, total, table, sections, gain);
    cascade<f64>(lanes + half - 16, -16, total, table, sections, gain);
  }
  narrow(wide, wide + half, total, scratch);
  lanes_out(scratch + (<usize> pad << 4), traces, stride, count, n);
}

/** Odd extension about the first and the last sample, as scipy's `odd_ext`. */
function extend(scratch: usize, n: i32, pad: i32): void {
  const first = scratch + (<usize> pad << 4), last = scratch + (<usize> (pad + n - 1) << 4);
  const twice_first = v128.add<f32>(v128.load(first), v128.load(first));
  const twice_last = v128.add<f32>(v128.load(last), v128.load(last));
  for (let i: usize = 16; i <= <usize> pad << 4; i += 16) {
    v128.store(first - i, v128.sub<f32>(twice_first, v128.load(first + i)));
    v128.store(last + i, v128.sub<f32>(twice_last, v128.load(last - i)));
  }
}

function widen(lanes: usize, total: i32, low: usize, high: usize): void {
  for (let at: usize = 0; at < <usize> total << 4; at += 16) {
    const x = v128.load(lanes + at);
    v128.store(low + at, f64x2.promote_low_f32x4(x));
    v128.store(high + at, f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1)));
  }
}

function narrow(low: usize, high: usize, total: i32, lanes: usize): void {
  for (let at: usize = 0; at < <usize> total << 4; at += 16) {
    const a = f32x4.demote_f64x2_zero(v128.load(low + at)), b = f32x4.demote_f64x2_zero(v128.load(high + at));
    v128.store(lanes + at, v128.shuffle<f64>(a, b, 0, 2));
  }
}

/** All sections in passes of four, two and one; `step` is 16 forward and -16 backward. */
// @ts-ignore: decorator
@inline
function cascade<T>(start: usize, step: isize, total: i32, table: usize, sections: i32, gain: f64): void {
  let done = 0;
  let factor = gain;
  for (; done + 4 <= sections; done += 4, factor = 1) {
    four<T>(start, step, total, table + (<usize> done << 4), factor, done == 0);
  }
  for (; done < sections; done++, factor = 1) {
    one<T>(start, step, total, table + (<usize> done << 4), factor, done == 0);
  }
}

/** The second state of the first section when the input has always been its first sample; all other states are zero then. */
// @ts-ignore: decorator
@inline
function settled<T>(start: usize, gain: v128, first: bool): v128 {
  return first ? v128.mul<T>(v128.load(start), gain) : v128.splat<T>(0);
}

function one<T>(start: usize, step: isize, total: i32, table: usize, factor: f64, first: bool): void {
  const gain = v128.splat<T>(<T> factor);
  const a = v128.splat<T>(<T> load<f64>(table)), b = v128.splat<T>(<T> load<f64>(table, 8));
  let s1 = v128.splat<T>(0), s2 = settled<T>(start, gain, first);
  let at = start;
  for (let i = 0; i < total; i++, at += step) {
    const x = v128.mul<T>(v128.load(at), gain);
    const t = v128.add<T>(s1, v128.sub<T>(v128.sub<T>(x, v128.mul<T>(a, s1)), s2));
    const u = v128.add<T>(s1, t);
    s1 = t;
    s2 = v128.add<T>(s2, v128.mul<T>(b, u));
    v128.store(at, u);
  }
}

function four<T>(start: usize, step: isize, total: i32, table: usize, factor: f64, first: bool): void {
  const gain = v128.splat<T>(<T> factor), zero = v128.splat<T>(0);
  const a0 = v128.splat<T>(<T> load<f64>(table)), b0 = v128.splat<T>(<T> load<f64>(table, 8));
  const a1 = v128.splat<T>(<T> load<f64>(table, 16)), b1 = v128.splat<T>(<T> load<f64>(table, 24));
  const a2 = v128.splat<T>(<T> load<f64>(table, 32)), b2 = v128.splat<T>(<T> load<f64>(table, 40));
  const a3 = v128.splat<T>(<T> load<f64>(table, 48)), b3 = v128.splat<T>(<T> load<f64>(table, 56));
  let p0 = zero, p1 = zero, p2 = zero, p3 = zero;
  let q0 = settled<T>(start, gain, first), q1 = zero, q2 = zero, q3 = zero;
  let at = start, t = zero, u = zero;
  for (let i = 0; i < total; i++, at += step) {
    t = v128.add<T>(p0, v128.sub<T>(v128.sub<T>(v128.mul<T>(v128.load(at), gain), v128.mul<T>(a0, p0)), q0));
    u = v128.add<T>(p0, t);
    p0 = t;
    q0 = v128.add<T>(q0, v128.mul<T>(b0, u));
    t = v128.add<T>(p1, v128.sub<T>(v128.sub<T>(u, v128.mul<T>(a1, p1)), q1));
    u = v128.add<T>(p1, t);
    p1 = t;
    q1 = v128.add<T>(q1, v128.mul<T>(b1, u));
    t = v128.add<T>(p2, v128.sub<T>(v128.sub<T>(u, v128.mul<T>(a2, p2)), q2));
    u = v128.add<T>(p2, t);
    p2 = t;
    q2 = v128.add<T>(q2, v128.mul<T>(b2, u));
    t = v128.add<T>(p3, v128.sub<T>(v128.sub<T>(u, v128.mul<T>(a3, p3)), q3));
    u = v128.add<T>(p3, t);
    p3 = t;
    q3 = v128.add<T>(q3, v128.mul<T>(b3, u));
    v128.store(at, u);
  }
}
