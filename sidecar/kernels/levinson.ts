/**
 * Solves the symmetric Toeplitz system R f = g in f64, R[i][j] = r[|i - j|], by the recursion of Levinson (1947); see
 * Claerbout, Fundamentals of Geophysical Data Processing (1976), section 3-3.
 *
 * @param r first row of R, `g.length` values are used; r[0] above zero
 */
export function solveToeplitz(r: ArrayLike<number>, g: ArrayLike<number>): Float64Array {
  const n = g.length;
  const f = new Float64Array(n), a = new Float64Array(n);
  let v = r[0];
  a[0] = 1;
  f[0] = g[0] / r[0];
  for (let j = 1; j < n; j++) {
    let e = 0, w = 0;
    for (let i = 0; i < j; i++) {
      e += a[i] * r[j - i];
      w += f[i] * r[j - i];
    }
    const c = e / v;
    v -= c * e;
    for (let i = 0; i <= j >> 1; i++) {
      const other = a[j - i];
      a[j - i] = other - c * a[i];
      if (i !== j - i) a[i] -= c * other;
    }
    const k = (g[j] - w) / v;
    for (let i = 0; i <= j; i++) f[i] += k * a[j - i];
  }
  return f;
}
