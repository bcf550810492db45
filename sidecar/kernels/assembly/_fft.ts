/**
 * Fourier transforms of four traces at once: shape `[sample][4]` for real data and `[bin][re 4][im 4]` for complex data,
 * so that real samples 2j and 2j+1 already lie as complex sample j.
 *
 * Stockham's self-sorting transform, decimation in frequency, radices 4, 2, 3 and 5 (Van Loan, Computational Frameworks
 * for the Fast Fourier Transform (1992), section 1.7); real data through a complex transform of half the length (ibid.,
 * section 4.3). The inverse swaps real and imaginary parts on the way in and out.
 *
 * A plan is laid out by `fft_plan.ts`: i32 points, i32 stages, i32 addresses of the real transform's factors and of the
 * constants; then for each stage i32 radix, i32 address of its factors w^p, w^2p .. (p ascending, pairs of f32).
 * Constants come from memory because V8 would load literal vectors anew in every turn of a loop.
 */

// @ts-ignore: decorator
@inline
const COMPLEX: usize = 32;

/**
 * Complex transform of `data`, unscaled; returns where the result lies: `data` or `work`, of the same size. The points
 * from `filled` on count as zero, whatever lies there.
 */
export function fft_complex(plan: usize, data: usize, work: usize, inverse: bool, filled: i32): usize {
  const re: usize = inverse ? 16 : 0, im: usize = 16 - re;
  let length = load<i32>(plan), stride = 1;
  let from = data, to = work;
  // Padding makes half of most transforms zero: a first stage of radix 4 then needs not see it.
  const halved = 2 * filled <= length && load<i32>(plan, 16) == 4;
  const end = halved ? length >> 1 : length;
  if (filled < end) memory.fill(data + <usize> filled * COMPLEX, 0, <usize> (end - filled) * COMPLEX);
  for (let stage = 0, stages = load<i32>(plan, 4); stage < stages; stage++) {
    const entry = plan + 16 + (<usize> stage << 3);
    const radix = load<i32>(entry), factors = <usize> load<i32>(entry, 4);
    length /= radix;
    if (radix == 4 && stage == 0 && halved) radix4_halved(from, to, re, im, length, factors);
    else if (radix == 4) radix4(from, to, re, im, length, stride, factors);
    else if (radix == 2) radix2(from, to, re, im, length, stride, factors);
    else if (radix == 3) radix3(plan, from, to, re, im, length, stride, factors);
    else radix5(plan, from, to, re, im, length, stride, factors);
    stride *= radix;
    const swap = from;
    from = to;
    to = swap;
  }
  return from;
}

/**
 * Spectrum of 2 `points` real samples in `data`, of which those from `n` on count as zero, whatever lies there: bins
 * 0 .. points, in place; `data` has room for points + 1 bins.
 */
export function fft_real(plan: usize, data: usize, work: usize, n: i32): void {
  const points = <usize> load<i32>(plan), factors = <usize> load<i32>(plan, 8);
  if (n & 1) v128.store(data + (<usize> n << 4), f32x4.splat(0));
  const z = fft_complex(plan, data, work, false, n + 1 >> 1);
  const half = constant(plan, 0);
  const re = v128.load(z), im = v128.load(z, 16), zero = f32x4.splat(0);
  for (let k: usize = 1; k <= points >> 1; k++) {
    const a = z + k * COMPLEX, b = z + (points - k) * COMPLEX;
    const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
    const c = v128.load32_splat(factors + (k << 3)), s = v128.load32_splat(factors + (k << 3), 4);
    // Spectra of the even samples (e) and of the odd ones (o); o times w^k.
    const er = v128.mul<f32>(half, v128.add<f32>(ar, br)), ei = v128.mul<f32>(half, v128.sub<f32>(ai, bi));
    const or = v128.mul<f32>(half, v128.add<f32>(ai, bi)), oi = v128.mul<f32>(half, v128.sub<f32>(br, ar));
    const tr = v128.sub<f32>(v128.mul<f32>(or, c), v128.mul<f32>(oi, s));
    const ti = v128.add<f32>(v128.mul<f32>(or, s), v128.mul<f32>(oi, c));
    const x = data + k * COMPLEX, y = data + (points - k) * COMPLEX;
    v128.store(y, v128.sub<f32>(er, tr));
    v128.store(y, v128.sub<f32>(ti, ei), 16);
    v128.store(x, v128.add<f32>(er, tr));
    v128.store(x, v128.add<f32>(ei, ti), 16);
  }
  v128.store(data, v128.add<f32>(re, im));
  v128.store(data, zero, 16);
  v128.store(data + points * COMPLEX, v128.sub<f32>(re, im));
  v128.store(data + points * COMPLEX, zero, 16);
}

/**
 * Real samples of the spectrum in `data`, in place, times `points` and `scale`: 1 / points gives back what fft_real was
 * given. Imaginary ends count as zero.
 */
export function fft_real_inverse(plan: usize, data: usize, work: usize, scale: f32): void {
  const points = <usize> load<i32>(plan), factors = <usize> load<i32>(plan, 8);
  const z = load<i32>(plan, 4) & 1 ? work : data;
  const half = v128.mul<f32>(constant(plan, 0), f32x4.splat(scale));
  const first = v128.load(data), last = v128.load(data + points * COMPLEX);
  for (let k: usize = 1; k <= points >> 1; k++) {
    const x = data + k * COMPLEX, y = data + (points - k) * COMPLEX;
    const xr = v128.load(x), xi = v128.load(x, 16), yr = v128.load(y), yi = v128.load(y, 16);
    const c = v128.load32_splat(factors + (k << 3)), s = v128.load32_splat(factors + (k << 3), 4);
    const er = v128.mul<f32>(half, v128.add<f32>(xr, yr)), ei = v128.mul<f32>(half, v128.sub<f32>(xi, yi));
    const tr = v128.mul<f32>(half, v128.sub<f32>(xr, yr)), ti = v128.mul<f32>(half, v128.add<f32>(xi, yi));
    const or = v128.add<f32>(v128.mul<f32>(tr, c), v128.mul<f32>(ti, s));
    const oi = v128.sub<f32>(v128.mul<f32>(ti, c), v128.mul<f32>(tr, s));
    const a = z + k * COMPLEX, b = z + (points - k) * COMPLEX;
    v128.store(b, v128.add<f32>(er, oi));
    v128.store(b, v128.sub<f32>(or, ei), 16);
    v128.store(a, v128.sub<f32>(er, oi));
    v128.store(a, v128.add<f32>(ei, or), 16);
  }
  v128.store(z, v128.mul<f32>(half, v128.add<f32>(first, last)));
  v128.store(z, v128.mul<f32>(half, v128.sub<f32>(first, last)), 16);
  fft_complex(plan, z, z == data ? work : data, true, <i32> points);
}

// @ts-ignore: decorator
@inline
function constant(plan: usize, index: usize): v128 {
  return v128.load32_splat(<usize> load<i32>(plan, 12) + (index << 2));
}

/** Stores (r, i) times the factor (c, s). */
// @ts-ignore: decorator
@inline
function store_turned(to: usize, re: usize, im: usize, r: v128, i: v128, c: v128, s: v128): void {
  v128.store(to + re, v128.sub<f32>(v128.mul<f32>(r, c), v128.mul<f32>(i, s)));
  v128.store(to + im, v128.add<f32>(v128.mul<f32>(r, s), v128.mul<f32>(i, c)));
}

function radix2(from: usize, to: usize, re: usize, im: usize, m: i32, stride: i32, factors: usize): void {
  const run = <usize> stride * COMPLEX, apart = run * <usize> m;
  for (let p = 0; p < m; p++, factors += 8) {
    const c = v128.load32_splat(factors), s = v128.load32_splat(factors, 4);
    const x = from + <usize> p * run, y = to + 2 * <usize> p * run;
    for (let q: usize = 0; q < run; q += COMPLEX) {
      const ar = v128.load(x + q + re), ai = v128.load(x + q + im);
      const br = v128.load(x + q + apart + re), bi = v128.load(x + q + apart + im);
      v128.store(y + q + re, v128.add<f32>(ar, br));
      v128.store(y + q + im, v128.add<f32>(ai, bi));
      store_turned(y + q + run, re, im, v128.sub<f32>(ar, br), v128.sub<f32>(ai, bi), c, s);
    }
  }
}

function radix3(
  plan: usize, from: usize, to: usize, re: usize, im: usize, m: i32, stride: i32, factors: usize,
): void {
  const run = <usize> stride * COMPLEX, apart = run * <usize> m;
  const half = constant(plan, 0), sin60 = constant(plan, 1);
  for (let p = 0; p < m; p++, factors += 16) {
    const c1 = v128.load32_splat(factors), s1 = v128.load32_splat(factors, 4);
    const c2 = v128.load32_splat(factors, 8), s2 = v128.load32_splat(factors, 12);
    const x = from + <usize> p * run, y = to + 3 * <usize> p * run;
    for (let q: usize = 0; q < run; q += COMPLEX) {
      const a = x + q, b = a + apart, c = b + apart, to0 = y + q;
      const ar = v128.load(a + re), ai = v128.load(a + im);
      const br = v128.load(b + re), bi = v128.load(b + im), cr = v128.load(c + re), ci = v128.load(c + im);
      const sr = v128.add<f32>(br, cr), si = v128.add<f32>(bi, ci);
      const dr = v128.mul<f32>(sin60, v128.sub<f32>(br, cr)), di = v128.mul<f32>(sin60, v128.sub<f32>(bi, ci));
      const mr = v128.sub<f32>(ar, v128.mul<f32>(half, sr)), mi = v128.sub<f32>(ai, v128.mul<f32>(half, si));
      v128.store(to0 + re, v128.add<f32>(ar, sr));
      v128.store(to0 + im, v128.add<f32>(ai, si));
      store_turned(to0 + run, re, im, v128.add<f32>(mr, di), v128.sub<f32>(mi, dr), c1, s1);
      store_turned(to0 + 2 * run, re, im, v128.sub<f32>(mr, di), v128.add<f32>(mi, dr), c2, s2);
    }
  }
}

function radix4(from: usize, to: usize, re: usize, im: usize, m: i32, stride: i32, factors: usize): void {
  const run = <usize> stride * COMPLEX, apart = run * <usize> m;
  for (let p = 0; p < m; p++, factors += 24) {
    const c1 = v128.load32_splat(factors), s1 = v128.load32_splat(factors, 4);
    const c2 = v128.load32_splat(factors, 8), s2 = v128.load32_splat(factors, 12);
    const c3 = v128.load32_splat(factors, 16), s3 = v128.load32_splat(factors, 20);
    const x = from + <usize> p * run, y = to + 4 * <usize> p * run;
    for (let q: usize = 0; q < run; q += COMPLEX) {
      const a = x + q, b = a + apart, c = b + apart, d = c + apart, to0 = y + q;
      const ar = v128.load(a + re), cr = v128.load(c + re), ai = v128.load(a + im), ci = v128.load(c + im);
      const br = v128.load(b + re), dr = v128.load(d + re), bi = v128.load(b + im), di = v128.load(d + im);
      const acr = v128.add<f32>(ar, cr), aci = v128.add<f32>(ai, ci);
      const bdr = v128.add<f32>(br, dr), bdi = v128.add<f32>(bi, di);
      v128.store(to0 + re, v128.add<f32>(acr, bdr));
      v128.store(to0 + im, v128.add<f32>(aci, bdi));
      store_turned(to0 + 2 * run, re, im, v128.sub<f32>(acr, bdr), v128.sub<f32>(aci, bdi), c2, s2);
      const er = v128.sub<f32>(ar, cr), ei = v128.sub<f32>(ai, ci);
      const fr = v128.sub<f32>(br, dr), fi = v128.sub<f32>(bi, di);
      store_turned(to0 + run, re, im, v128.add<f32>(er, fi), v128.sub<f32>(ei, fr), c1, s1);
      store_turned(to0 + 3 * run, re, im, v128.sub<f32>(er, fi), v128.add<f32>(ei, fr), c3, s3);
    }
  }
}

/** As radix4 at stride 1, where the second half of `from` is zero. */
function radix4_halved(from: usize, to: usize, re: usize, im: usize, m: i32, factors: usize): void {
  const apart = <usize> m * COMPLEX;
  for (let p = 0; p < m; p++, factors += 24, from += COMPLEX, to += 4 * COMPLEX) {
    const c1 = v128.load32_splat(factors), s1 = v128.load32_splat(factors, 4);
    const c2 = v128.load32_splat(factors, 8), s2 = v128.load32_splat(factors, 12);
    const c3 = v128.load32_splat(factors, 16), s3 = v128.load32_splat(factors, 20);
    const ar = v128.load(from + re), ai = v128.load(from + im);
    const br = v128.load(from + apart + re), bi = v128.load(from + apart + im);
    v128.store(to + re, v128.add<f32>(ar, br));
    v128.store(to + im, v128.add<f32>(ai, bi));
    store_turned(to + COMPLEX, re, im, v128.add<f32>(ar, bi), v128.sub<f32>(ai, br), c1, s1);
    store_turned(to + 2 * COMPLEX, re, im, v128.sub<f32>(ar, br), v128.sub<f32>(ai, bi), c2, s2);
    store_turned(to + 3 * COMPLEX, re, im, v128.sub<f32>(ar, bi), v128.add<f32>(ai, br), c3, s3);
  }
}

function radix5(
  plan: usize, from: usize, to: usize, re: usize, im: usize, m: i32, stride: i32, factors: usize,
): void {
  const run = <usize> stride * COMPLEX, apart = run * <usize> m;
  const k1 = constant(plan, 2), k2 = constant(plan, 3), l1 = constant(plan, 4), l2 = constant(plan, 5);
  for (let p = 0; p < m; p++, factors += 32) {
    const x = from + <usize> p * run, y = to + 5 * <usize> p * run;
    for (let q: usize = 0; q < run; q += COMPLEX) {
      const a = x + q, b = a + apart, c = b + apart, d = c + apart, e = d + apart, to0 = y + q;
      const ar = v128.load(a + re), ai = v128.load(a + im);
      const ber = v128.add<f32>(v128.load(b + re), v128.load(e + re));
      const bei = v128.add<f32>(v128.load(b + im), v128.load(e + im));
      const cdr = v128.add<f32>(v128.load(c + re), v128.load(d + re));
      const cdi = v128.add<f32>(v128.load(c + im), v128.load(d + im));
      const fr = v128.sub<f32>(v128.load(b + re), v128.load(e + re));
      const fi = v128.sub<f32>(v128.load(b + im), v128.load(e + im));
      const gr = v128.sub<f32>(v128.load(c + re), v128.load(d + re));
      const gi = v128.sub<f32>(v128.load(c + im), v128.load(d + im));
      v128.store(to0 + re, v128.add<f32>(ar, v128.add<f32>(ber, cdr)));
      v128.store(to0 + im, v128.add<f32>(ai, v128.add<f32>(bei, cdi)));
      const ur = v128.add<f32>(ar, v128.add<f32>(v128.mul<f32>(k1, ber), v128.mul<f32>(k2, cdr)));
      const ui = v128.add<f32>(ai, v128.add<f32>(v128.mul<f32>(k1, bei), v128.mul<f32>(k2, cdi)));
      const vr = v128.add<f32>(ar, v128.add<f32>(v128.mul<f32>(k2, ber), v128.mul<f32>(k1, cdr)));
      const vi = v128.add<f32>(ai, v128.add<f32>(v128.mul<f32>(k2, bei), v128.mul<f32>(k1, cdi)));
      const hr = v128.add<f32>(v128.mul<f32>(l1, fr), v128.mul<f32>(l2, gr));
      const hi = v128.add<f32>(v128.mul<f32>(l1, fi), v128.mul<f32>(l2, gi));
      const jr = v128.sub<f32>(v128.mul<f32>(l2, fr), v128.mul<f32>(l1, gr));
      const ji = v128.sub<f32>(v128.mul<f32>(l2, fi), v128.mul<f32>(l1, gi));
      store_turned(
        to0 + run, re, im, v128.add<f32>(ur, hi), v128.sub<f32>(ui, hr),
        v128.load32_splat(factors), v128.load32_splat(factors, 4),
      );
      store_turned(
        to0 + 2 * run, re, im, v128.add<f32>(vr, ji), v128.sub<f32>(vi, jr),
        v128.load32_splat(factors, 8), v128.load32_splat(factors, 12),
      );
      store_turned(
        to0 + 3 * run, re, im, v128.sub<f32>(vr, ji), v128.add<f32>(vi, jr),
        v128.load32_splat(factors, 16), v128.load32_splat(factors, 20),
      );
      store_turned(
        to0 + 4 * run, re, im, v128.sub<f32>(ur, hi), v128.add<f32>(ui, hr),
        v128.load32_splat(factors, 24), v128.load32_splat(factors, 28),
      );
    }
  }
}
