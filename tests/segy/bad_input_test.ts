/** Files that are damaged, cut, changed or none: typed errors with their places. */
import fs from "node:fs";
import { expect, test } from "vitest";
import { hasTag, SeisProcError } from "../../src/shared/errors.ts";
import { openSegyReader, READER_KERNELS } from "../../sidecar/segy/read/reader.ts";
import { openSegy } from "../../sidecar/segy/read/source.ts";
import { growingMemory } from "../test_steps.ts";
import { makeSegy, putFile, segyBytes, testFolder } from "./make_segy.ts";
import { readTraces } from "./read_traces.ts";

function failure(action: () => unknown): SeisProcError {
  try {
    action();
  } catch (error) {
    if (error instanceof SeisProcError) return error;
    throw error;
  }
  throw new Error("expected an error");
}

test("a file cut in mid-trace names trace, byte, and what was expected and found", () => {
  const file = putFile("cut.sgy", segyBytes({}).subarray(0, 3600 + 3 * 320 + 112));
  expect(openSegy(file).description.traces).toBe(4);
  const error = failure(() => readTraces(file));
  expect(error.message).toBe(
    "Cannot read trace 4 of cut.sgy: expected 320 bytes from byte 4561, found 112: the file is cut short",
  );
  expect(error.fields).toMatchObject({ trace: 4, byte: 4561, expectedBytes: 320, foundBytes: 112 });
  expect(readTraces(file, {}, [2, 0]).samples.length).toBe(40);
});

test("fewer traces than a revision 2 header says are a cut file too", () => {
  const recipe = { major: 2, minor: 1, constant: true, saidTraces: 7 };
  const error = failure(() => readTraces(makeSegy("missing-traces.sgy", recipe)));
  expect(error.message).toBe(
    "Cannot read trace 6 of missing-traces.sgy: expected 320 bytes from byte 5201, found 0: the file is cut short",
  );
});

test("a cut file of traces of different lengths says where", () => {
  const samplesOf = (trace: number) => [10, 20, 15, 20, 5, 11, 12][trace];
  const whole = segyBytes({ samplesOf, traces: 7 });
  const error = failure(() => readTraces(putFile("cut-variable.sgy", whole.subarray(0, whole.length - 10))));
  expect(error.message).toMatch("Cannot read trace 7 of cut-variable.sgy: expected 288 bytes");
});

for (
  const [what, recipe, tag, message] of [
    ["no samples", { samples: 0, traces: 2 }, "header-invalid", "expected a number of samples"],
    ["no interval", { interval: 0, traceInterval: 0 }, "header-invalid", "expected a sample interval"],
    ["format code 0", { saidCode: 0 }, "sample-format-unknown", "found 0"],
    ["format code 99", { saidCode: 99 }, "sample-format-unknown", "found 99"],
    ["no traces", { traces: 0 }, "not-segy", "expected traces after byte 3600, found none"],
  ] as const
) {
  test(`a file with ${what} is refused`, () => {
    const error = failure(() => openSegy(makeSegy("refused.sgy", recipe)));
    expect(error.tag).toBe(tag);
    expect(error.message).toMatch(message);
  });
}

test("a binary text header does not keep a file from being read", () => {
  const text = Uint8Array.from({ length: 3200 }, (_, i) => (i * 37) & 31);
  expect(readTraces(makeSegy("binary-text.sgy", { text })).description.traces).toBe(5);
});

for (
  const [what, bytes, found] of [
    ["an empty file", new Uint8Array(), "an empty file"],
    ["a short file", new Uint8Array(100), "100 bytes"],
    ["a text file", new TextEncoder().encode("Seismic, they said.\n".repeat(400)), "a text file"],
  ] as const
) {
  test(`${what} is not SEG-Y`, () => {
    const error = failure(() => openSegy(putFile("other.txt", bytes)));
    expect(error.tag).toBe("not-segy");
    expect(error.message).toMatch(`expected 3600 bytes of headers, found ${found}`);
  });
}

test("a folder and a missing file are named as such", () => {
  expect(failure(() => openSegy(testFolder())).message).toMatch("found a folder");
  const missing = failure(() => openSegy(`${testFolder()}/nowhere.sgy`));
  expect(hasTag(missing, "file-missing")).toBe(true);
});

test("an input that changes while it is read is noticed", () => {
  const file = makeSegy("changing.sgy", {});
  const source = openSegy(file);
  const memory = growingMemory(READER_KERNELS);
  const reader = openSegyReader(source.plan, memory);
  const staging = memory.allocate(reader.stagingBytes(5));
  reader.fetch({ kind: "run", first: 0, count: 5 }, staging);
  fs.appendFileSync(file, "x");
  const error = failure(() => reader.fetch({ kind: "run", first: 0, count: 5 }, staging));
  expect(error.message).toMatch("expected 5200 bytes, found 5201: the input changed, start again");
  expect(hasTag(error, "input-changed")).toBe(true);
  reader.close();
});

test("NaN and infinity are counted", () => {
  const value = (trace: number, sample: number) =>
    trace === 2 && sample < 3 ? [NaN, Infinity, 1e38][sample] : 1;
  expect(readTraces(makeSegy("nan.sgy", { value })).bad).toBe(2);
});
