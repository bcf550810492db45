/** What is typed into "How it is read" and the reading that it means. */
import { expect, test } from "vitest";
import { draftOf, type ReadingDraft, readingOf } from "../../../src/ui/views/data/reading/reading_draft.ts";

const EMPTY = draftOf({});
const typed = (some: Partial<ReadingDraft>) => readingOf({ ...EMPTY, ...some });

test("nothing typed is nothing forced", () => {
  expect(readingOf(EMPTY)).toEqual({});
  expect(typed({ words: [{ name: " ", byte: "", type: "int32" }] })).toEqual({});
});

test("a reading becomes fields and comes back the same", () => {
  const reading = {
    ...{ format: 1, endian: "little", samples: 1501, intervalUs: 2000.5, extendedTexts: 0 } as const,
    map: [{ name: "cdp", byte: 193, type: "int16" as const }],
  };
  expect(readingOf(draftOf(reading))).toEqual(reading);
});

test("an interval is typed in milliseconds, with a point or a comma, to the last digit", () => {
  expect(typed({ intervalMs: "0.1" })).toEqual({ intervalUs: 100 });
  expect(typed({ intervalMs: " 0,33 " })).toEqual({ intervalUs: 330 });
});

test("what is no number or no word is said with what was found", () => {
  expect(typed({ intervalMs: "fast" })).toContain('found "fast"');
  expect(typed({ samples: "0" })).toContain('found "0"');
  expect(typed({ texts: "-1" })).toContain('found "-1"');
  expect(typed({ words: [{ name: "cdp", byte: "", type: "int32" }] })).toContain("byte from 1");
  expect(typed({ words: [{ name: "2d", byte: "5", type: "int32" }] })).toContain("a name");
});
