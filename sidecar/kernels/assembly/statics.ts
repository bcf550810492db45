/** Shifts traces in time. */
import { pad, store_lanes } from "./_sinc";

/**
 * trace[i] = sum over k of filter[k] * trace[i + whole + k - 3], eight taps, zeros beyond the ends: a shift by whole samples
 * and the fraction that the filter stands for. `padded` holds samples + 24 values.
 */
export function shift_trace(trace: usize, padded: usize, samples: i32, whole: i32, filter: usize): void {
  const first = max(0, min(samples, -whole - 4));
  const end = max(first, min(samples, samples + 3 - whole));
  const origin = pad(padded, trace, samples);
  const f0 = v128.load32_splat(filter), f1 = v128.load32_splat(filter, 4);
  const f2 = v128.load32_splat(filter, 8), f3 = v128.load32_splat(filter, 12);
  const f4 = v128.load32_splat(filter, 16), f5 = v128.load32_splat(filter, 20);
  const f6 = v128.load32_splat(filter, 24), f7 = v128.load32_splat(filter, 28);
  for (let i = first; i < end; i += 4) {
    const from = origin + <usize> ((i + whole - 3) << 2);
    let sum = f32x4.mul(f0, v128.load(from));
    sum = f32x4.add(sum, f32x4.mul(f1, v128.load(from, 4)));
    sum = f32x4.add(sum, f32x4.mul(f2, v128.load(from, 8)));
    sum = f32x4.add(sum, f32x4.mul(f3, v128.load(from, 12)));
    sum = f32x4.add(sum, f32x4.mul(f4, v128.load(from, 16)));
    sum = f32x4.add(sum, f32x4.mul(f5, v128.load(from, 20)));
    sum = f32x4.add(sum, f32x4.mul(f6, v128.load(from, 24)));
    sum = f32x4.add(sum, f32x4.mul(f7, v128.load(from, 28)));
    store_lanes(trace + (<usize> i << 2), sum, end - i);
  }
  memory.fill(trace, 0, <usize> first << 2);
  memory.fill(trace + (<usize> end << 2), 0, <usize> (samples - end) << 2);
}

/** Moves a trace by whole samples: trace[i] = trace[i + whole], zeros beyond the ends. Exact. */
export function move_trace(trace: usize, samples: i32, whole: i32): void {
  const size = max(0, samples - abs(whole));
  const gap = <usize> (samples - size) << 2;
  const bytes = <usize> size << 2;
  if (whole >= 0) {
    memory.copy(trace, trace + gap, bytes);
    memory.fill(trace + bytes, 0, gap);
  } else {
    memory.copy(trace + gap, trace, bytes);
    memory.fill(trace, 0, gap);
  }
}
