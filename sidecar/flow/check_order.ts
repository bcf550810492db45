/** What the order of a flow's input must be for its processes; known before anything runs. */
import { didYouMean } from "../../src/shared/closest.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { parseSortKey, type SortKey } from "../dataset/sort_index.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";
import type { Pipeline } from "./pipeline.ts";

/** @throws header-word-unknown, flow-invalid */
export function checkOrder(order: readonly string[], pipeline: Pipeline, survey: SurveyDescription): void {
  const keys = order.map(parseSortKey);
  checkOrderWords(keys, survey);
  if (keys.length > 0) checkGatherKey(pipeline.gatherKey, keys[0].word, survey);
}

export function checkOrderWords(keys: readonly SortKey[], survey: SurveyDescription): void {
  for (const { word } of keys) checkWord(word, survey, "input.order");
}

export function checkWord(word: string, survey: SurveyDescription, where: string): void {
  if (survey.table.find(word)) return;
  const names = survey.table.words.flatMap((one) => [one.name, ...one.aliases]);
  const message = `Cannot gather ${survey.name} by ${word}: expected the name of a trace-header word, ` +
    `found none of that name${didYouMean(word, names)}: seisproc scan lists the words`;
  throw new SeisProcError("header-word-unknown", message, { word, where });
}

/** A process that asks for gathers of one key cannot run over traces sorted by another. */
export function checkGatherKey(asked: string | undefined, first: string, survey: SurveyDescription): void {
  if (asked === undefined || survey.table.find(asked) === survey.table.find(first)) return;
  const message = `Cannot run over gathers of ${asked}: expected it first in the order, found ${first}: ` +
    `write "order": ["${asked}", ...]`;
  throw new SeisProcError("flow-invalid", message, { where: "input.order" });
}
