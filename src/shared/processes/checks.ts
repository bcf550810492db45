import { nyquistHz } from "../units.ts";
import type { SurveyFacts } from "../seismic/survey.ts";
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
