/** The process statics: shifts, header words, and its oracle. */
import { describe, expect, test } from "vitest";
import { shiftTrace } from "../oracles/statics.ts";
import { statics } from "../../sidecar/processes/statics.ts";
import { statics as spec } from "../../src/shared/processes/statics.ts";
import { type Remark, Remarks, remarkSentence } from "../../src/shared/processes/remark.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { applyProcess, gather, randomNumbers, relativeError, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const base = { shiftMs: 0, direction: "apply", updateTstat: true } as const;
const spike = gather(1, 101, 4000, (_, i) => i === 50 ? 1 : 0);

test("a positive shift of whole samples moves a spike later, exactly", () => {
  const out = applyProcess(statics, { ...base, shiftMs: 40 }, spike).samples;
  expect([...out]).toEqual([...Array(101).keys()].map((i) => i === 60 ? 1 : 0));
});

test("remove undoes apply", () => {
  const there = applyProcess(statics, { ...base, shiftMs: 40 }, spike);
  const back = applyProcess(statics, { ...base, shiftMs: 40, direction: "remove" }, there);
  expect(back.samples).toEqual(spike.samples);
  expect(back.headers.get(0, back.headers.word("tstat"))).toBe(0);
});

test("a fraction of a sample shifts a slow wave as it should", () => {
  const wave = (t: number) => Math.sin(2 * Math.PI * 20 * t) * Math.exp(-(((t - 0.2) / 0.05) ** 2));
  const line = gather(1, 101, 4000, (_, i) => wave(i * 0.004));
  const out = applyProcess(statics, { ...base, shiftMs: 9.5 }, line).samples;
  const wanted = Float64Array.from({ length: 101 }, (_, i) => wave(i * 0.004 - 0.0095));
  expect(relativeError(out, wanted)).toBeLessThan(2e-3);
});

describe.each([1, 5, 8, 100, 101, 102, 103])("traces of %i samples", (samples) => {
  test.each([0.3, -0.3, 3.9, -3.9, 7.5, -7.5, 99.5, -99.5, 500.25, -500.25])(
    "shifted by %d samples agree with the oracle",
    (shift) => {
      const noise = randomNumbers(9);
      const line = gather(2, samples, 4000, () => noise());
      const out = applyProcess(statics, { ...base, shiftMs: shift * 4 }, line).samples;
      for (const trace of [0, 1]) {
        const row = line.samples.subarray(trace * samples, (trace + 1) * samples);
        const wanted = shiftTrace(row, shift);
        expect(relativeError(out.subarray(trace * samples, (trace + 1) * samples), wanted)).toBeLessThan(
          1e-6,
        );
      }
    },
  );
});

test("header words are added with their scalar, and tstat tells the total", () => {
  const line = gather(3, 101, 4000, (_, i) => i === 50 ? 1 : 0);
  setWord(setWord(setWord(line, "tscal", () => -10), "sstat", (trace) => trace * 80), "gstat", () => -40);
  setWord(line, "tstat", () => 120);
  const out = applyProcess(statics, { ...base, shiftMs: 20, words: ["sstat", "gstat"] }, line);
  const peaks = [0, 1, 2].map((trace) => out.samples.subarray(trace * 101, (trace + 1) * 101).indexOf(1));
  expect(peaks).toEqual([54, 56, 58]);
  const tstat = out.headers.word("tstat");
  expect([0, 1, 2].map((trace) => out.headers.get(trace, tstat))).toEqual([280, 360, 440]);
});

test("tstat stays when it is not to be updated", () => {
  const out = applyProcess(statics, { ...base, shiftMs: 20, updateTstat: false }, spike);
  expect(out.headers.get(0, out.headers.word("tstat"))).toBe(0);
});

test("what is not a number stays within its trace", () => {
  const line = gather(3, 101, 4000, (trace, i) => trace === 1 ? NaN : i);
  const out = applyProcess(statics, { ...base, shiftMs: 6 }, line).samples;
  expect(out.subarray(0, 101).every(Number.isFinite)).toBe(true);
  expect(out.subarray(202).every(Number.isFinite)).toBe(true);
});

test("wrong words and shifts beyond the record are refused", () => {
  expect(() => parseParameters(spec, { words: "sstat" }, "here")).toThrow("expected a list of header words");
  expect(spec.check?.({ ...base, shiftMs: -2000, words: ["sstatt"] }, SURVEY).map((one) => one.message))
    .toEqual([
      "words sstatt is not a header word of line.sgy (did you mean sstat?)",
      "shiftMs -2000 leaves nothing of the traces (1004 ms) of line.sgy",
    ]);
});

describe("what tstat cannot hold of a shift", () => {
  const told = (shifts: readonly number[], tscal = 0) => {
    const remarks = new Remarks();
    for (const shiftMs of shifts) {
      const line = setWord(gather(2, 101, 4000, (_, i) => i), "tscal", () => tscal);
      applyProcess(statics, { ...base, shiftMs }, line, {}, remarks.add);
    }
    return remarks.list.map(remarkSentence);
  };

  test("is said, with the largest and the number of traces", () => {
    expect(told([3.3, -1.25, 4])).toEqual([
      "statics: tstat tells the shifts of 4 traces rounded, by up to 0.3 ms: a finer time scalar (tscal) would hold them",
    ]);
  });

  test("is nothing where the time scalar is fine enough", () => {
    expect(told([3.3, -1.2], -10)).toEqual([]);
    expect(told([3, -250], 0)).toEqual([]);
  });
});

test("a time scalar that is none is not applied to static words, and is told", () => {
  const remarks: Remark[] = [];
  const line = setWord(
    setWord(gather(1, 101, 4000, (_, i) => i === 50 ? 1 : 0), "tscal", () => 12),
    "sstat",
    () => 8,
  );
  const out = applyProcess(statics, { ...base, words: ["sstat"] }, line, {}, (one) => remarks.push(one));
  expect(out.samples.indexOf(1)).toBe(52);
  expect(out.headers.get(0, out.headers.word("tstat"))).toBe(8);
  expect(remarks).toEqual([{ kind: "scalar_ignored", word: "tscal", found: 12 }]);
});
