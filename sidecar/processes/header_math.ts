/** Runs the process header_math. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { type HeaderExpression, parseExpression } from "../../src/shared/processes/header_expression.ts";
import { headerMath as spec } from "../../src/shared/processes/header_math.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { setScaled, traceName, wordReader } from "./header_readers.ts";
import { implement } from "./process.ts";

export const headerMath = implement({
  spec,
  kernels: [],
  prepare({ assignments }, facts, _memory, stopCheck) {
    const parsed = assignments.map(({ word, expression }) => ({
      word,
      expression: parseExpression(expression),
    }));
    return {
      kind: "in_place",
      apply({ headers }) {
        for (const { word, expression } of parsed) {
          stopCheck();
          assign(headers, word, expression, facts.name);
        }
      },
    };
  },
});

/** Values of all traces first, then all stores: a word may depend on itself. */
function assign(headers: HeaderRecords, word: string, expression: HeaderExpression, file: string): void {
  const value = expression.bind(wordReader(headers));
  const values = Float64Array.from({ length: headers.traces }, (_, trace) => value(trace));
  for (let trace = 0; trace < headers.traces; trace++) {
    if (!Number.isFinite(values[trace])) throw misfit(headers, trace, word, expression, values[trace], file);
    try {
      setScaled(headers, trace, word, values[trace]);
    } catch (cause) {
      throw misfit(headers, trace, word, expression, values[trace], file, cause);
    }
  }
}

function misfit(
  headers: HeaderRecords,
  trace: number,
  word: string,
  expression: HeaderExpression,
  value: number,
  file: string,
  cause?: unknown,
): SeisProcError {
  const { type } = headers.word(word);
  const message = `Cannot set header word ${word} of ${traceName(headers, trace)} in ${file}: ` +
    `expected a value that fits ${type}, found ${value} from ${JSON.stringify(expression.text)}`;
  return new SeisProcError("header-invalid", message, { file, field: word, found: value }, cause);
}
