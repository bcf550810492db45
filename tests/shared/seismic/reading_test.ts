/** How a survey is read, from a flow and from options, merged and told. */
import { expect, test } from "vitest";
import {
  forcedText,
  isForced,
  mappingForm,
  mergedReading,
  readingOf,
} from "../../../src/shared/seismic/reading.ts";

const refuse = (field: string, why: string) => new Error(`${field}: ${why}`);
const CDP = { name: "cdp", byte: 193, type: "int32" } as const;
const NUM = { name: "num", byte: 5, type: "int16" } as const;

test("options and words of a flow are read, words in either form", () => {
  expect(readingOf({ format: "ibm", map: ["cdp=193", NUM] }, refuse)).toEqual({ format: 1, map: [CDP, NUM] });
  expect(readingOf({}, refuse)).toEqual({});
  expect(readingOf({ map: [] }, refuse)).toEqual({});
});

test.each([
  [{ map: "cdp=193" }, "map: expected for map a list"],
  [{ map: [1] }, "map[0]: expected for map[0] a text such as cdp=193:int32"],
  [{ map: [{ ...CDP, type: "int5" }] }, "map[0]: expected"],
  [{ map: [{ ...CDP, byte: 0 }] }, "map: cdp=0:int32: expected a byte counted from 1"],
  [{ map: ["cdp=1", "cdp=5"] }, "map: cdp=5: expected each name once"],
  [{ interval: 4 }, "interval: expected only"],
])("%j is refused with its place", (fields, message) => {
  expect(() => readingOf(fields, refuse)).toThrow(message);
});

test("what comes later wins, field by field and word by word", () => {
  const base = { format: 1, samples: 20, map: [CDP, NUM] };
  const over = { samples: 30, endian: "little", map: [{ ...CDP, byte: 21 }] } as const;
  expect(mergedReading(base, over)).toEqual({
    format: 1,
    samples: 30,
    endian: "little",
    map: [NUM, { ...CDP, byte: 21 }],
  });
  expect(mergedReading(base, { samples: undefined })).toEqual(base);
  expect(mergedReading()).toEqual({});
});

test("what is forced is told as --read and --map take it; words alone force nothing", () => {
  expect(forcedText({ format: 5, intervalUs: 0.5, map: [CDP] })).toBe("format=ieee,intervalUs=0.5");
  expect([isForced({ map: [CDP] }), isForced({ extendedTexts: 0 })]).toEqual([false, true]);
  expect(mappingForm(CDP)).toBe("cdp=193:int32");
});
