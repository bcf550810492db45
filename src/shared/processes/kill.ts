/** What the process kill is, and the parser of its conditions. */
import { isRecord } from "../is_record.ts";
import { checkExpressionWords, checkWord } from "./checks.ts";
import { EXPRESSION_HELP, parseExpression, PRECEDENCE_HELP } from "./header_expression.ts";
import { boolean, optionalStructured } from "./parameter.ts";
import { defineProcess } from "./process.ts";

/** Values of a header word from `min` to `max`, both included; a limit that is left out does not limit. */
export interface WordRange {
  readonly word: string;
  readonly min?: number;
  readonly max?: number;
}

export const kill = defineProcess({
  id: "kill",
  title: "Kill traces",
  doc:
    "Zeroes the traces whose header words fall into any of the ranges or fulfil the expression, and marks them as dead " +
    "(trid 2). Words are in their unit, with their scalar applied.",
  formula: "y = 0 where any condition holds (with keep: where none does), else y = x",
  source: "SEG-Y revision 2.1 (SEG 2023), table 3, trace identification code 2: dead",
  scope: "trace",
  mutes: true,
  parameters: {
    conditions: optionalStructured<readonly WordRange[]>({
      title: "Conditions",
      doc: "Ranges such as { word: tracl, min: 100, max: 120 }; a trace in any of them is killed",
      parse: parseRanges,
    }),
    expression: optionalStructured<string>({
      title: "Expression",
      doc: "Kills where it is not zero, such as fldr == 12 && tracf > 40. Holds " + EXPRESSION_HELP + ". " +
        PRECEDENCE_HELP,
      parse: parseText,
    }),
    keep: boolean({
      title: "Keep",
      default: false,
      doc: "Keep the traces that are named and kill all others",
    }),
  },
  check({ conditions, expression }, survey) {
    if (!conditions && expression === undefined) {
      return [{ parameter: "conditions", message: "kill needs conditions or an expression" }];
    }
    return [
      ...(conditions ?? []).flatMap(({ word }) => checkWord("conditions", word, survey)),
      ...(expression === undefined
        ? []
        : checkExpressionWords("expression", parseExpression(expression), survey)),
    ];
  },
});

function parseRanges(value: unknown): { value: readonly WordRange[] } | { expected: string } {
  const expected = "a list of { word, min, max } with min or max or both, min not above max";
  if (!Array.isArray(value) || value.length === 0) return { expected };
  const ranges: WordRange[] = [];
  for (const one of value) {
    const range = parseRange(one);
    if (!range) return { expected };
    ranges.push(range);
  }
  return { value: ranges };
}

function parseRange(value: unknown): WordRange | undefined {
  if (!isRecord(value)) return undefined;
  const { word, min, max, ...rest } = value;
  if (typeof word !== "string" || Object.keys(rest).length > 0) return undefined;
  const isLimit = (one: unknown): one is number | undefined => one === undefined || Number.isFinite(one);
  if (!isLimit(min) || !isLimit(max) || (min === undefined && max === undefined)) return undefined;
  if ((min ?? -Infinity) > (max ?? Infinity)) return undefined;
  return { word, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Throws `expression-invalid` for a wrong expression. */
function parseText(value: unknown): { value: string } | { expected: string } {
  if (typeof value !== "string") return { expected: "an expression as text" };
  parseExpression(value);
  return { value };
}
