/** The process polarity: all traces, chosen traces. */
import { expect, test } from "vitest";
import { polarity } from "../../sidecar/processes/polarity.ts";
import { reversed } from "../oracles/polarity.ts";
import {
  applyProcess,
  gather,
  randomNumbers,
  sameAlone,
  setWord,
  testSurvey,
  traceOf,
} from "../test_steps.ts";

const noise = randomNumbers(10);
const noisy = gather(6, 103, 4000, () => noise());

test("every sign turns, and twice is nothing", () => {
  const once = applyProcess(polarity, {}, noisy);
  expect([...once.samples]).toEqual([...reversed(noisy.samples)]);
  expect(applyProcess(polarity, {}, once).samples).toEqual(noisy.samples);
  expect(sameAlone(noisy, (input) => applyProcess(polarity, {}, input))).toBe(true);
});

test("only traces with the chosen values of a header word turn", () => {
  const input = setWord(gather(6, 5, 4000, () => 1), "tracf", (trace) => trace + 1);
  const out = applyProcess(polarity, { word: "tracf", values: [2, 5] }, input);
  expect([0, 1, 2, 3, 4, 5].map((trace) => traceOf(out, trace)[4])).toEqual([1, -1, 1, 1, -1, 1]);
});

test("a selection must be whole and name a word there is", () => {
  const problems = (parameters: { word?: string; values?: number[] }) =>
    polarity.spec.check?.(parameters, testSurvey()).map((problem) => problem.message);
  expect(problems({})).toEqual([]);
  expect(problems({ word: "tracf", values: [1] })).toEqual([]);
  expect(problems({ word: "nonsense", values: [1] })).toEqual(["line.sgy has no header word nonsense"]);
  expect(problems({ word: "tracf" })).toEqual(["the values of tracf at which a trace is turned are missing"]);
  expect(problems({ values: [1] })).toEqual(["values are given without the header word they belong to"]);
});
