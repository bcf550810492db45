/** What the process ormsby is. */
import { checkBelowNyquist, checkRising } from "./checks.ts";
import { number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const ormsby = defineProcess({
  id: "ormsby",
  title: "Ormsby filter",
  doc:
    "Zero-phase trapezoidal band-pass: zero up to f1, rising to f2, one to f3, falling to f4, zero above. The ramps " +
    "are squared sines. Traces are padded with zeros so that nothing wraps around.",
  formula:
    "Y(f) = H(f) X(f), H = sin^2(pi/2 (f - f1)/(f2 - f1)) on the low ramp, cos^2 likewise on the high ramp; a trace of n " +
    "samples is followed by zeros over 20 / (narrower of f2 - f1 and f4 - f3) seconds, at least n and at most 7 n of them, " +
    "and transformed over the cheapest even length from there on with no factors but 2, 3 and 5",
  source: "Ormsby (1961); Seismic Unix sufilter (sine-squared tapers)",
  scope: "trace",
  parameters: {
    f1Hz: number({
      title: "Low cut",
      unit: "Hz",
      default: 4,
      min: 0,
      doc: "Zero at and below this frequency",
    }),
    f2Hz: number({ title: "Low pass", unit: "Hz", default: 8, above: 0, doc: "One from this frequency on" }),
    f3Hz: number({ title: "High pass", unit: "Hz", default: 60, above: 0, doc: "One up to this frequency" }),
    f4Hz: number({
      title: "High cut",
      unit: "Hz",
      default: 80,
      above: 0,
      doc: "Zero at and above this frequency",
    }),
  },
  check: ({ f1Hz, f2Hz, f3Hz, f4Hz }, survey) => [
    ...checkBelowNyquist("f4Hz", f4Hz, survey, true),
    ...checkRising({ f1Hz, f2Hz, f3Hz, f4Hz }),
  ],
});
