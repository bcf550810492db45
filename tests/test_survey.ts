/** Facts of a survey for checks of parameters. */
import type { SurveyFacts } from "../src/shared/seismic/survey.ts";
import { STANDARD_WORDS } from "../src/shared/seismic/trace_header.ts";

/** Facts for checks: traces of 1000 ms at 4 ms. */
export const SURVEY: SurveyFacts = {
  name: "line.sgy",
  traces: 10,
  samplesPerTrace: 251,
  intervalUs: 4000,
  startMs: 0,
  lengthUnit: "m",
  words: STANDARD_WORDS.words,
};
