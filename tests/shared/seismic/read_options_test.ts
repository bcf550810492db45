/** How a user says how a file is to be read. */
import { expect, test } from "vitest";
import { SeisProcError } from "../../../src/shared/errors.ts";
import {
  parseReadOptions,
  readOptionsOf,
  readOptionsText,
} from "../../../src/shared/seismic/read_options.ts";

test("any of the options are read, in any order", () => {
  expect(parseReadOptions("format=ibm,endian=little,samples=1500,intervalUs=2000,extendedTexts=2")).toEqual({
    format: 1,
    endian: "little",
    samples: 1500,
    intervalUs: 2000,
    extendedTexts: 2,
  });
  expect(parseReadOptions(" intervalUs=31.25 , format=8")).toEqual({ format: 8, intervalUs: 31.25 });
});

test("formats go by name, in any case, and by code", () => {
  const code = (name: string) => parseReadOptions(`format=${name}`).format;
  expect(["IBM", "ieee", "int32", "int16", "int8", "uint8", "gain", "5", "16"].map(code)).toEqual([
    1,
    5,
    2,
    3,
    8,
    16,
    4,
    5,
    16,
  ]);
});

for (
  const [text, message] of [
    ["", "expected NAME=VALUE such as format=ibm"],
    ["format", "expected NAME=VALUE such as format=ibm, found format"],
    ["format=float", "expected for format one of ibm (1)"],
    ["format=13", "found 13"],
    ["endian=middle", "expected for endian one of big, little, swapped, found middle"],
    ["samples=0", "expected for samples a whole number from 1"],
    ["samples=many", "found many"],
    ["samples=1.5", "found 1.5"],
    ["intervalUs=-4", "expected for intervalUs a number of microseconds above 0, found -4"],
    ["intervalUs=", 'found ""'],
    ["extendedTexts=-1", "expected for extendedTexts a whole number from 0"],
    ["format=ibm,format=ieee", "expected each name once, found format twice"],
    ["intervalus=4", "found intervalus (did you mean intervalUs?)"],
    [`format=${"x".repeat(10_000)}`, "found xxxxx"],
  ] as const
) {
  test(`--read ${text.slice(0, 30)} is refused`, () => {
    const refused = catching(() => parseReadOptions(text));
    expect(refused.tag).toBe("usage");
    expect(refused.message).toContain(message);
    expect(refused.message.length).toBeLessThan(600);
  });
}

test("the object form takes names and codes of formats, and refuses by the caller's words", () => {
  const refuse = (field: string, why: string) =>
    new SeisProcError("flow-invalid", `${field}: ${why}`, { where: field });
  expect(readOptionsOf({ format: "ieee", samples: 20 }, refuse)).toEqual({ format: 5, samples: 20 });
  expect(readOptionsOf({ format: 3 }, refuse)).toEqual({ format: 3 });
  expect(readOptionsOf({}, refuse)).toEqual({});
  expect(() => readOptionsOf({ samples: "20" }, refuse)).toThrow("samples: expected for samples a whole");
  expect(() => readOptionsOf({ format: [1] }, refuse)).toThrow("format: expected for format one of");
  expect(() => readOptionsOf({ sample: 20 }, refuse)).toThrow("sample: expected only format, endian");
});

test("options as text are read back the same", () => {
  const text = "format=ieee64,endian=swapped,samples=7,intervalUs=0.5,extendedTexts=0";
  expect(readOptionsText(parseReadOptions(text))).toBe(text);
  expect(readOptionsText({})).toBe("");
});

function catching(action: () => unknown): SeisProcError {
  try {
    action();
  } catch (error) {
    if (error instanceof SeisProcError) return error;
    throw error;
  }
  throw new Error("expected an error");
}
