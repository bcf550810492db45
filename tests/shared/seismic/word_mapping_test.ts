/** Mappings of header words as users write them. */
import { expect, test } from "vitest";
import { mappedWord, parseMapping, parseMappings } from "../../../src/shared/seismic/word_mapping.ts";
import { hasTag } from "../../../src/shared/errors.ts";

test("a mapping names word, byte and type", () => {
  expect(parseMapping("cdp=21:int32")).toEqual({ name: "cdp", byte: 21, type: "int32" });
  expect(parseMapping("Tilt=233:ibm")).toEqual({ name: "tilt", byte: 233, type: "ibm32" });
  expect(parseMapping("big=225:uint64")).toEqual({ name: "big", byte: 225, type: "uint64" });
  expect(parseMapping("flag=240:int8")).toEqual({ name: "flag", byte: 240, type: "int8" });
});

test("the type is int32 when left out", () => {
  expect(parseMapping("iline=5").type).toBe("int32");
});

test("a wrong mapping says what was expected", () => {
  const messages: [string, string][] = [
    ["cdp", "expected NAME=BYTE:TYPE such as cdp=21:int32"],
    ["cdp=x:int32", "expected NAME=BYTE:TYPE"],
    ["1cdp=21", "expected NAME=BYTE:TYPE"],
    ["cdp=21:int24", "expected one of the types int8, int16, int32"],
    ["cdp=0:int32", "expected a byte counted from 1"],
  ];
  for (const [text, message] of messages) {
    try {
      parseMapping(text);
      expect.unreachable();
    } catch (error) {
      expect(hasTag(error, "usage")).toBe(true);
      expect(String(error)).toContain(`Cannot use header mapping ${text}: ${message}`);
    }
  }
});

test("a standard word that moves keeps its scalar and its title", () => {
  expect(mappedWord(parseMapping("sx=201:int32"))).toMatchObject({ byte: 201, scaledBy: "scalco" });
  expect(mappedWord(parseMapping("mine=201:int32"))).toMatchObject({ title: "Mapped word at byte 201" });
});

test("a name mapped twice is refused", () => {
  expect(parseMappings(["a=1:int8", "b=1:int8"]).map((one) => one.name)).toEqual(["a", "b"]);
  expect(() => parseMappings(["a=1:int8", "A=5"])).toThrow(
    "Cannot use header mapping A=5: expected each name once, found a=1:int8 before it",
  );
});
