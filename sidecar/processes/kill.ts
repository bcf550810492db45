/** Runs the process kill. */
import { parseExpression, type TraceValue } from "../../src/shared/processes/header_expression.ts";
import { kill as spec } from "../../src/shared/processes/kill.ts";
import { wordReader } from "./header_readers.ts";
import { implement } from "./process.ts";

/** SEG-Y's trace identification code of a dead trace. */
const DEAD = 2;

export const kill = implement({
  spec,
  kernels: [],
  prepare({ conditions = [], expression, keep }, _facts, { remark }) {
    const parsed = expression === undefined ? undefined : parseExpression(expression);
    return {
      kind: "in_place",
      apply({ traces, samplesPerTrace, samples, headers }) {
        const reader = wordReader(headers, remark), trid = headers.word("trid");
        const tests: TraceValue[] = conditions.map(({ word, min = -Infinity, max = Infinity }) => {
          const value = reader(word);
          return (trace) => Number(value(trace) >= min && value(trace) <= max);
        });
        if (parsed) tests.push(parsed.bind(reader));
        for (let trace = 0; trace < traces; trace++) {
          const named = tests.some((test) => test(trace) !== 0);
          if (named === keep) continue;
          samples.fill(0, trace * samplesPerTrace, (trace + 1) * samplesPerTrace);
          headers.set(trace, trid, DEAD);
        }
      },
    };
  },
});
