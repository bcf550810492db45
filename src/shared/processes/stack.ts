/** What the process stack is. */
import { axisSamples } from "../seismic/survey.ts";
import { choice, headerWord, integer, number } from "./parameter.ts";
import { checkWord } from "./checks.ts";
import { defineProcess } from "./process.ts";

export const stack = defineProcess({
  id: "stack",
  title: "Stack",
  doc:
    "Adds the traces of each gather into one. At each time only live samples count: a sample that is exactly zero is taken " +
    "as muted. Traces that begin at different times (delay recording time) are put on one time axis first, from the " +
    "earliest start in the gather on, by whole samples and, where they need it, a fraction with the filters of statics; " +
    "the stacked trace begins there and all are as long as the gather that reaches farthest. The header of the output is that of the gather's first trace with nhs (the number of traces that have any " +
    "live sample), offset 0, cdpt 1 and, when that first trace is dead, trid of the first live one.",
  formula:
    "y(t) = sum w[k] x[k](t) / sum w[k] over live samples; mean: w = 1; weighted by energy: w = (least mean(x^2) of the gather / mean(x^2))^weightPower; " +
    "weighted by offset: w = max(|offset|, 1)^weightPower; median: the middle of the live samples",
  source: "Yilmaz, Seismic Data Analysis (2001), section 1.3; Robinson, Geophysics 35 (1970), 436 (weights)",
  scope: "gather",
  tracesPerGather: "one",
  parameters: {
    key: headerWord({ title: "Gather key", default: "cdp", doc: "Header word whose gathers are stacked" }),
    method: choice({
      title: "Method",
      choices: ["mean", "median", "weighted"],
      default: "mean",
      doc: "Mean, median, or a mean with a weight for each trace",
    }),
    minFold: integer({
      title: "Least fold",
      unit: "traces",
      default: 1,
      min: 1,
      doc: "Samples with fewer live traces become zero",
    }),
    weight: choice({
      title: "Weight",
      choices: ["energy", "offset"],
      default: "energy",
      doc:
        "For method weighted: energy takes noisy traces down (diversity stack), offset takes near offsets down " +
        "(against multiples)",
    }),
    weightPower: number({
      title: "Weight power",
      unit: "",
      default: 1,
      min: 0,
      max: 10,
      doc: "Exponent of the weight",
    }),
  },
  gatherKey: ({ key }) => key,
  outputShape: (_, survey) => ({ samplesPerTrace: axisSamples(survey), intervalUs: survey.intervalUs }),
  check: ({ key }, survey) => checkWord("key", key, survey),
});
