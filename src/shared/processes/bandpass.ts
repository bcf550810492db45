/** What the process bandpass is. */
import { checkBelowNyquist, checkRising } from "./checks.ts";
import { integer, number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const bandpass = defineProcess({
  id: "bandpass",
  title: "Band-pass",
  doc:
    "Zero-phase Butterworth band-pass. It runs forward and backward over the trace, so the corners are 6 dB down; " +
    "both ends are extended by point reflection, by three times the filter's length or what the trace has.",
  formula: "|H(f)|^2 of the Butterworth band-pass of this order through the bilinear transform, phase zero",
  source: "Butterworth (1930); Oppenheim and Schafer, Discrete-Time Signal Processing (2010), section 7.2; " +
    "ends as scipy.signal.sosfiltfilt",
  scope: "trace",
  parameters: {
    lowHz: number({ title: "Low corner", unit: "Hz", default: 10, above: 0, doc: "Low corner frequency" }),
    highHz: number({
      title: "High corner",
      unit: "Hz",
      default: 80,
      above: 0,
      doc: "High corner frequency, below Nyquist",
    }),
    order: integer({
      title: "Order",
      unit: "",
      default: 4,
      min: 1,
      max: 10,
      doc:
        "Order of the Butterworth prototype: 6 dB per octave and order on each side, and as much again backward",
    }),
  },
  check: ({ lowHz, highHz }, survey) => [
    ...checkBelowNyquist("highHz", highHz, survey),
    ...checkRising({ lowHz, highHz }),
  ],
});
