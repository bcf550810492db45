/** Seals of lines and documents: whatever changes in them is noticed, what has none is believed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  sealed,
  sealedDocument,
  unsealed,
  unsealedDocument,
} from "../../../sidecar/jobs/folder/sealed_line.ts";

const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("what is sealed is read again without its seal", () => {
  fc.assert(fc.property(object, (value) => {
    const line = sealed(value);
    expect(line).toMatch(/^[^\n]*\n$/);
    expect(unsealed(line.slice(0, -1))).toEqual(asJson(value));
    expect(unsealedDocument(JSON.parse(sealedDocument(value)))).toEqual(asJson(value));
  }));
});

test("a line is what it was or nothing, whichever bit of it flips", () => {
  const value = { event: "state", to: "queued", why: "über alles", at: 1234.5, list: [1, { a: "b" }] };
  const bytes = new TextEncoder().encode(sealed(value).trimEnd());
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const spoilt = bytes.slice();
    spoilt[bit >> 3] ^= 1 << (bit & 7);
    const read = unsealed(new TextDecoder().decode(spoilt));
    if (read !== undefined) expect(read).toMatchObject(value);
  }
});

test("a document may be laid out anew, but a changed digit in it is noticed", () => {
  const text = sealedDocument({ blocks: 120, path: "/a/b.sgy" });
  expect(unsealedDocument(JSON.parse(JSON.stringify(JSON.parse(text))))).toEqual({
    blocks: 120,
    path: "/a/b.sgy",
  });
  expect(unsealedDocument(JSON.parse(text.replace("120", "121")))).toBeUndefined();
  expect(unsealedDocument(JSON.parse(text.replace("/a/b", "/a/c")))).toBeUndefined();
});

test("what older versions wrote has no seal and is believed", () => {
  expect(unsealed('{"event":"renamed","name":"a","at":1}')).toEqual({ event: "renamed", name: "a", at: 1 });
  expect(unsealedDocument({ seisproc: 1, id: "x" })).toEqual({ seisproc: 1, id: "x" });
  for (const line of ["", "{", "garbage", ',"crc":"00000000"}']) expect(unsealed(line)).toBeUndefined();
});
