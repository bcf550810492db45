/** Filters traces by one complex factor a frequency: zero-phase filters, phase rotations. */
import { fft_real, fft_real_inverse } from "./_fft";
import { lanes_in, lanes_out } from "./_lanes";

export { fft_real } from "./_fft";

/**
 * Filters up to four traces of `n` samples in place, padded with zeros to the plan's length. `gains` holds a pair of f32
 * for each bin 0 .. points with 1 / points in it; `scratch` takes 64 points + 32 bytes.
 */
export function filter(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, gains: usize, scratch: usize,
): void {
  const points = <usize> load<i32>(plan);
  const work = scratch + ((points + 1) << 5);
  lanes_in(traces, stride, count, n, scratch);
  fft_real(plan, scratch, work, n);
  for (let k: usize = 0; k <= points; k++, gains += 8) {
    const at = scratch + (k << 5);
    const c = v128.load32_splat(gains), s = v128.load32_splat(gains, 4);
    const re = v128.load(at), im = v128.load(at, 16);
    v128.store(at, v128.sub<f32>(v128.mul<f32>(re, c), v128.mul<f32>(im, s)));
    v128.store(at, v128.add<f32>(v128.mul<f32>(re, s), v128.mul<f32>(im, c)), 16);
  }
  fft_real_inverse(plan, scratch, work, 1);
  lanes_out(scratch, traces, stride, count, n);
}
