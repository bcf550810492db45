/** Parameters of processes as documents give them. */
import { describe, expect, test } from "vitest";
import { SeisProcError } from "../../src/shared/errors.ts";
import {
  boolean,
  choice,
  headerWord,
  integer,
  number,
  numbers,
  optionalNumber,
  structured,
  text,
  velocity,
} from "../../src/shared/processes/parameter.ts";
import { parseParameters, parseVelocityFile } from "../../src/shared/processes/parse_parameters.ts";
import { describeParameter, describeProcess, processHelp } from "../../src/shared/processes/describe.ts";
import { defineProcess } from "../../src/shared/processes/process.ts";

const about = { title: "A title", doc: "What it means" };

const spec = defineProcess({
  id: "probe",
  title: "Probe",
  doc: "Does nothing.",
  formula: "y = x",
  source: "none",
  scope: "trace",
  parameters: {
    lowHz: number({ ...about, unit: "Hz", default: 10, above: 0, max: 500 }),
    order: integer({ ...about, unit: "", default: 4, min: 1 }),
    gapMs: number({ ...about, unit: "ms" }),
    startMs: optionalNumber({ ...about, unit: "ms" }),
    statistic: choice({ ...about, choices: ["rms", "mean"], default: "rms" }),
    inverse: boolean({ ...about, default: false }),
    timesMs: numbers({ ...about, unit: "ms", rising: true, min: 0 }),
    label: text({ ...about, default: "" }),
    key: headerWord({ ...about, default: "cdp" }),
    velocity: velocity(about),
    pair: structured({
      ...about,
      parse: (value) => value === "pair" ? { value: 2 } : { expected: "the word pair" },
    }),
  },
});

const least = {
  gapMs: 20,
  timesMs: [0, 10],
  velocity: { timesMs: [0], velocitiesMps: [1500] },
  pair: "pair",
};

/** The message of the error that parsing ends in. */
function refusal(parameters: unknown): string {
  try {
    parseParameters(spec, parameters, "processes[1].parameters");
  } catch (error) {
    if (error instanceof SeisProcError && error.tag === "parameter-invalid") return error.message;
    throw error;
  }
  return "accepted";
}

test("defaults are filled in and optional ones stay out", () => {
  expect(parseParameters(spec, least, "here")).toEqual({
    ...least,
    lowHz: 10,
    order: 4,
    statistic: "rms",
    inverse: false,
    label: "",
    key: "cdp",
    velocity: [{ timesMs: [0], velocitiesMps: [1500] }],
    pair: 2,
  });
});

test("an unknown parameter is refused with what was probably meant", () => {
  const message = refusal({ ...least, lowhz: 3 });
  expect(message).toContain("Cannot use parameter lowhz of probe at processes[1].parameters");
  expect(message).toContain("did you mean lowHz?");
  expect(refusal({ ...least, zzzzzz: 3 })).not.toContain("did you mean");
  expect(refusal({ ...least, __proto__: 3, toString: 1 })).toContain("found toString");
});

test("the error carries process, parameter and place", () => {
  const parse = () => parseParameters(spec, { ...least, lowHz: "8" }, "processes[1].parameters");
  expect(parse).toThrow(SeisProcError);
  try {
    parse();
  } catch (error) {
    expect(error).toMatchObject({
      tag: "parameter-invalid",
      fields: { process: "probe", parameter: "lowHz", where: "processes[1].parameters" },
    });
  }
});

test.each([
  [{ lowHz: "8" }, 'expected a number above 0 up to 500 (Hz), found "8"'],
  [{ lowHz: 0 }, "above 0 up to 500 (Hz), found 0"],
  [{ lowHz: 501 }, "found 501"],
  [{ lowHz: NaN }, "found null"],
  [{ lowHz: null }, "found null"],
  [{ order: 2.5 }, "expected a whole number from 1, found 2.5"],
  [{ order: 0 }, "expected a whole number from 1, found 0"],
  [{ gapMs: undefined }, "expected a number (ms), found nothing"],
  [{ statistic: "rns" }, 'expected one of rms, mean, found "rns" (did you mean rms?)'],
  [{ inverse: 1 }, "expected true or false, found 1"],
  [{ timesMs: [0, 5, 5] }, "expected a list of rising numbers from 0 (ms), found 5 after 5"],
  [{ timesMs: [-1, 5] }, "found -1"],
  [{ timesMs: [] }, "found []"],
  [{ timesMs: 5 }, "expected a list of rising numbers from 0 (ms), found 5"],
  [{ label: 5 }, "expected a text, found 5"],
  [{ key: "" }, "expected the name of a header word"],
  [{ pair: "x" }, 'expected the word pair, found "x"'],
  [{ velocity: { file: "v.txt" } }, "expected velocities read from the file"],
  [{ velocity: 1500 }, "expected { timesMs, velocitiesMps } or"],
  [{ velocity: { timesMs: [0, 1], velocitiesMps: [1500] } }, "found 2 times and 1 velocities"],
  [{ velocity: { timesMs: [1, 1], velocitiesMps: [1500, 1600] } }, "expected rising times, found 1 after 1"],
  [{ velocity: { timesMs: [0], velocitiesMps: [1.5] } }, "found 1.5 m/s"],
  [{ velocity: { timesMs: [], velocitiesMps: [] } }, "expected at least one time and velocity"],
  [{ velocity: { timeMs: [0], velocitiesMps: [1500] } }, "found the field timeMs"],
  [{ velocity: { functions: [] } }, "expected at least one velocity function"],
  [
    { velocity: { functions: [{ timesMs: [0], velocitiesMps: [1] }, { timesMs: [0], velocitiesMps: [1] }] } },
    "expected velocities between 50 and 20000 m/s, found 1 m/s in function 1",
  ],
])("%j is refused", (change, message) => {
  expect(refusal({ ...least, ...change })).toContain(message);
});

test("parameters that are not an object are refused", () => {
  expect(refusal([1])).toContain("expected an object of parameters by name, found [1]");
  expect(refusal(null)).toContain("found null");
});

test("parsed values parse to themselves", () => {
  const functions = [
    { cdp: 20, timesMs: [0], velocitiesMps: [1600] },
    { cdp: 10, timesMs: [0], velocitiesMps: [1500] },
  ];
  const { pair: _, ...once } = parseParameters(spec, { ...least, velocity: { functions } }, "here");
  expect(parseParameters(spec, { ...once, pair: "pair" }, "here")).toEqual({ ...once, pair: 2 });
});

describe("velocity files", () => {
  const wanted = [
    { cdp: 10, timesMs: [0, 1000], velocitiesMps: [1500, 2000] },
    { cdp: 50, timesMs: [0], velocitiesMps: [1600] },
  ];

  test("a table of cdp, time and velocity", () => {
    const table = "# line 7\n50 0 1600\r\n\n10 0 1500\n10,1000,2000 # deep\n";
    expect(parseVelocityFile(table, "v.txt")).toEqual(wanted);
  });

  test("a title over the columns is skipped, once and only where a row cannot be meant", () => {
    for (const title of ["cdp time velocity", "# line 7\n\nCDP, time(ms), v(m/s), remark"]) {
      expect(parseVelocityFile(`${title}\n50 0 1600\n10 0 1500\n10 1000 2000`, "v.txt")).toEqual(wanted);
    }
  });

  test("a table of time and velocity", () => {
    expect(parseVelocityFile("0 1500\n1000 2000", "v.txt")).toEqual([
      { timesMs: [0, 1000], velocitiesMps: [1500, 2000] },
    ]);
  });

  test("JSON of the shapes of a flow", () => {
    expect(parseVelocityFile(JSON.stringify({ functions: wanted }), "v.json")).toEqual(wanted);
    expect(parseVelocityFile(JSON.stringify(wanted), "v.json")).toEqual(wanted);
  });

  test.each([
    ["10 0\n10 0 1500", "in line 2"],
    ["cdp time velocity\ncdp ms m/s\n10 0 1500", '"cdp ms m/s" in line 2'],
    ["10 0 1500\ncdp time velocity", '"cdp time velocity" in line 2'],
    ["cdp time velocity", "expected at least one velocity function"],
    ["x 0 1500\n10 0 1500", '"x 0 1500" in line 1'],
    ["10 0 fast", '"10 0 fast" in line 1'],
    ["{", "expected valid JSON"],
    ["", "expected at least one velocity function"],
    ["1 0 1500\n1 0 1600", "rising times"],
    [
      '{"functions":[{"cdp":1,"timesMs":[0],"velocitiesMps":[1500]},{"cdp":1,"timesMs":[0],"velocitiesMps":[1500]}]}',
      "two for cdp 1",
    ],
  ])("%j is refused", (content, message) => {
    expect(() => parseVelocityFile(content, "v.txt")).toThrow(message);
    expect(() => parseVelocityFile(content, "v.txt")).toThrow("Cannot read velocities at v.txt: expected ");
  });
});

test("the description of a parameter holds what a form needs", () => {
  expect(describeParameter("lowHz", spec.parameters.lowHz)).toEqual({
    name: "lowHz",
    kind: "number",
    title: "A title",
    doc: "What it means",
    required: false,
    unit: "Hz",
    integer: false,
    default: 10,
    above: 0,
    max: 500,
    expects: "a number above 0 up to 500 (Hz)",
  });
});

test("the help names every parameter with its default or that it is required", () => {
  const help = processHelp(spec);
  for (const name of Object.keys(spec.parameters)) expect(help).toContain(`  ${name}: `);
  expect(help).toContain("gapMs: a number (ms); required");
  expect(help).toContain("statistic: one of rms, mean; default rms");
  expect(describeProcess(spec).parameters.filter((one) => one.required).map((one) => one.name)).toEqual(
    ["gapMs", "timesMs", "velocity", "pair"],
  );
});
