/** Errors stay what they are on their way over the wire and through files. */
import { expect, test } from "vitest";
import {
  fromWireError,
  hasTag,
  parseWireError,
  refusal,
  SeisProcError,
  toWireError,
} from "../../src/shared/errors.ts";

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("an error comes back from the wire with its tag, message and fields", () => {
  const error = new SeisProcError("disk-full", "Cannot write it", { file: "a.sgy", neededBytes: 5 });
  const wire = parseWireError(throughJson(toWireError(error)));
  expect(wire).toEqual({
    tag: "disk-full",
    message: "Cannot write it",
    fields: { file: "a.sgy", neededBytes: 5 },
  });
  const back = fromWireError(wire ?? toWireError(undefined));
  expect(hasTag(back, "disk-full") && back.fields.neededBytes).toBe(5);
});

test("fields that may be absent may be absent, others not", () => {
  expect(parseWireError({ tag: "disk-full", message: "m", fields: { file: "f" } })?.tag).toBe("disk-full");
  expect(parseWireError({ tag: "disk-full", message: "m", fields: {} })?.tag).toBe("internal");
  expect(parseWireError({ tag: "disk-full", message: "m", fields: { file: 7 } })?.tag).toBe("internal");
});

test("an error of a kind unknown here keeps its message and becomes internal", () => {
  const newer = { tag: "from-the-future", message: "Cannot do it", fields: { a: 1 } };
  expect(parseWireError(newer)).toEqual({ tag: "internal", message: "Cannot do it", fields: {} });
  expect(parseWireError({ ...newer, tag: "toString" })?.tag).toBe("internal");
});

test("what is no error is none", () => {
  for (
    const value of [null, 1, "x", [], {}, { tag: "usage" }, { tag: "usage", message: "m", fields: null }]
  ) {
    expect(parseWireError(value)).toBeUndefined();
  }
});

test("anything else that is thrown is a defect", () => {
  expect(toWireError(new RangeError("out"))).toEqual({
    tag: "internal",
    message: "Internal error: out",
    fields: {},
  });
  expect(toWireError("text").message).toBe("Internal error: text");
});

test("a refusal says what could not be done, what was expected, what was found, what to do", () => {
  const error = refusal("job-owned", { cannot: "a", expected: "b", found: "c", advice: "d" }, { job: "j" });
  expect(error.message).toBe("Cannot a: expected b, found c: d");
});

test("a message shows control characters escaped and long values cut; the fields are true", () => {
  const file = `/\x1b[31m\n${"long name ".repeat(500)}.sgy`;
  const { message, fields } = toWireError(
    new SeisProcError("file-missing", `Cannot open ${file}: gone`, { file }),
  );
  expect(message).toMatch(/^Cannot open \/\\x1b\[31m\\nlong name .*…sgy: gone$/);
  expect(message.length).toBeLessThan(250);
  expect(fields).toEqual({ file });
});
