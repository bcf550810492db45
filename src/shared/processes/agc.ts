/** What the process agc is. */
import { choice, number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const agc = defineProcess({
  id: "agc",
  title: "Automatic gain control",
  doc:
    "Divides each sample by the level of the trace in a window around it. Where the whole window is zero the output " +
    "is zero. At the ends the window is cut and the level is that of the samples left.",
  formula: "y[i] = x[i] / sqrt(mean of x[j]^2, |j - i| <= h), h = floor(round(window / dt) / 2)",
  source: "Yilmaz, Seismic Data Analysis (2001), section 1.4 (RMS amplitude AGC and instantaneous AGC)",
  scope: "trace",
  parameters: {
    windowMs: number({
      title: "Window",
      unit: "ms",
      default: 500,
      above: 0,
      doc: "Full length of the window",
    }),
    statistic: choice({
      title: "Statistic",
      choices: ["rms", "mean"],
      default: "rms",
      doc: "Level in the window: root mean square, or mean absolute value",
    }),
  },
});
