/**
 * Stacks over traces, sample by sample over live samples: those that are not exactly zero. Sums are f64 and run in the
 * order of the traces; `sums`, `weights` (f64) and `fold` (i32) are tables of one trace padded to a multiple of four.
 */

/** Sets the tables of a stack to zero. */
export function clear_stack(sums: usize, weights: usize, fold: usize, samples: i32): void {
  const count = <usize> (samples + 3 & ~3);
  memory.fill(sums, 0, count << 3);
  memory.fill(weights, 0, count << 3);
  memory.fill(fold, 0, count << 2);
}

/** Adds a trace to the sums and counts its live samples. Returns 1 when it has any. */
export function add_trace(trace: usize, sums: usize, fold: usize, samples: i32): i32 {
  const zero = f32x4.splat(0);
  let any = i32x4.splat(0);
  const whole = samples & ~3;
  for (let i = 0; i < whole; i += 4) {
    const x = v128.load(trace + (<usize> i << 2));
    const sum = sums + (<usize> i << 3), count = fold + (<usize> i << 2);
    const live = f32x4.ne(x, zero);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(x)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(upper(x))), 16);
    v128.store(count, i32x4.sub(v128.load(count), live));
    any = v128.or(any, live);
  }
  let found: i32 = v128.any_true(any) ? 1 : 0;
  for (let i = whole; i < samples; i++) {
    const x = load<f32>(trace + (<usize> i << 2));
    if (x == 0) continue;
    const sum = sums + (<usize> i << 3), count = fold + (<usize> i << 2);
    store<f64>(sum, load<f64>(sum) + <f64> x);
    store<i32>(count, load<i32>(count) + 1);
    found = 1;
  }
  return found;
}

/** As add_trace, with the trace times `weight` in the sums and the weights of live samples summed too. */
export function add_weighted(
  trace: usize,
  weight: f64,
  sums: usize,
  weights: usize,
  fold: usize,
  samples: i32,
): void {
  for (let i = 0; i < samples; i++) {
    const x = load<f32>(trace + (<usize> i << 2));
    if (x == 0) continue;
    const at = <usize> i << 3, count = fold + (<usize> i << 2);
    store<f64>(sums + at, load<f64>(sums + at) + weight * <f64> x);
    store<f64>(weights + at, load<f64>(weights + at) + weight);
    store<i32>(count, load<i32>(count) + 1);
  }
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 2, 3);
}

/** Sum over fold; zero where fewer than `least` traces are live. */
export function finish_mean(out: usize, sums: usize, fold: usize, samples: i32, least: i32): void {
  for (let i = 0; i < samples; i++) {
    const count = load<i32>(fold + (<usize> i << 2));
    const mean = load<f64>(sums + (<usize> i << 3)) / <f64> max(count, 1);
    store<f32>(out + (<usize> i << 2), count >= least ? <f32> mean : 0);
  }
}

/** Weighted sum over sum of weights; zero where fewer than `least` traces are live. */
export function finish_weighted(
  out: usize,
  sums: usize,
  weights: usize,
  fold: usize,
  samples: i32,
  least: i32,
): void {
  for (let i = 0; i < samples; i++) {
    const at = <usize> i << 3;
    const enough = load<i32>(fold + (<usize> i << 2)) >= least;
    store<f32>(out + (<usize> i << 2), enough ? <f32> (load<f64>(sums + at) / load<f64>(weights + at)) : 0);
  }
}

/**
 * Median over live samples, four samples in lanes: dead ones become infinity, Batcher's merge exchange sorts (Knuth,
 * The Art of Computer Programming 3, 5.2.2, algorithm M; any number of traces). `sorted` holds 16 bytes a trace.
 */
export function median(
  input: usize,
  traces: i32,
  samples: i32,
  out: usize,
  sorted: usize,
  fold: usize,
  least: i32,
): void {
  for (let i = 0; i < samples; i += 4) {
    const count = min(4, samples - i);
    const live = gather_column(input, traces, samples, i, count, sorted);
    v128.store(fold, live);
    sort_lanes(sorted, traces);
    for (let lane = 0; lane < count; lane++) {
      const n = load<i32>(fold + (<usize> lane << 2));
      const value = n >= max(least, 1) ? middle(sorted + (<usize> lane << 2), n) : 0;
      store<f32>(out + (<usize> (i + lane) << 2), value);
    }
  }
}

/** Four samples of every trace to `sorted`, dead ones as infinity; returns how many are live in each lane. */
function gather_column(input: usize, traces: i32, samples: i32, i: i32, count: i32, sorted: usize): v128 {
  const zero = f32x4.splat(0), infinity = f32x4.splat(Infinity);
  let live = i32x4.splat(0);
  for (let trace = 0; trace < traces; trace++) {
    const from = input + (<usize> (trace * samples + i) << 2), to = sorted + (<usize> trace << 4);
    if (count == 4) v128.store(to, v128.load(from));
    else {
      v128.store(to, zero);
      memory.copy(to, from, <usize> count << 2);
    }
    const x = v128.load(to);
    const dead = f32x4.eq(x, zero);
    v128.store(to, v128.bitselect(infinity, x, dead));
    live = i32x4.sub(live, v128.not(dead));
  }
  return live;
}

function sort_lanes(sorted: usize, n: i32): void {
  let top = 1;
  while (top < n) top <<= 1;
  for (let p = top >> 1; p > 0; p >>= 1) {
    let q = top >> 1, r = 0, d = p;
    while (true) {
      for (let i = 0; i < n - d; i++) if ((i & p) == r) exchange(sorted, i, i + d);
      if (q == p) break;
      d = q - p;
      q >>= 1;
      r = p;
    }
  }
}

// @ts-ignore: decorator
@inline
function exchange(sorted: usize, i: i32, j: i32): void {
  const at = sorted + (<usize> i << 4), other = sorted + (<usize> j << 4);
  const a = v128.load(at), b = v128.load(other);
  v128.store(at, f32x4.min(a, b));
  v128.store(other, f32x4.max(a, b));
}

function middle(lane: usize, n: i32): f32 {
  const upper = load<f32>(lane + (<usize> (n >> 1) << 4));
  if (n & 1) return upper;
  return <f32> ((<f64> load<f32>(lane + (<usize> ((n >> 1) - 1) << 4)) + <f64> upper) / 2);
}

/** Mean square of the live finite samples of a trace; 0 when there are none. */
export function live_power(trace: usize, samples: i32): f64 {
  let sum: f64 = 0;
  let count = 0;
  for (let i = 0; i < samples; i++) {
    const x = <f64> load<f32>(trace + (<usize> i << 2));
    if (x == 0 || x - x != 0) continue;
    sum += x * x;
    count++;
  }
  return sum / <f64> max(count, 1);
}

/** 1 when any sample of the trace is not zero. */
export function is_live(trace: usize, samples: i32): i32 {
  for (let i = 0; i < samples; i++) if (load<f32>(trace + (<usize> i << 2)) != 0) return 1;
  return 0;
}
