/** What the process statics is. */
import { checkWord } from "./checks.ts";
import { boolean, choice, number, optionalStructured } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const statics = defineProcess({
  id: "statics",
  title: "Static shifts",
  doc:
    "Shifts each trace in time by a constant and by header words in milliseconds (read with the scalar tscal), to parts of " +
    "a sample. A positive shift moves events to later times; direction remove turns all shifts round. What is shifted in " +
    "from beyond the record is zero. Each trace keeps its start. The word tstat is updated by the shift, rounded to what " +
    "it can hold (halves up); how much of it that loses is said at the end.",
  formula: "y(t) = x(t - s), s = shiftMs + sum of words, interpolated with 8-point sinc filters",
  source:
    "SEG-Y revision 2.1 (SEG 2023), table 3, for static words; filters after Hale (CWP 1989); Yilmaz (2001), section 3.4",
  scope: "trace",
  parameters: {
    shiftMs: number({ title: "Shift", unit: "ms", default: 0, doc: "The same shift for all traces" }),
    words: optionalStructured<readonly string[]>({
      title: "Header words",
      doc: "Words whose values are added to the shift, such as sstat and gstat, or tstat",
      parse: parseWords,
    }),
    direction: choice({
      title: "Direction",
      choices: ["apply", "remove"],
      default: "apply",
      doc: "Apply the shifts, or take them out again",
    }),
    updateTstat: boolean({
      title: "Update tstat",
      default: true,
      doc: "Add the shift to the header word tstat, the total static applied",
    }),
  },
  check({ shiftMs, words = [] }, survey) {
    const recordMs = (survey.samplesPerTrace * survey.intervalUs) / 1000;
    const problems = words.flatMap((word) => checkWord("words", word, survey));
    if (Math.abs(shiftMs) < recordMs) return problems;
    const length = `${Number(recordMs.toPrecision(9))} ms`;
    return [...problems, {
      parameter: "shiftMs",
      message: `shiftMs ${shiftMs} leaves nothing of the traces (${length}) of ${survey.name}`,
    }];
  },
});

function parseWords(value: unknown): { value: readonly string[] } | { expected: string } {
  const isText = (one: unknown): one is string => typeof one === "string" && one !== "";
  if (Array.isArray(value) && value.length > 0 && value.every(isText)) return { value };
  return { expected: "a list of header words" };
}
