/** Levels of a whole trace in f64, and division by a level. Sums run in two lanes of f64, in an order of their own. */

/** Mean of the squares of `n` samples. */
export function mean_square(trace: usize, n: i32): f64 {
  return sum(trace, n, true) / <f64> n;
}

/** Mean of the absolute values of `n` samples. */
export function mean_absolute(trace: usize, n: i32): f64 {
  return sum(trace, n, false) / <f64> n;
}

/** Largest absolute value of `n` samples; NaN if there is one. */
export function largest(trace: usize, n: i32): f32 {
  let most: f32 = 0;
  for (let i = 0; i < n; i++) most = max(most, abs(load<f32>(trace + (<usize> i << 2))));
  return most;
}

/** Divides `n` samples by `level`. */
export function divide(trace: usize, n: i32, level: f64): void {
  const divisor = f64x2.splat(level);
  let at = trace;
  const whole = trace + (<usize> (n & ~3) << 2);
  for (; at < whole; at += 16) {
    const x = v128.load(at);
    const low = v128.div<f64>(f64x2.promote_low_f32x4(x), divisor);
    const high = v128.div<f64>(f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1)), divisor);
    v128.store(at, v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
  }
  for (const end = trace + (<usize> n << 2); at < end; at += 4) {
    store<f32>(at, <f32> (<f64> load<f32>(at) / level));
  }
}

// @ts-ignore: decorator
@inline
function sum(trace: usize, n: i32, squares: bool): f64 {
  let low = f64x2.splat(0), high = low;
  let at = trace;
  const whole = trace + (<usize> (n & ~3) << 2);
  for (; at < whole; at += 16) {
    const x = v128.load(at);
    const a = f64x2.promote_low_f32x4(x), b = f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
    low = v128.add<f64>(low, squares ? v128.mul<f64>(a, a) : v128.abs<f64>(a));
    high = v128.add<f64>(high, squares ? v128.mul<f64>(b, b) : v128.abs<f64>(b));
  }
  const both = v128.add<f64>(low, high);
  let total = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (const end = trace + (<usize> n << 2); at < end; at += 4) {
    const x = <f64> load<f32>(at);
    total += squares ? x * x : abs(x);
  }
  return total;
}
