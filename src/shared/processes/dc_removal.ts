/** What the process dc_removal is. */
import { choice } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const dcRemoval = defineProcess({
  id: "dc_removal",
  title: "DC removal",
  doc:
    "Removes the constant part of each trace. Samples of the muted ends (leading and trailing zeros) are neither " +
    "counted nor changed, so a mute stays a mute.",
  formula: "y[i] = x[i] - mean(x) over the live samples of the trace",
  source: "Yilmaz, Seismic Data Analysis (2001), section 1.3",
  scope: "trace",
  parameters: {
    statistic: choice({
      title: "Statistic",
      choices: ["mean", "median"],
      default: "mean",
      doc: "What is removed: the mean or the median of the live samples",
    }),
  },
});
