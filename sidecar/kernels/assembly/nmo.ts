/**
 * Normal moveout: the time map t(t0) = sqrt(t0^2 + x^2 / v^2(t0)) and interpolation along it. Times are in samples,
 * counted from the first sample; tables are padded to a multiple of four.
 */
import { clamp_positions, FRACTION_BITS, interpolate_four, pad, store_lanes } from "./_sinc";

/** slowness = (1 - weight) * a + weight * b, f64: 1/v^2 between two velocity functions. */
export function mix_slowness(slowness: usize, a: usize, b: usize, weight: f64, count: i32): void {
  const wa = f64x2.splat(1 - weight), wb = f64x2.splat(weight);
  const bytes = <usize> count << 3;
  for (let at: usize = 0; at < bytes; at += 16) {
    const mixed = f64x2.add(
      f64x2.mul(wa, v128.load(a + at)),
      f64x2.mul(wb, v128.load(b + at)),
    );
    v128.store(slowness + at, mixed);
  }
}

/**
 * times[i] = sqrt((start + i)^2 + x2 * slowness[i]) - start, f64, and the same as fixed-point positions in `map`.
 * `slowness` is 1 / (v^2 dt^2), `x2` the squared offset.
 */
export function time_map(
  times: usize,
  map: usize,
  slowness: usize,
  x2: f64,
  start: f64,
  samples: i32,
): void {
  const distance = f64x2.splat(x2), first = f64x2.splat(start);
  const scale = f64x2.splat(<f64> (1 << FRACTION_BITS)), half = f64x2.splat(0.5), two = f64x2.splat(2);
  let t0 = f64x2.add(first, f64x2(0, 1));
  for (let i = 0; i < samples; i += 4) {
    const from = slowness + (<usize> i << 3);
    const low = moved(t0, distance, v128.load(from), first);
    t0 = f64x2.add(t0, two);
    const high = moved(t0, distance, v128.load(from, 16), first);
    t0 = f64x2.add(t0, two);
    const to = times + (<usize> i << 3);
    v128.store(to, low);
    v128.store(to, high, 16);
    // Floor, not truncation: positions before the first sample are negative.
    const q = v128.shuffle<i32>(
      i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(f64x2.mul(low, scale), half))),
      i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(f64x2.mul(high, scale), half))),
      0,
      1,
      4,
      5,
    );
    v128.store(map + (<usize> i << 2), clamp_positions(q, samples));
  }
}

// @ts-ignore: decorator
@inline
function moved(t0: v128, x2: v128, slowness: v128, start: v128): v128 {
  return f64x2.sub(f64x2.sqrt(f64x2.add(f64x2.mul(t0, t0), f64x2.mul(x2, slowness))), start);
}

/** The last sample whose time step, the inverse of its stretch, is below `least`; -1 when there is none. */
export function last_stretched(times: usize, samples: i32, least: f64): i32 {
  const limit = f64x2.splat(least);
  let i = samples - 1;
  // Pairs of steps (i-1, i) and (i-3, i-2) until one is too small; then one by one.
  for (; i >= 4; i -= 4) {
    const at = times + (<usize> (i - 3) << 3);
    const upper = f64x2.lt(f64x2.sub(v128.load(at, 16), v128.load(at, 8)), limit);
    const lower = f64x2.lt(f64x2.sub(v128.load(at), v128.load(at - 8)), limit);
    if (v128.any_true(v128.or(upper, lower))) break;
  }
  for (; i >= 1; i--) {
    const at = times + (<usize> i << 3);
    if (load<f64>(at) - load<f64>(at - 8) < least) return i;
  }
  if (samples > 1 && load<f64>(times, 8) - load<f64>(times) < least) return 0;
  return -1;
}

/**
 * Turns the map round: positions t0(t) where times[t0] = t, linear between samples. Where times fall back (velocities
 * that cross) the first of several answers is taken; outside of the range of times the position lies off the trace.
 */
export function invert_map(times: usize, map: usize, samples: i32): void {
  const off = -5 << FRACTION_BITS;
  let before = 0;
  for (let i = 0; i < samples; i++) {
    const t = <f64> i;
    while (before + 1 < samples && load<f64>(times + (<usize> (before + 1) << 3)) <= t) before++;
    const at = times + (<usize> before << 3);
    const t1 = load<f64>(at);
    let q = off;
    if (t1 == t) q = before << FRACTION_BITS;
    else if (t1 < t && before + 1 < samples) {
      const part = (t - t1) / (load<f64>(at, 8) - t1);
      q = <i32> floor((<f64> before + part) * <f64> (1 << FRACTION_BITS) + 0.5);
    }
    store<i32>(map + (<usize> i << 2), q);
  }
  for (let i = samples; i < ((samples + 3) & ~3); i++) store<i32>(map + (<usize> i << 2), off);
}

/** Replaces samples from `first` on by those at the mapped positions; earlier ones become zero. */
export function resample_along(
  trace: usize,
  padded: usize,
  table: usize,
  map: usize,
  samples: i32,
  first: i32,
): void {
  const origin = pad(padded, trace, samples);
  for (let i = first & ~3; i < samples; i += 4) {
    const value = interpolate_four(origin, table, map + (<usize> i << 2));
    store_lanes(trace + (<usize> i << 2), value, samples - i);
  }
  memory.fill(trace, 0, <usize> first << 2);
}

/** Multiplies the `length` samples from `first` on by (k + 1) / length, as far as there are samples. */
export function ramp(trace: usize, samples: i32, first: i32, length: i32): void {
  const end = min(samples, first + length);
  for (let i = first; i < end; i++) {
    const at = trace + (<usize> i << 2);
    store<f32>(at, load<f32>(at) * (<f32> (i - first + 1) / <f32> length));
  }
}
