/** Runs the process header_math. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { type HeaderExpression, parseExpression } from "../../src/shared/processes/header_expression.ts";
import { headerMath as spec } from "../../src/shared/processes/header_math.ts";
import { ANGLE_UNITS } from "../../src/shared/seismic/geometry.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { setScaled, traceName, wordReader } from "./header_readers.ts";
import { implement, type TellRemark } from "./process.ts";

export const headerMath = implement({
  spec,
  kernels: [],
  prepare({ assignments }, facts, { stopCheck, remark }) {
    const parsed = assignments.map(({ word, expression }) => ({
      word,
      expression: parseExpression(expression),
    }));
    return {
      kind: "in_place",
      apply({ headers }) {
        for (const { word, expression } of parsed) {
          stopCheck();
          assign(headers, word, expression, facts.name, remark);
        }
      },
    };
  },
});

/** Values of all traces first, then all stores: a word may depend on itself. */
function assign(
  headers: HeaderRecords,
  word: string,
  expression: HeaderExpression,
  file: string,
  remark: TellRemark,
): void {
  tellAngles(headers, expression, remark);
  const value = expression.bind(wordReader(headers, remark));
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

/** An expression may take coordinates for lengths, as in hypot(gx - sx, gy - sy); where they are angles this is told. */
function tellAngles(headers: HeaderRecords, expression: HeaderExpression, remark: TellRemark): void {
  if (!expression.words.some(({ name }) => headers.word(name).scaledBy === "scalco")) return;
  const counit = headers.word("counit");
  for (let trace = 0; trace < headers.traces; trace++) {
    const unit = ANGLE_UNITS.get(headers.get(trace, counit));
    if (unit !== undefined) return remark({ kind: "angles_read", process: spec.id, unit });
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
