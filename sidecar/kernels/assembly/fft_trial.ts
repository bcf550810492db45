/** Bare transforms of four traces in lanes, for tests of `_fft.ts`. */
export { fft_complex, fft_real, fft_real_inverse } from "./_fft";
