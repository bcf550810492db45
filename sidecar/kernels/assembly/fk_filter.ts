/**
 * Frequency-wavenumber filter of a gather. The spectra of four traces lie side by side in a block, as the transforms make
 * them: `[bin][re 4][im 4]`. The transform over the traces takes four frequencies side by side, a weight a wavenumber,
 * and back. In a last block that is not full the last trace is repeated.
 */
import { fft_complex, fft_real, fft_real_inverse } from "./_fft";
import { lanes_in, lanes_out } from "./_lanes";

/** Bytes of a bin of a block, and of a frequency vector's real or imaginary parts of one trace. */
// @ts-ignore: decorator
@inline
const BIN: usize = 32;

/** Spectra of up to four traces of `n` samples into a block; `work` takes 32 points bytes. */
export function to_block(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, block: usize, work: usize,
): void {
  lanes_in(traces, stride, count, n, block);
  fft_real(plan, block, work, n);
}

/** Up to four traces from their block, which is spent: those that gave it, where it is as it was. */
export function from_block(
  traces: usize, stride: usize, count: i32, n: i32, plan: usize, block: usize, work: usize,
): void {
  fft_real_inverse(plan, block, work, <f32> 1 / <f32> load<i32>(plan));
  lanes_out(block, traces, stride, count, n);
}

/**
 * Filters four frequencies over all traces. `bins` is the address of the first block's four bins, `block_bytes` lies
 * between blocks; `places` holds for each trace, and for those that fill the last block, its place in order of distance
 * times 32; `wavenumbers` one f32 for each point of the plan; `fan` six f32x4: where the fan begins (wavenumber) and the
 * inverse width of the ramp, where it ends and likewise, and the two f32x4 of the weight a + b w. `scratch` takes
 * 64 points bytes.
 */
export function filter_four(
  bins: usize, block_bytes: usize, traces: i32, places: usize, plan: usize, wavenumbers: usize, fan: usize, scratch: usize,
): void {
  const points = load<i32>(plan);
  const end = places + (<usize> traces + 3 >> 2 << 4);
  let block = bins;
  for (let at = places; at < end; at += 16, block += block_bytes) {
    for (let part: usize = 0; part < BIN; part += 16) {
      const a = v128.load(block + part), b = v128.load(block + part, BIN);
      const c = v128.load(block + part, 2 * BIN), d = v128.load(block + part, 3 * BIN);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      const to = scratch + part;
      v128.store(to + load<u32>(at), v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(to + load<u32>(at, 4), v128.shuffle<f64>(ab, cd, 1, 3));
      v128.store(to + load<u32>(at, 8), v128.shuffle<f64>(ef, gh, 0, 2));
      v128.store(to + load<u32>(at, 12), v128.shuffle<f64>(ef, gh, 1, 3));
    }
  }
  const spectrum = fft_complex(plan, scratch, scratch + (<usize> points << 5), false, traces);
  weigh(spectrum, points, wavenumbers, fan);
  const other = spectrum == scratch ? scratch + (<usize> points << 5) : scratch;
  const result = fft_complex(plan, spectrum, other, true, points);
  block = bins;
  for (let at = places; at < end; at += 16, block += block_bytes) {
    for (let part: usize = 0; part < BIN; part += 16) {
      const from = result + part;
      const a = v128.load(from + load<u32>(at)), b = v128.load(from + load<u32>(at, 4));
      const c = v128.load(from + load<u32>(at, 8)), d = v128.load(from + load<u32>(at, 12));
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(block + part, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(block + part, v128.shuffle<f64>(ab, cd, 1, 3), BIN);
      v128.store(block + part, v128.shuffle<f64>(ef, gh, 0, 2), 2 * BIN);
      v128.store(block + part, v128.shuffle<f64>(ef, gh, 1, 3), 3 * BIN);
    }
  }
}

function weigh(spectrum: usize, points: i32, wavenumbers: usize, fan: usize): void {
  const begin = v128.load(fan), rise = v128.load(fan, 16), end = v128.load(fan, 32), fall = v128.load(fan, 48);
  const scale = f32x4.splat(<f32> 1 / <f32> points);
  const a = v128.mul<f32>(v128.load(fan, 64), scale), b = v128.mul<f32>(v128.load(fan, 80), scale);
  for (let j: usize = 0; j < <usize> points; j++) {
    const k = v128.load32_splat(wavenumbers + (j << 2));
    const up = smooth(v128.mul<f32>(v128.sub<f32>(k, begin), rise));
    const down = smooth(v128.mul<f32>(v128.sub<f32>(end, k), fall));
    const weight = v128.add<f32>(a, v128.mul<f32>(b, v128.mul<f32>(up, down)));
    const at = spectrum + (j << 5);
    v128.store(at, v128.mul<f32>(v128.load(at), weight));
    v128.store(at, v128.mul<f32>(v128.load(at, 16), weight), 16);
  }
}

/** 0 below 0, 1 above 1, between them the cubic 3 x^2 - 2 x^3. */
// @ts-ignore: decorator
@inline
function smooth(x: v128): v128 {
  const c = v128.max<f32>(f32x4.splat(0), v128.min<f32>(f32x4.splat(1), x));
  return v128.mul<f32>(v128.mul<f32>(c, c), v128.sub<f32>(f32x4.splat(3), v128.add<f32>(c, c)));
}
