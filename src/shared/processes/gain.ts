/** What the process gain is. */
import { number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const gain = defineProcess({
  id: "gain",
  title: "Gain",
  doc:
    "Multiplies by a constant, by a power of time and by an exponential of time. Time counts from time zero, so each trace's " +
    "delay recording time is respected. Where a negative power has no value (time zero itself), the factor of the next " +
    "sample is taken.",
  formula: "y(t) = x(t) * scale * t^timePower * exp(expPerSecond * t), t in seconds from time zero",
  source: "Claerbout, Imaging the Earth's Interior (1985), section 4.1; Yilmaz (2001), section 1.4.2",
  scope: "trace",
  parameters: {
    scale: number({ title: "Scale", unit: "", default: 1, doc: "Constant factor; -1 turns the polarity" }),
    timePower: number({
      title: "Time power",
      unit: "",
      default: 0,
      min: -10,
      max: 10,
      doc: "Exponent of time in seconds; 2 undoes spherical spreading of reflections roughly",
    }),
    expPerSecond: number({
      title: "Exponential",
      unit: "1/s",
      default: 0,
      min: -100,
      max: 100,
      doc: "Exponential growth per second, against absorption",
    }),
  },
  check({ timePower }, { startMs, name }) {
    if (timePower === 0 || startMs >= 0) return [];
    return [{
      parameter: "timePower",
      message: `timePower ${timePower} has no meaning before time zero, and ${name} starts at ${startMs} ms`,
    }];
  },
});
