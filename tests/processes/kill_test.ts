/** The process kill: conditions, expressions, and what becomes of the traces. */
import { expect, test } from "vitest";
import { kill } from "../../sidecar/processes/kill.ts";
import { kill as spec } from "../../src/shared/processes/kill.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { applyProcess, type Gather, gather, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

function line(): Gather {
  const traces = gather(6, 10, 4000, (trace) => trace + 1);
  setWord(traces, "tracl", (trace) => trace + 1);
  setWord(traces, "trid", () => 1);
  setWord(traces, "scalco", () => -10);
  return setWord(traces, "sx", (trace) => trace * 1000);
}

/** Numbers (from 1) of the traces that are dead in samples and header alike. */
function dead(out: Gather): number[] {
  const trid = out.headers.word("trid");
  return [1, 2, 3, 4, 5, 6].filter((number) => {
    const row = out.samples.subarray((number - 1) * 10, number * 10);
    const zero = row.every((x) => x === 0);
    expect(out.headers.get(number - 1, trid)).toBe(zero ? 2 : 1);
    if (!zero) expect([...row]).toEqual(Array(10).fill(number));
    return zero;
  });
}

test("traces in any of the ranges are killed", () => {
  const conditions = [{ word: "tracl", min: 2, max: 3 }, { word: "tracl", min: 6 }];
  expect(dead(applyProcess(kill, { conditions, keep: false }, line()))).toEqual([2, 3, 6]);
});

test("coordinates are compared in their unit", () => {
  const conditions = [{ word: "sx", max: 150 }];
  expect(dead(applyProcess(kill, { conditions, keep: false }, line()))).toEqual([1, 2]);
});

test("an expression kills where it holds", () => {
  const expression = "mod(tracl, 2) == 0 && sx > 200";
  expect(dead(applyProcess(kill, { expression, keep: false }, line()))).toEqual([4, 6]);
});

test("keep turns the choice round", () => {
  expect(dead(applyProcess(kill, { expression: "tracl == 4", keep: true }, line()))).toEqual([1, 2, 3, 5, 6]);
});

test("what is not a number is killed with its trace", () => {
  const hurt = line();
  hurt.samples[12] = NaN;
  const out = applyProcess(kill, { expression: "tracl == 2", keep: false }, hurt);
  expect(out.samples.every(Number.isFinite)).toBe(true);
});

test("wrong conditions are refused", () => {
  const parse = (parameters: unknown) => () => parseParameters(spec, parameters, "here");
  for (
    const conditions of [[], [{ word: "cdp" }], [{ word: "cdp", min: 3, max: 1 }], [{ word: 1, min: 1 }], 5]
  ) {
    expect(parse({ conditions })).toThrow("expected a list of { word, min, max }");
  }
  expect(parse({ expression: "cdp >" })).toThrow("at column 6");
  expect(spec.check?.({ keep: false }, SURVEY)).toHaveLength(1);
  expect(spec.check?.({ keep: false, expression: "cdpp > 1" }, SURVEY)[0].message).toBe(
    'expression cdpp is not a header word of line.sgy (did you mean cdp?), at column 1 of "cdpp > 1"',
  );
});
