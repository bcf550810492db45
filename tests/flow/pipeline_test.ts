/** A flow held against a survey: shapes, scopes, keys, and what cannot follow what. */
import { expect, test } from "vitest";
import { resolvePipeline } from "../../sidecar/flow/pipeline.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { OutputMode } from "../../src/shared/flow/flow.ts";
import { parseSteps } from "../../src/shared/flow/parse_flow.ts";
import { SURVEY } from "../test_survey.ts";

const step = (process: string, parameters: unknown = {}) => ({ process, parameters });
const resolve = (processes: readonly unknown[], mode: OutputMode = "processed") =>
  resolvePipeline(parseSteps(processes), mode, SURVEY);

function refusal(processes: readonly unknown[], mode?: OutputMode) {
  try {
    resolve(processes, mode);
  } catch (error) {
    return error instanceof SeisProcError
      ? { tag: error.tag, message: error.message, ...error.fields }
      : error;
  }
}

test("no processes leave the traces as they are", () => {
  expect(resolve([])).toEqual({
    steps: [],
    output: { samplesPerTrace: 251, intervalUs: 4000, startMs: 0 },
    wholeGathers: false,
    oneTracePerGather: false,
    gatherKey: undefined,
  });
});

test("each process is held against the traces that reach it", () => {
  const { steps, output } = resolve([step("resample", { intervalMs: 2 }), step("bandpass", { highHz: 200 })]);
  expect(steps.map(({ facts }) => [facts.samplesPerTrace, facts.intervalUs])).toEqual([
    [251, 4000],
    [501, 2000],
  ]);
  expect(output).toEqual({ samplesPerTrace: 501, intervalUs: 2000, startMs: 0 });
  const late = [step("bandpass", { highHz: 200 }), step("resample", { intervalMs: 2 })];
  expect(refusal(late)).toEqual({
    tag: "parameter-invalid",
    message: "Cannot run bandpass: highHz 200 is above Nyquist (125 Hz) of line.sgy",
    process: "bandpass",
    parameter: "highHz",
    where: "processes[0].parameters.highHz",
  });
});

test("defaults are filled in", () => {
  expect(resolve([step("bandpass")]).steps[0].values).toEqual({ lowHz: 10, highHz: 80, order: 4 });
});

test("a stack makes one trace of each gather of its key", () => {
  const pipeline = resolve([step("bandpass"), step("stack", { key: "fldr" }), step("agc")]);
  expect(pipeline).toMatchObject({ wholeGathers: true, oneTracePerGather: true, gatherKey: "fldr" });
});

test("a filter over gathers needs whole gathers, of whatever key", () => {
  const pipeline = resolve([step("fk_filter", { minVelocityMps: 1500 })]);
  expect(pipeline).toMatchObject({ wholeGathers: true, oneTracePerGather: false, gatherKey: undefined });
});

test("nothing over gathers comes after a stack", () => {
  expect(refusal([step("stack"), step("agc"), step("fk_filter", { minVelocityMps: 1500 })])).toMatchObject({
    tag: "flow-invalid",
    where: "processes[2]",
    message: "Cannot run fk_filter after stack in one flow: expected gathers, found one trace of each: " +
      "put fk_filter into a second flow that reads the output of this one",
  });
});

test.each(["noise", "both"] as const)("mode %s needs traces of one shape", (mode) => {
  expect(() => resolve([step("bandpass"), step("fk_filter", { minVelocityMps: 1500 })], mode)).not.toThrow();
  for (const reshaping of [step("stack"), step("resample", { intervalMs: 2 })]) {
    expect(refusal([step("agc"), reshaping], mode)).toMatchObject({
      tag: "flow-invalid",
      where: "output.mode",
      message: `Cannot write the noise of this flow: input minus processed needs traces of one shape, and ` +
        `${reshaping.process} changes it: use "mode": "processed"`,
    });
  }
});

test("resampling there and back is one shape again", () => {
  const there = step("resample", { intervalMs: 2 }), back = step("resample", { intervalMs: 4 });
  expect(() => resolve([there, back], "both")).not.toThrow();
});
