/** Interpolation with tabulated filters of eight samples; positions are fixed-point numbers with this many binary digits. */
export const FRACTION_BITS: i32 = 12;
/** Zeros that a padded trace has before its first sample; as many and eight more follow its last. */
export const PADDING: i32 = 8;

/** Copies a trace between zeros: to `padded`, which holds samples + 24 values. Returns the address of sample 0 there. */
export function pad(padded: usize, trace: usize, samples: i32): usize {
  const first = padded + (<usize> PADDING << 2);
  memory.fill(padded, 0, <usize> PADDING << 2);
  memory.copy(first, trace, <usize> samples << 2);
  memory.fill(first + (<usize> samples << 2), 0, (<usize> PADDING + 8) << 2);
  return first;
}

/** Limits four fixed-point positions so that all eight samples around them lie in a padded trace. */
// @ts-ignore: decorator
@inline
export function clamp_positions(q: v128, samples: i32): v128 {
  const low = i32x4.splat(-5 << FRACTION_BITS);
  const high = i32x4.splat((samples + 3) << FRACTION_BITS);
  return i32x4.max_s(i32x4.min_s(q, high), low);
}

/** The eight products of samples and filter at one position, added in pairs of four. */
// @ts-ignore: decorator
@inline
function products(first: usize, table: usize, q: i32): v128 {
  // Sample i - 3, as a byte offset that may be negative: usize wraps around as it should.
  const data = first + <usize> ((q >> FRACTION_BITS) - 3 << 2);
  const filter = table + <usize> ((q & ((1 << FRACTION_BITS) - 1)) << 5);
  return f32x4.add(
    f32x4.mul(v128.load(data), v128.load(filter)),
    f32x4.mul(v128.load(data, 16), v128.load(filter, 16)),
  );
}

/** Values at the four positions stored at `map`. */
// @ts-ignore: decorator
@inline
export function interpolate_four(first: usize, table: usize, map: usize): v128 {
  const s0 = products(first, table, load<i32>(map));
  const s1 = products(first, table, load<i32>(map, 4));
  const s2 = products(first, table, load<i32>(map, 8));
  const s3 = products(first, table, load<i32>(map, 12));
  // Transposed addition: lane k becomes the sum of the four lanes of s_k.
  const even = f32x4.add(v128.shuffle<f32>(s0, s2, 0, 4, 1, 5), v128.shuffle<f32>(s0, s2, 2, 6, 3, 7));
  const odd = f32x4.add(v128.shuffle<f32>(s1, s3, 0, 4, 1, 5), v128.shuffle<f32>(s1, s3, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(even, odd, 0, 4, 1, 5), v128.shuffle<f32>(even, odd, 2, 6, 3, 7));
}

/** Stores the first `count` (1 to 4) lanes. */
// @ts-ignore: decorator
@inline
export function store_lanes(address: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(address, value);
    return;
  }
  store<f32>(address, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(address, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(address, f32x4.extract_lane(value, 2), 8);
}
