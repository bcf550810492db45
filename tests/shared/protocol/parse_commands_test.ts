/** Commands as clients send them. */
import { expect, test } from "vitest";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { nestsDeeper, openAnswer } from "../../../src/shared/protocol/envelope.ts";
import { parseGatherRequest } from "../../../src/shared/protocol/gathers.ts";
import { parseCommand } from "../../../src/shared/protocol/parse_commands.ts";

function refusal(act: () => unknown): string {
  try {
    return `accepted: ${JSON.stringify(act())}`;
  } catch (error) {
    if (error instanceof SeisProcError && error.tag === "protocol") return error.message;
    throw error;
  }
}

test("what is no object or names no command is refused", () => {
  for (const value of [undefined, null, 1, "hello", [], {}, { command: 1 }, { command: "toString" }]) {
    expect(refusal(() => parseCommand(value))).toContain("Cannot read the request");
  }
});

test("fields are named in refusals; unknown ones are refused, absent optional ones left out", () => {
  expect(refusal(() => parseCommand({ command: "rename_job", job: "j" }))).toContain("name: expected a text");
  expect(refusal(() => parseCommand({ command: "hello", extra: 1 }))).toContain('found "extra"');
  expect(refusal(() => parseCommand({ command: "tag_job", job: "j", tags: ["a", 1] }))).toContain("tags[1]");
  expect(refusal(() => parseCommand(JSON.parse('{"command":"hello","__proto__":1}')))).toContain("__proto__");
  expect(parseCommand({ command: "cancel_job", job: "j" })).toEqual({ command: "cancel_job", job: "j" });
});

test("numbers must be whole, finite and within their range", () => {
  for (const limit of [0, -1, 1.5, NaN, Infinity, 1001, "5", null]) {
    expect(refusal(() => parseCommand({ command: "list_jobs", limit }))).toContain("limit");
  }
  expect(parseCommand({ command: "list_jobs", limit: 1000 })).toMatchObject({ limit: 1000 });
});

test("a work is read by its kind", () => {
  const submit = (work: unknown) => refusal(() => parseCommand({ command: "submit", work }));
  expect(submit({ kind: "magic" })).toContain("work.kind");
  expect(submit({ kind: "import", input: "/a" })).toContain("work.to");
  expect(submit({ kind: "flow", flow: "text" })).toContain("work.flow");
  expect(submit({ kind: "export", input: "/a", to: "/b", format: "int7" })).toContain("work.format");
  expect(
    submit({ kind: "import", input: "/a", to: "/b.zarr", map: [{ name: "cdp", byte: 0, type: "int32" }] }),
  )
    .toContain("work.map[0].byte");
});

test("long values are not quoted back", () => {
  const message = refusal(() => parseCommand({ command: "x".repeat(1e6) }));
  expect(message.length).toBeLessThan(300);
});

test("a step of a preview without parameters has none", () => {
  const request = parseGatherRequest({ survey: "/a", processes: [{ process: "polarity" }] });
  expect(request.processes).toEqual([{ process: "polarity", parameters: {} }]);
});

test("nesting is counted outside of texts only", () => {
  expect(nestsDeeper("[[[]]]", 3)).toBe(false);
  expect(nestsDeeper("[[[[]]]]", 3)).toBe(true);
  expect(nestsDeeper('["[[[[", "\\"[[[["]', 3)).toBe(false);
  expect(nestsDeeper("[][][][][]", 1)).toBe(false);
});

test("an answer is a reply or the error that was thrown", () => {
  expect(openAnswer({ reply: 1 })).toBe(1);
  const error = { tag: "job-not-found", message: "gone", fields: { job: "x" } };
  expect(() => openAnswer({ error })).toThrow(expect.objectContaining(error));
  for (const value of [null, {}, { error: 1 }, "x"]) {
    expect(() => openAnswer(value)).toThrow("Cannot read the answer");
  }
});
