/** Oracle: cos(phase) x - sin(phase) H[x], the Hilbert transform as a sum over 2 / (pi m) at odd lags, in f64. */
export function rotatePhase(trace: ArrayLike<number>, degrees: number): Float64Array {
  const angle = degrees * Math.PI / 180;
  return Float64Array.from(trace, (x, i) => {
    let hilbert = 0;
    for (let j = 0; j < trace.length; j++) if ((i - j) % 2) hilbert += 2 / (Math.PI * (i - j)) * trace[j];
    return Math.cos(angle) * x - Math.sin(angle) * hilbert;
  });
}
