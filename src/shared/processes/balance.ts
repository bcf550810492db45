/** What the process balance is. */
import { choice } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const balance = defineProcess({
  id: "balance",
  title: "Trace balance",
  doc:
    "Divides each trace by its level, so that all traces have level one. All samples of the trace count, muted ones too. " +
    "Dead traces stay dead.",
  formula: "y[i] = x[i] / level(x), level = sqrt(mean x^2), mean |x| or max |x|",
  source: "Yilmaz, Seismic Data Analysis (2001), section 1.4; Seismic Unix sugain pbal",
  scope: "trace",
  parameters: {
    statistic: choice({
      title: "Statistic",
      choices: ["rms", "mean", "max"],
      default: "rms",
      doc: "Level of a trace: root mean square, mean absolute value or largest absolute value",
    }),
  },
});
