/** JSON lines from chunks of any size. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LineDecoder } from "../../../src/shared/protocol/json_lines.ts";

test("lines are the same however their bytes are cut", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", ""));
  fc.assert(fc.property(fc.array(line), fc.array(fc.nat(9)), (lines, cuts) => {
    const bytes = new TextEncoder().encode(lines.map((one) => one + "\n").join("") + "torn ü");
    const decoder = new LineDecoder();
    const found: string[] = [];
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const length = 1 + (cuts[i] ?? 5);
      found.push(...decoder.push(bytes.subarray(at, at + length)));
      at += length;
    }
    expect(found).toEqual(lines);
    expect(decoder.end()).toBe("torn ü");
  }));
});

test("a line that never ends is dropped, said, and the next one is read", () => {
  const tooLong: number[] = [];
  const decoder = new LineDecoder(100, (length) => tooLong.push(length));
  const push = (text: string) => decoder.push(new TextEncoder().encode(text));
  for (let i = 0; i < 50; i++) expect(push("x".repeat(10))).toEqual([]);
  expect(push("end\nnext\n")).toEqual(["next"]);
  expect(tooLong).toEqual([110]);
});
