/** Parts of surveys: ranges of traces as they are written, and how a choice is told. */
import { expect, test } from "vitest";
import {
  choiceText,
  isChoice,
  parseTraceRange,
  traceRange,
} from "../../../src/shared/seismic/trace_choice.ts";

test("a range is two numbers or one, counted from 1", () => {
  expect(["1-5", " 3 - 3 ", "7"].map(parseTraceRange)).toEqual([[1, 5], [3, 3], [7, 7]]);
});

test.each(["", "-3", "0-4", "5-4", "1-2-3", "1..2", "a-b", "1e3", "1.5-2", `1-${"9".repeat(16)}`])(
  "%j is no range",
  (text) => expect(() => parseTraceRange(text)).toThrow(/^Cannot use traces .*such as 100-200$/),
);

test.each([[[1, 5], [1, 5]], [[2, 2], [2, 2]]])("%j is a range", (value, range) => {
  expect(traceRange(value)).toEqual(range);
});

test.each([[[]], [[1]], [[1, 2, 3]], [[0, 1]], [[2, 1]], [[1.5, 2]], ["1-2"], [null], [[1, "2"]], [[
  1,
  2 ** 53,
]]])(
  "%j is no range of a flow",
  (value) => expect(traceRange(value)).toBeUndefined(),
);

test("a choice is told as it was made", () => {
  expect(choiceText({ traces: [1, 5], select: "cdp > 3" })).toBe("traces 1 to 5, cdp > 3");
  expect([isChoice({}), isChoice({ select: "1" }), isChoice({ traces: [1, 1] })]).toEqual([
    false,
    true,
    true,
  ]);
});
