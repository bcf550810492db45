/** Oracle of the process bandpass, in f64. */
import type { BandpassDesign } from "../../sidecar/processes/bandpass_design.ts";

/** Oracle: the zero-phase band-pass of one trace by plain f64 biquads in direct form. */
export function bandpassTrace(trace: ArrayLike<number>, design: BandpassDesign, pad: number): Float64Array {
  let signal = oddExtension(trace, pad);
  for (let direction = 0; direction < 2; direction++) signal = cascade(signal, design).reverse();
  return signal.slice(pad, pad + trace.length);
}

function oddExtension(trace: ArrayLike<number>, pad: number): Float64Array {
  const n = trace.length;
  return Float64Array.from({ length: n + 2 * pad }, (_, i) => {
    const at = i - pad;
    if (at < 0) return 2 * trace[0] - trace[-at];
    return at < n ? trace[at] : 2 * trace[n - 1] - trace[2 * n - 2 - at];
  });
}

/** B s / (s^2 + d s + r^2) with s = (1 - z^-1) / (1 + z^-1), as if the input had always been its first sample. */
function cascade(signal: Float64Array, { bandwidth, sections }: BandpassDesign): Float64Array {
  return sections.reduce((x, { radius2, damping }) => {
    const norm = 1 + damping + radius2;
    const b = bandwidth / norm, a1 = 2 * (radius2 - 1) / norm, a2 = (1 - damping + radius2) / norm;
    const y = new Float64Array(x.length);
    for (let i = 0; i < x.length; i++) {
      y[i] = b * (x[i] - (x[i - 2] ?? x[0])) - a1 * (y[i - 1] ?? 0) - a2 * (y[i - 2] ?? 0);
    }
    return y;
  }, signal);
}
