/** Checks of parameters against the data that several processes share. */
import { didYouMean } from "../closest.ts";
import { nyquistHz } from "../units.ts";
import type { SurveyFacts } from "../seismic/survey.ts";
import { HeaderWordTable } from "../seismic/trace_header.ts";
import type { HeaderExpression } from "./header_expression.ts";
import type { ParameterProblem } from "./process.ts";

/** A frequency parameter must lie below (or, when `orAt`, at) the Nyquist frequency of the data. */
export function checkBelowNyquist(
  parameter: string,
  valueHz: number,
  survey: SurveyFacts,
  orAt = false,
): ParameterProblem[] {
  const nyquist = nyquistHz(survey.intervalUs);
  if (valueHz < nyquist || (orAt && valueHz === nyquist)) return [];
  const relation = valueHz === nyquist ? "at" : "above";
  const limit = `${Number(nyquist.toPrecision(6))} Hz`;
  return [{
    parameter,
    message: `${parameter} ${valueHz} is ${relation} Nyquist (${limit}) of ${survey.name}`,
  }];
}

/** Corner parameters must rise: each greater than the one before. */
export function checkRising(corners: Readonly<Record<string, number>>): ParameterProblem[] {
  const names = Object.keys(corners);
  return names.slice(1).flatMap((name, i) =>
    corners[name] > corners[names[i]] ? [] : [{
      parameter: name,
      message: `${name} ${corners[name]} is not above ${names[i]} ${corners[names[i]]}`,
    }]
  );
}

/** A parameter that names a header word must name one of the survey's, by name or alias. */
export function checkWord(parameter: string, name: string, survey: SurveyFacts): ParameterProblem[] {
  const table = HeaderWordTable.of(survey.words);
  if (table.find(name)) return [];
  const names = table.words.flatMap((word) => [word.name, ...word.aliases]);
  const hint = didYouMean(name, names);
  return [{ parameter, message: `${parameter} ${name} is not a header word of ${survey.name}${hint}` }];
}

/** Every name in an expression must be a header word of the survey. */
export function checkExpressionWords(
  parameter: string,
  expression: HeaderExpression,
  survey: SurveyFacts,
): ParameterProblem[] {
  return expression.words.flatMap(({ name, column }) =>
    checkWord(parameter, name, survey).map(({ message }) => ({
      parameter,
      message: `${message}, at column ${column} of ${JSON.stringify(expression.text)}`,
    }))
  );
}
