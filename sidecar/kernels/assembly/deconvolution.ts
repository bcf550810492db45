/**
 * Wiener prediction-error filtering of one trace at a time, but for the normal equations: four traces are solved in the
 * lanes of two f64x2. Lanes never mix, so a trace gets the same bits alone or in company.
 */

/** Lags of one block of the autocorrelation, and outputs of one block of the convolution: eight vectors of four. */
const BLOCK: i32 = 32;
/** Products added in f32 before the sum goes to f64. */
const RUN: i32 = 128;

/**
 * The bits of the largest magnitude of `count` float32 values, as an integer: magnitudes order as their bits do, with
 * infinity and NaN above all numbers.
 */
export function peak_bits(address: usize, count: i32): i32 {
  const magnitude = i32x4.splat(0x7fffffff);
  let largest = i32x4.splat(0);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    largest = i32x4.max_s(largest, v128.and(v128.load(address + (<usize> i << 2)), magnitude));
  }
  let result = max(
    max(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  );
  for (let i = whole; i < count; i++) {
    result = max(result, load<i32>(address + (<usize> i << 2)) & 0x7fffffff);
  }
  return result;
}

/** Copies `count` values times `scale` to `to`, between `before` and `after` zeros; `to` is where the zeros begin. */
export function place_scaled(to: usize, from: usize, count: i32, scale: f32, before: i32, after: i32): void {
  memory.fill(to, 0, <usize> before << 2);
  const start = to + (<usize> before << 2);
  const factor = f32x4.splat(scale);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = <usize> i << 2;
    v128.store(start + at, f32x4.mul(v128.load(from + at), factor));
  }
  for (let i = whole; i < count; i++) {
    const at = <usize> i << 2;
    store<f32>(start + at, load<f32>(from + at) * scale);
  }
  memory.fill(start + (<usize> count << 2), 0, <usize> after << 2);
}

/**
 * Autocorrelation of `count` values for lags 0 to `lags` - 1 into lane `lane` of r, f64 `[lag][4]`. At least
 * `lags` + 48 zeros follow the values; `r` has room for a multiple of 32 lags.
 */
export function autocorrelate(x: usize, count: i32, lags: i32, r: usize, lane: i32): void {
  for (let lag = 0; lag < lags; lag += BLOCK) {
    const to = r + (<usize> lag << 5) + (<usize> lane << 3);
    for (let k = 0; k < BLOCK; k++) store<f64>(to + (<usize> k << 5), 0);
    for (let i = 0; i < count; i += RUN) {
      const from = x + (<usize> i << 2), run = min(RUN, count - i);
      if (lags - lag > BLOCK >> 1) add_products(from, run, lag, to);
      else add_few_products(from, run, lag, to);
    }
  }
}

/**
 * Adds the products of `count` values, rounded up to a multiple of eight, with those `lag` to `lag` + 31 later. Values i
 * and i + 4 go together: the vectors that one meets at lag l the other meets at l - 4, so each is loaded once.
 */
function add_products(x: usize, count: i32, lag: i32, to: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
  const pairs = count + 7 >> 3 << 2;
  for (let k = 0; k < pairs; k++) {
    const at = x + (<usize> ((k << 1) - (k & 3)) << 2);
    const later = at + (<usize> lag << 2);
    const near = v128.load32_splat(at), far = v128.load32_splat(at, 16);
    const v0 = v128.load(later);
    const v1 = v128.load(later, 16);
    a0 = f32x4.add(f32x4.add(a0, f32x4.mul(near, v0)), f32x4.mul(far, v1));
    const v2 = v128.load(later, 32);
    a1 = f32x4.add(f32x4.add(a1, f32x4.mul(near, v1)), f32x4.mul(far, v2));
    const v3 = v128.load(later, 48);
    a2 = f32x4.add(f32x4.add(a2, f32x4.mul(near, v2)), f32x4.mul(far, v3));
    const v4 = v128.load(later, 64);
    a3 = f32x4.add(f32x4.add(a3, f32x4.mul(near, v3)), f32x4.mul(far, v4));
    const v5 = v128.load(later, 80);
    a4 = f32x4.add(f32x4.add(a4, f32x4.mul(near, v4)), f32x4.mul(far, v5));
    const v6 = v128.load(later, 96);
    a5 = f32x4.add(f32x4.add(a5, f32x4.mul(near, v5)), f32x4.mul(far, v6));
    const v7 = v128.load(later, 112);
    a6 = f32x4.add(f32x4.add(a6, f32x4.mul(near, v6)), f32x4.mul(far, v7));
    const v8 = v128.load(later, 128);
    a7 = f32x4.add(f32x4.add(a7, f32x4.mul(near, v7)), f32x4.mul(far, v8));
  }
  add_four(to, a0);
  add_four(to + 128, a1);
  add_four(to + 256, a2);
  add_four(to + 384, a3);
  add_four(to + 512, a4);
  add_four(to + 640, a5);
  add_four(to + 768, a6);
  add_four(to + 896, a7);
}

/** As add_products, for the lags `lag` to `lag` + 15. */
function add_few_products(x: usize, count: i32, lag: i32, to: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  const pairs = count + 7 >> 3 << 2;
  for (let k = 0; k < pairs; k++) {
    const at = x + (<usize> ((k << 1) - (k & 3)) << 2);
    const later = at + (<usize> lag << 2);
    const near = v128.load32_splat(at), far = v128.load32_splat(at, 16);
    const v0 = v128.load(later);
    const v1 = v128.load(later, 16);
    a0 = f32x4.add(f32x4.add(a0, f32x4.mul(near, v0)), f32x4.mul(far, v1));
    const v2 = v128.load(later, 32);
    a1 = f32x4.add(f32x4.add(a1, f32x4.mul(near, v1)), f32x4.mul(far, v2));
    const v3 = v128.load(later, 48);
    a2 = f32x4.add(f32x4.add(a2, f32x4.mul(near, v2)), f32x4.mul(far, v3));
    const v4 = v128.load(later, 64);
    a3 = f32x4.add(f32x4.add(a3, f32x4.mul(near, v3)), f32x4.mul(far, v4));
  }
  add_four(to, a0);
  add_four(to + 128, a1);
  add_four(to + 256, a2);
  add_four(to + 384, a3);
}

/** Adds the four sums to four lags of one lane. */
// @ts-ignore: decorator
@inline
function add_four(to: usize, sums: v128): void {
  store<f64>(to, load<f64>(to) + <f64> f32x4.extract_lane(sums, 0));
  store<f64>(to, load<f64>(to, 32) + <f64> f32x4.extract_lane(sums, 1), 32);
  store<f64>(to, load<f64>(to, 64) + <f64> f32x4.extract_lane(sums, 2), 64);
  store<f64>(to, load<f64>(to, 96) + <f64> f32x4.extract_lane(sums, 3), 96);
}

/**
 * Solves R f = g for four traces, Levinson's recursion; r and g are `[lag][4]`, so are the results `f`
 * and the scratch `a`. A dead trace (r[0] = 0) gets f = 0. `whitened` multiplies r[0].
 */
export function solve_four(r: usize, g: usize, f: usize, a: usize, n: i32, whitened: f64): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1), factor = f64x2.splat(whitened);
  let v0 = f64x2.mul(v128.load(r), factor), v1 = f64x2.mul(v128.load(r, 16), factor);
  v0 = v128.bitselect(one, v0, f64x2.eq(v0, zero));
  v1 = v128.bitselect(one, v1, f64x2.eq(v1, zero));
  v128.store(a, one);
  v128.store(a, one, 16);
  v128.store(f, f64x2.div(v128.load(g), v0));
  v128.store(f, f64x2.div(v128.load(g, 16), v1), 16);
  for (let j = 1; j < n; j++) {
    let e0 = zero, e1 = zero, w0 = zero, w1 = zero;
    let lag = r + (<usize> j << 5);
    for (let at: usize = 0; at < <usize> j << 5; at += 32, lag -= 32) {
      const r0 = v128.load(lag), r1 = v128.load(lag, 16);
      e0 = f64x2.add(e0, f64x2.mul(v128.load(a + at), r0));
      e1 = f64x2.add(e1, f64x2.mul(v128.load(a + at, 16), r1));
      w0 = f64x2.add(w0, f64x2.mul(v128.load(f + at), r0));
      w1 = f64x2.add(w1, f64x2.mul(v128.load(f + at, 16), r1));
    }
    const c0 = f64x2.div(e0, v0), c1 = f64x2.div(e1, v1);
    v0 = f64x2.sub(v0, f64x2.mul(c0, e0));
    v1 = f64x2.sub(v1, f64x2.mul(c1, e1));
    reflect(a, j, c0, c1);
    const last = g + (<usize> j << 5);
    const k0 = f64x2.div(f64x2.sub(v128.load(last), w0), v0);
    const k1 = f64x2.div(f64x2.sub(v128.load(last, 16), w1), v1);
    extend(f, a, j, k0, k1);
  }
}

/** a[j - i] -= c a[i] and a[i] -= c a[j - i], for a of j terms that becomes one of j + 1. */
// @ts-ignore: decorator
@inline
function reflect(a: usize, j: i32, c0: v128, c1: v128): void {
  const zero = f64x2.splat(0);
  let low = a, high = a + (<usize> j << 5);
  v128.store(high, zero);
  v128.store(high, zero, 16);
  for (; low <= high; low += 32, high -= 32) {
    const low0 = v128.load(low), low1 = v128.load(low, 16);
    const high0 = v128.load(high), high1 = v128.load(high, 16);
    v128.store(low, f64x2.sub(low0, f64x2.mul(c0, high0)));
    v128.store(low, f64x2.sub(low1, f64x2.mul(c1, high1)), 16);
    v128.store(high, f64x2.sub(high0, f64x2.mul(c0, low0)));
    v128.store(high, f64x2.sub(high1, f64x2.mul(c1, low1)), 16);
  }
}

/** f[i] += k a[j - i] for i = 0 to j, with f[j] = 0 before. */
// @ts-ignore: decorator
@inline
function extend(f: usize, a: usize, j: i32, k0: v128, k1: v128): void {
  const end = <usize> j << 5;
  let from = a + end;
  for (let at: usize = 0; at < end; at += 32, from -= 32) {
    v128.store(f + at, f64x2.add(v128.load(f + at), f64x2.mul(k0, v128.load(from))));
    v128.store(f + at, f64x2.add(v128.load(f + at, 16), f64x2.mul(k1, v128.load(from, 16))), 16);
  }
  v128.store(f + end, f64x2.mul(k0, v128.load(a)));
  v128.store(f + end, f64x2.mul(k1, v128.load(a, 16)), 16);
}

/** Lane `lane` of f64 `[k][4]` as float32 values, followed by zeros up to a multiple of eight. */
export function take_lane(to: usize, from: usize, lane: i32, n: i32): void {
  memory.fill(to + (<usize> n << 2), 0, <usize> (-n & 7) << 2);
  for (let k = 0; k < n; k++) {
    store<f32>(to + (<usize> k << 2), <f32> load<f64>(from + (<usize> k << 5) + (<usize> lane << 3)));
  }
}

/**
 * trace[i] -= sum f[j] x[i - gap - j] over n coefficients, which zeros follow up to a multiple of eight. `x` is a copy
 * of the trace with at least gap + n + 12 zeros before and 32 behind. Coefficients j and j + 4 go together, as above.
 */
export function subtract_prediction(trace: usize, x: usize, samples: i32, f: usize, n: i32, gap: i32): void {
  const zero = f32x4.splat(0);
  const pairs = n + 7 >> 3 << 2;
  for (let i = 0; i < samples; i += BLOCK) {
    let p0 = zero, p1 = zero, p2 = zero, p3 = zero, p4 = zero, p5 = zero, p6 = zero, p7 = zero;
    const origin = x + <usize> ((i - gap - 4) << 2);
    for (let k = 0; k < pairs; k++) {
      const j = <usize> ((k << 1) - (k & 3)) << 2;
      const near = v128.load32_splat(f + j), far = v128.load32_splat(f + j, 16);
      const from = origin - j;
      const v0 = v128.load(from);
      const v1 = v128.load(from, 16);
      p0 = f32x4.add(f32x4.add(p0, f32x4.mul(near, v1)), f32x4.mul(far, v0));
      const v2 = v128.load(from, 32);
      p1 = f32x4.add(f32x4.add(p1, f32x4.mul(near, v2)), f32x4.mul(far, v1));
      const v3 = v128.load(from, 48);
      p2 = f32x4.add(f32x4.add(p2, f32x4.mul(near, v3)), f32x4.mul(far, v2));
      const v4 = v128.load(from, 64);
      p3 = f32x4.add(f32x4.add(p3, f32x4.mul(near, v4)), f32x4.mul(far, v3));
      const v5 = v128.load(from, 80);
      p4 = f32x4.add(f32x4.add(p4, f32x4.mul(near, v5)), f32x4.mul(far, v4));
      const v6 = v128.load(from, 96);
      p5 = f32x4.add(f32x4.add(p5, f32x4.mul(near, v6)), f32x4.mul(far, v5));
      const v7 = v128.load(from, 112);
      p6 = f32x4.add(f32x4.add(p6, f32x4.mul(near, v7)), f32x4.mul(far, v6));
      const v8 = v128.load(from, 128);
      p7 = f32x4.add(f32x4.add(p7, f32x4.mul(near, v8)), f32x4.mul(far, v7));
    }
    const to = trace + (<usize> i << 2), left = samples - i;
    subtract_four(to, p0, left);
    subtract_four(to + 16, p1, left - 4);
    subtract_four(to + 32, p2, left - 8);
    subtract_four(to + 48, p3, left - 12);
    subtract_four(to + 64, p4, left - 16);
    subtract_four(to + 80, p5, left - 20);
    subtract_four(to + 96, p6, left - 24);
    subtract_four(to + 112, p7, left - 28);
  }
}

// @ts-ignore: decorator
@inline
function subtract_four(to: usize, p: v128, left: i32): void {
  if (left >= 4) {
    v128.store(to, f32x4.sub(v128.load(to), p));
    return;
  }
  if (left > 0) store<f32>(to, load<f32>(to) - f32x4.extract_lane(p, 0));
  if (left > 1) store<f32>(to, load<f32>(to, 4) - f32x4.extract_lane(p, 1), 4);
  if (left > 2) store<f32>(to, load<f32>(to, 8) - f32x4.extract_lane(p, 2), 8);
}
