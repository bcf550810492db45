/** What the process spectral_whitening is. */
import { checkBelowNyquist, checkRising } from "./checks.ts";
import { number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const spectralWhitening = defineProcess({
  id: "spectral_whitening",
  title: "Spectral whitening",
  doc:
    "Evens out the amplitude spectrum of each trace within a band and keeps its phase: each frequency is divided by " +
    "the mean amplitude around it. Outside the band the spectrum falls to zero. The trace keeps its RMS.",
  formula:
    "Y(f) = T(f) X(f) / (S(f) + w mean(S)), S the running mean of |X| over the smoothing width, mean over the band; " +
    "a trace of n samples is followed by at least n zeros and transformed over the cheapest even length from 2 n on with " +
    "no factors but 2, 3 and 5",
  source: "Yilmaz, Seismic Data Analysis (2001), section 2.6 (frequency-domain spectral whitening)",
  scope: "trace",
  parameters: {
    lowHz: number({ title: "Low corner", unit: "Hz", default: 8, min: 0, doc: "Where the flat band begins" }),
    highHz: number({
      title: "High corner",
      unit: "Hz",
      default: 80,
      above: 0,
      doc: "Where the flat band ends",
    }),
    taperHz: number({
      title: "Taper",
      unit: "Hz",
      default: 5,
      min: 0,
      doc: "Width of the squared-sine ramps outside the corners",
    }),
    smoothingHz: number({
      title: "Smoothing",
      unit: "Hz",
      default: 10,
      above: 0,
      doc: "Full width of the running mean over frequency: the narrower, the whiter",
    }),
    whiteNoisePercent: number({
      title: "White noise",
      unit: "%",
      default: 1,
      min: 0,
      doc: "Part of the band's mean amplitude that is added before dividing, so that gaps are not blown up",
    }),
  },
  check: ({ lowHz, highHz }, survey) => [
    ...checkBelowNyquist("highHz", highHz, survey, true),
    ...checkRising({ lowHz, highHz }),
  ],
});
