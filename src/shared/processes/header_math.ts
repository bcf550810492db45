/** What the process header_math is, and the parser of its assignments. */
import { isRecord } from "../is_record.ts";
import type { SurveyFacts } from "../seismic/survey.ts";
import { HeaderWordTable } from "../seismic/trace_header.ts";
import { checkExpressionWords, checkWord } from "./checks.ts";
import { EXPRESSION_HELP, parseExpression, PRECEDENCE_HELP } from "./header_expression.ts";
import { structured } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

export interface Assignment {
  readonly word: string;
  readonly expression: string;
}

export const headerMath = defineProcess({
  id: "header_math",
  title: "Header mathematics",
  doc:
    "Sets header words from expressions over header words. Words that a scalar belongs to (coordinates, elevations, times) " +
    "are read in their unit, with the scalar applied, and written back through it; whole-number words are rounded to the " +
    "nearest number, halves up (2.5 becomes 3, -2.5 becomes -2). " +
    "Assignments run one after another: a later one sees what an earlier one wrote. A value that its word cannot hold " +
    "ends the run. Expressions hold " + EXPRESSION_HELP + ". " + PRECEDENCE_HELP + ".",
  formula: "word = expression, for each trace; comparisons give 1 or 0; mod(a, b) = a - b floor(a / b)",
  source: "SEG-Y revision 2.1 (SEG 2023), table 3, for words and scalars",
  scope: "trace",
  parameters: {
    assignments: structured<readonly Assignment[]>({
      title: "Assignments",
      doc: 'Such as "cdp = (sx + gx) / 2 / 25; offset = abs(offset)", or a list of { word, expression }',
      parse: parseAssignments,
    }),
  },
  check({ assignments }, survey: SurveyFacts) {
    return assignments.flatMap(({ word, expression }) => [
      ...checkWord("assignments", word, survey),
      ...checkSettable(word, survey),
      ...checkExpressionWords("assignments", parseExpression(expression), survey),
    ]);
  },
});

/** Bytes of the words that outputs fill from the shape of their traces: number of samples and interval. */
const SHAPE_BYTES: ReadonlySet<number> = new Set([115, 117]);

/** A value that the output writes over would be lost in silence. */
function checkSettable(word: string, survey: SurveyFacts): ParameterProblem[] {
  const found = HeaderWordTable.of(survey.words).find(word);
  if (!found || !SHAPE_BYTES.has(found.byte)) return [];
  const message = `assignments set ${word}, which always follows the traces that are written: use resample`;
  return [{ parameter: "assignments", message }];
}

/** Throws `expression-invalid` for a wrong expression. */
function parseAssignments(value: unknown): { value: readonly Assignment[] } | { expected: string } {
  const expected = 'assignments such as "cdp = ep + 1", or a list of { word, expression }';
  const given = typeof value === "string" ? [value] : value;
  if (!Array.isArray(given)) return { expected };
  const parts = given.flatMap((part: unknown) => typeof part === "string" ? splitLines(part) : [part]);
  if (parts.length === 0) return { expected };
  const assignments: Assignment[] = [];
  for (const part of parts) {
    const one = part instanceof TextPart ? part.assignment() : asAssignment(part);
    if (!one) return { expected };
    const { word, expression } = one;
    if (part instanceof TextPart) parseExpression(expression, part.line, part.end - expression.length);
    else parseExpression(expression);
    assignments.push({ word, expression });
  }
  return { value: assignments };
}

/** One assignment of a line that may hold several; columns of errors count in the line. */
class TextPart {
  /** Where the text of the assignment ends in the line, without white space. */
  readonly end: number;

  constructor(readonly line: string, readonly text: string, start: number) {
    this.end = start + text.trimEnd().length;
  }

  assignment(): Assignment | undefined {
    const match = /^\s*([A-Za-z_]\w*)\s*=(?!=)\s*(.+?)\s*$/.exec(this.text);
    return match ? { word: match[1], expression: match[2] } : undefined;
  }
}

function splitLines(text: string): TextPart[] {
  return text.split("\n").flatMap((line) =>
    [...line.matchAll(/[^;]+/g)].map((found) => new TextPart(line, found[0], found.index))
  ).filter((part) => part.text.trim() !== "");
}

function asAssignment(value: unknown): Assignment | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 2) return undefined;
  const { word, expression } = value;
  return typeof word === "string" && typeof expression === "string" ? { word, expression } : undefined;
}
