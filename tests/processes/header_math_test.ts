/** The process header_math and the expressions it is made of. */
import { describe, expect, test } from "vitest";
import { SeisProcError } from "../../src/shared/errors.ts";
import { headerMath } from "../../sidecar/processes/header_math.ts";
import { parseExpression } from "../../src/shared/processes/header_expression.ts";
import { headerMath as spec } from "../../src/shared/processes/header_math.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { type Remark, Remarks, remarkSentence } from "../../src/shared/processes/remark.ts";
import { applyProcess, type Gather, gather, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

function line(): Gather {
  const traces = gather(4, 3, 4000, (trace) => trace);
  setWord(traces, "tracl", (trace) => trace + 1);
  setWord(traces, "scalco", () => -10);
  setWord(traces, "sx", () => 10_000);
  return setWord(traces, "gx", (trace) => 10_000 + trace * 500);
}

function run(assignments: unknown, input = line()): Gather {
  return applyProcess(headerMath, parseParameters(spec, { assignments }, "here"), input);
}

function words(from: Gather, name: string): number[] {
  return Array.from({ length: from.traces }, (_, trace) => from.headers.get(trace, from.headers.word(name)));
}

test("midpoints number the cdps, with coordinates in metres", () => {
  expect(words(run("cdp = (sx + gx) / 2 / 25"), "cdp")).toEqual([40, 41, 42, 43]);
});

test("coordinates are written back through their scalar", () => {
  expect(words(run("cdpx = (sx + gx) / 2"), "cdpx")).toEqual([10_000, 10_250, 10_500, 10_750]);
});

test("samples stay as they are", () => {
  expect(run("cdp = 5").samples).toEqual(line().samples);
});

test("later assignments see earlier ones, and a word may depend on itself", () => {
  const out = run([{ word: "ep", expression: "tracl * 2" }, "ep = ep + 1; cdp = ep * 10"]);
  expect(words(out, "ep")).toEqual([3, 5, 7, 9]);
});

test("several assignments in one text run in turn", () => {
  expect(words(run("ep = tracl * 2; ep = ep + 1\ncdp = ep * 10"), "cdp")).toEqual([30, 50, 70, 90]);
});

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["(-2) ** 2 + 10 % 4", 6],
  ["-2 ** 2", -4],
  ["- 2 ** 2", -4],
  ["-(2) ** 2", -4],
  ["-(-2) ** 2", -4],
  ["--2 ** 2", 4],
  ["(-(2)) ** 2", 4],
  ["((-2)) ** 2", 4],
  ["2 ** 3 ** 2", 512],
  ["-2 ** 3 ** 2", -512],
  ["(2 ** 3) ** 2", 64],
  ["2 ** -1", 0.5],
  ["-2 ** -2", -0.25],
  ["2 ** -2 ** 2", 0.0625],
  ["3 * -2 ** 2", -12],
  ["1 - -2 ** 2", 5],
  ["-abs(-3) ** 2", -9],
  ["+2 ** 2 - 3 ** 2", -5],
  ["!0 ** 2", 1],
  ["-2 ** 2 == -4 && 1 - 2 - 3 == -4", 1],
  ["12 / 2 / 3 - 7 % 4 * 2", -4],
  ["if(2 > 1, 5, 6)", 5],
  ["0 ? 5 : 6", 6],
  ["min(3, 1, 2) + max(3, 1, 2)", 4],
  ["abs(-3) + floor(2.7) + round(2.5) + sqrt(16)", 12],
  ["mod(-1, 5)", 4],
  ["!0 + !5", 1],
  ["1 <= 1 && 2 != 2 || 3 == 3", 1],
  ["hypot(3, 4)", 5],
])("%s is %d", (text, value) => {
  expect(parseExpression(text).bind(() => () => 0)(0)).toBe(value);
});

describe("a wrong expression names its column", () => {
  test.each([
    ["(sx + gx", 9],
    ["sx + * gx", 6],
    ["cdp 5", 5],
    ["cdp + sine(3)", 7],
    ["cdp.constructor", 4],
    ["cdp['x']", 4],
    ["'text'", 1],
    ["[1, 2]", 1],
    ["sx + this", 6],
    ["cdp << 2", 5],
    ["min()", 1],
    ["sqrt(1, 2)", 1],
    ["toString(1)", 1],
    ["", 1],
    ["a => 1", 3],
    ["cdp = 5", 5],
    ["max(cdp, max())", 10],
    ["abs(offset) + abs(offset, 1)", 15],
    ["max(cdp, (max()) )", 11],
    ["cdp - 5 + (cdp 5)", 16],
    ["cdp + cdp.x", 10],
    ["(1.5 + cdp).x", 12],
    ["a.b.c", 2],
    ["abs(1)(2)", 7],
    ["-cdp * 2 + ~cdp", 12],
    ["~cdp ** 2", 1],
    ["1 + -cdp ** ~2", 13],
    ["-abs() ** 2", 2],
    ["(a | 1) + (a << 1)", 4],
    ["(a < 1) + (a << 1)", 14],
    ["abs('a') + 'a'", 5],
    ["cdp (5, 6)", 1],
    ["1 + (5, 6)", 9],
    ["1 ? abs(2) : abs()", 14],
  ])("%s at column %i", (text, column) => {
    let error: unknown;
    try {
      parseExpression(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(SeisProcError);
    expect(error).toMatchObject({ tag: "expression-invalid", fields: { column } });
  });
});

test("columns of assignments count in the line that was written", () => {
  for (
    const [assignments, quoted, column] of [
      ["cdp = max(cdp, max())", "cdp = max(cdp, max())", 16],
      ["ep = 1; cdp=  abs()  ", "ep = 1; cdp=  abs()  ", 15],
      ["ep = 1\n cdp = 1 + * 2", " cdp = 1 + * 2", 12],
      [[{ word: "cdp", expression: "1 + abs()" }], "1 + abs()", 5],
    ] as const
  ) {
    expect(() => parseParameters(spec, { assignments }, "here")).toThrow(
      `Cannot read expression ${JSON.stringify(quoted)} at column ${column}: expected`,
    );
  }
});

test("the column of an unknown word is that of the word, not of a part of a longer one", () => {
  expect(parseExpression("max(cdpx, cdp) + cdp").words).toEqual([
    { name: "cdpx", column: 5 },
    { name: "cdp", column: 11 },
  ]);
});

test("nothing reaches the program behind the expression", () => {
  for (const text of ["constructor", "__proto__", "globalThis", "process"]) {
    expect(spec.check?.({ assignments: [{ word: "cdp", expression: text }] }, SURVEY)).toHaveLength(1);
  }
});

test("an unknown word is named with its column and what was meant", () => {
  const problems = spec.check?.({ assignments: [{ word: "cpd", expression: "1 + ofset" }] }, SURVEY);
  expect(problems?.map((one) => one.message)).toEqual([
    "assignments cpd is not a header word of line.sgy (did you mean cdp?)",
    'assignments ofset is not a header word of line.sgy (did you mean offset?), at column 5 of "1 + ofset"',
  ]);
});

test("a value that does not fit its word names the trace", () => {
  expect(() => run("trid = 32766 + tracl")).toThrow(
    "Cannot set header word trid of the trace with tracl 2, fldr 0, tracf 0 in test.sgy: " +
      "expected a value that fits int16, found 32768",
  );
  expect(() => run("cdp = 1 / (tracl - 3)")).toThrow("found Infinity");
});

test("what is no assignment is refused", () => {
  for (const assignments of ["", "cdp", "cdp == 4", [], [{ word: "cdp" }], 5, [5]]) {
    expect(() => parseParameters(spec, { assignments }, "here")).toThrow("expected assignments such as");
  }
});

test("halves in whole-number words go up", () => {
  expect(words(run("ep = tracl - 3.5"), "ep")).toEqual([-2, -1, 0, 1]);
  expect(words(run("ep = (tracl - 3) * 0.5"), "ep")).toEqual([-1, 0, 0, 1]);
  expect(spec.doc).toContain("halves up (2.5 becomes 3, -2.5 becomes -2)");
});

test("what is no scalar is not applied, neither to read nor to write, and is told once for what is read", () => {
  const remarks: Remark[] = [];
  const line = setWord(gather(1, 4, 4000), "scalco", () => -37);
  setWord(setWord(line, "sx", () => 5000), "gx", () => 0);
  const parameters = parseParameters(spec, { assignments: "ep = sx; gx = sx + gx; selev = gelev" }, "here");
  const out = applyProcess(headerMath, parameters, line, {}, (remark) => remarks.push(remark));
  expect(["ep", "gx"].map((name) => words(out, name))).toEqual([[5000], [5000]]);
  const told = new Remarks();
  remarks.forEach(told.add);
  expect(told.list.map(remarkSentence)).toEqual([
    "Header word scalco holds -37, which is no scalar (1 to 10000 in powers of ten, either sign, or 0): coordinates " +
    "are taken as they stand there",
  ]);
});

test("coordinates that are angles are told to be read as numbers", () => {
  const remarks: Remark[] = [];
  const line = setWord(setWord(gather(2, 4, 4000), "counit", () => 3), "sx", () => 5);
  const parameters = parseParameters(
    spec,
    { assignments: "offset = hypot(gx - sx, gy - sy); ep = tracl" },
    "here",
  );
  applyProcess(headerMath, parameters, line, {}, (remark) => remarks.push(remark));
  expect(new Set(remarks.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ kind: "angles_read", process: "header_math", unit: "decimal degrees" })]),
  );
});
