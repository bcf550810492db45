/** Flow documents: what is taken, what is refused and where. */
import { expect, test } from "vitest";
import { parseFlow, parseSteps } from "../../../src/shared/flow/parse_flow.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";

const least = { seisproc: 1, input: { path: "a.sgy" }, output: { path: "b.sgy" } };

function refusal(document: unknown) {
  try {
    parseFlow(document);
  } catch (error) {
    return error instanceof SeisProcError ? [error.tag, error.message] : error;
  }
}

test("the least document is a copy in the order of the file", () => {
  expect(parseFlow(least)).toEqual({
    seisproc: 1,
    name: "Flow",
    input: { path: "a.sgy", order: [] },
    processes: [],
    output: { path: "b.sgy", format: "ieee", mode: "processed" },
  });
});

test("a whole document comes back as it is", () => {
  const document = {
    seisproc: 1,
    name: "Brute stack",
    input: { path: "line.zarr", order: ["cdp", "-offset"] },
    processes: [
      { process: "bandpass", parameters: { lowHz: 8, highHz: 60, order: 4 } },
      { process: "nmo", parameters: { velocity: { timesMs: [0, 1000], velocitiesMps: [1700, 1950] } } },
      { process: "stack", parameters: { key: "cdp" } },
    ],
    output: { path: "stack.sgy", format: "int16", mode: "processed" },
  };
  expect(parseFlow(document)).toEqual(document);
});

test.each(["ieee", "ibm", "int32", "int16", "int8"])("the format %s is taken", (format) => {
  expect(parseFlow({ ...least, output: { path: "b", format } }).output.format).toBe(format);
});

test.each(["processed", "noise", "both"])("the mode %s is taken", (mode) => {
  expect(parseFlow({ ...least, output: { path: "b", mode } }).output.mode).toBe(mode);
});

test("a process without parameters has none, and keeps those it has as they were written", () => {
  const parameters = { velocity: { timesMs: [0], velocitiesMps: [1500] } };
  expect(parseSteps([{ process: "agc" }, { process: "nmo", parameters }])).toEqual([
    { process: "agc", parameters: {} },
    { process: "nmo", parameters },
  ]);
});

test("paths from the command line take the place of the document's, which may then lack them", () => {
  const flow = parseFlow({ seisproc: 1 }, { input: "/in.sgy", output: "/out.sgy" });
  expect([flow.input.path, flow.output.path]).toEqual(["/in.sgy", "/out.sgy"]);
  expect(parseFlow(least, { output: "c" })).toMatchObject({
    input: { path: "a.sgy" },
    output: { path: "c" },
  });
});

const step = (value: unknown) => ({ ...least, processes: [{ process: "agc" }, value] });
const input = (fields: unknown) => ({ ...least, input: fields });
const output = (fields: unknown) => ({ ...least, output: fields });

test.each([
  [[1], "the document: expected an object, found [1]"],
  [null, "the document: expected an object, found null"],
  ["flow", 'the document: expected an object, found "flow"'],
  [{ ...least, seisproc: 2 }, 'seisproc: expected "seisproc": 1, found 2'],
  [{}, 'seisproc: expected "seisproc": 1, found nothing'],
  [
    { ...least, proceses: [] },
    "proceses: expected only seisproc, name, input, processes, output, found proceses",
  ],
  [{ ...least, name: "" }, 'name: expected a text, found ""'],
  [{ ...least, name: 7 }, "name: expected a text, found 7"],
  [input([]), "input: expected an object, found []"],
  [input({}), "input.path: expected a text, found nothing"],
  [input({ path: "" }), 'input.path: expected a text, found ""'],
  [input({ path: "a", order: "cdp" }), 'input.order: expected a list, found "cdp"'],
  [input({ path: "a", order: ["cdp", 3] }), "input.order[1]: expected a text, found 3"],
  [{ ...least, processes: {} }, "processes: expected a list, found {}"],
  [step(1), "processes[1]: expected an object, found 1"],
  [step({}), "processes[1].process: expected a text, found nothing"],
  [step({ process: "agc", parameters: [] }), "processes[1].parameters: expected an object, found []"],
  [step({ process: "agc", windowMs: 9 }), "processes[1].windowMs: expected only process, parameters"],
  [output(1), "output: expected an object, found 1"],
  [output({}), "output.path: expected a text, found nothing"],
  [
    output({ path: "b", format: "IEEE" }),
    'output.format: expected one of ieee, ibm, int32, int16, int8, found "IEEE"',
  ],
  [output({ path: "b", mode: 1 }), "output.mode: expected one of processed, noise, both, found 1"],
  [
    output({ path: "b", noise: "c" }),
    "output.noise: expected only path, format, mode, endian, text, found noise",
  ],
])("%j is refused with the place of what is wrong", (document, message) => {
  expect(refusal(document)).toEqual(["flow-invalid", expect.stringContaining(message)]);
  expect(String(refusal(document))).toContain("Cannot read the flow at ");
});

test("a process that is not known is refused with those that are", () => {
  expect(refusal(step({ process: "agcc" }))).toEqual([
    "process-unknown",
    expect.stringMatching(/^Cannot use process agcc \(processes\[1\]\): expected one of bandpass, .*stack$/),
  ]);
});

test("parameters are checked against their declaration", () => {
  expect(refusal(step({ process: "agc", parameters: { windowMs: "wide" } }))).toEqual([
    "parameter-invalid",
    expect.stringContaining("parameter windowMs of agc at processes[1].parameters: expected a number"),
  ]);
  expect(refusal(step({ process: "agc", parameters: { window: 500 } }))).toEqual([
    "parameter-invalid",
    expect.stringContaining("parameter window of agc at processes[1].parameters"),
  ]);
});
