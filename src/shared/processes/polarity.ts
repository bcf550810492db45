/** What the process polarity is. */
import type { SurveyFacts } from "../seismic/survey.ts";
import { HeaderWordTable } from "../seismic/trace_header.ts";
import { optionalHeaderWord, optionalNumbers } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

export const polarity = defineProcess({
  id: "polarity",
  title: "Polarity reversal",
  doc:
    "Turns the sign of every sample: of all traces, or of those whose header word has one of the given values.",
  formula: "y[i] = -x[i]",
  source: "SEG polarity standard: Thigpen, Dalby and Landrum, Geophysics 40 (1975)",
  scope: "trace",
  parameters: {
    word: optionalHeaderWord({
      title: "Header word",
      doc: "Selects the traces to turn, together with the values; absent: all traces",
    }),
    values: optionalNumbers({
      title: "Values",
      unit: "",
      doc: "Values of the header word at which a trace is turned, as they are stored",
    }),
  },
  check: ({ word, values }, survey) => checkSelection(word, values, survey),
});

function checkSelection(
  word: string | undefined,
  values: readonly number[] | undefined,
  survey: SurveyFacts,
): ParameterProblem[] {
  if (word === undefined) {
    return values
      ? [{ parameter: "values", message: "values are given without the header word they belong to" }]
      : [];
  }
  if (!HeaderWordTable.of(survey.words).find(word)) {
    return [{ parameter: "word", message: `${survey.name} has no header word ${word}` }];
  }
  return values
    ? []
    : [{ parameter: "values", message: `the values of ${word} at which a trace is turned are missing` }];
}
