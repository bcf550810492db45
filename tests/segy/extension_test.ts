/** Words of SEG00001 take the place of the standard ones, wherever words are read; other headers stay as they are. */
import path from "node:path";
import { expect, test } from "vitest";
import { openDataset } from "../../sidecar/dataset/open_source.ts";
import { openSegy } from "../../sidecar/segy/read/source.ts";
import { HeaderRecords } from "../../sidecar/traces/header_records.ts";
import { makeSegy, putFile, segyBytes, type SegyRecipe, testFolder } from "./make_segy.ts";
import { readTraces, writeTraces } from "./read_traces.ts";

/** Bytes of the words in the record. */
const FLDR = 240 + 17, SX = 240 + 97, SY = 240 + 105;

const RECIPE = {
  major: 2,
  minor: 1,
  constant: true,
  moreHeaders: 1,
  words: (trace: number) =>
    [
      [71, 2, -100],
      [73, 4, 5],
      [77, 4, 700],
      [SX, 8, trace === 0 ? 0 : 431_234.25 + trace],
      [SY, 8, trace === 2 ? NaN : 0],
      [FLDR + 4, 4, trace === 4 ? 9000 : 0],
    ] as const,
} satisfies SegyRecipe;

test("an extended word that is not zero counts in records, scaled and not", () => {
  const { records } = readTraces(makeSegy("extended.sgy", RECIPE));
  const sx = records.word("sx"), sy = records.word("sy"), fldr = records.word("fldr");
  expect([0, 1, 3].map((trace) => records.scaled(trace, sx))).toEqual([0.05, 431_235.25, 431_237.25]);
  expect(records.get(1, sx)).toBeCloseTo(43_123_525, 6);
  expect([1, 2].map((trace) => records.scaled(trace, sy))).toEqual([7, 7]);
  expect([3, 4].map((trace) => records.get(trace, fldr))).toEqual([103, 9000]);
  expect(records.stored(1, sx)).toBe(5);
});

test("what is stored in an extended word is read back, and so is what the standard word cannot hold", () => {
  const { records } = readTraces(makeSegy("extended-set.sgy", RECIPE));
  const copy = new HeaderRecords(records.bytes.slice(), records.recordBytes, records.words);
  const sx = copy.word("sx");
  copy.set(1, sx, 1234);
  expect([copy.get(1, sx), copy.scaled(1, sx), copy.stored(1, sx)]).toEqual([1234, 12.34, 1234]);
  copy.set(1, sx, 3e12);
  expect([copy.scaled(1, sx), copy.stored(1, sx)]).toEqual([3e10, 0]);
  copy.set(0, sx, 77);
  expect([copy.get(0, sx), copy.stored(0, sx)]).toEqual([77, 77]);
});

for (const order of ["big", "little"] as const) {
  test(`columns of words for sorting have them too, ${order}-endian`, () => {
    const words = (trace: number) => [[SX, 8, trace === 0 ? 0 : 100 - trace]] as const;
    const source = openSegy(makeSegy(`columns-${order}.sgy`, { ...RECIPE, order, words }));
    expect([...source.readWord("sx", 0, 5)]).toEqual([0, 99, 98, 97, 96]);
    expect([...source.readWords(["fldr", "sx"], 1, 2)[1]]).toEqual([99, 98]);
    source.close();
  });
}

test("a header of another name gives no words: its bytes are kept, in either byte order, into the output", () => {
  for (const order of ["big", "little"] as const) {
    const bytes = segyBytes({ ...RECIPE, order, words: () => [] });
    const recordBytes = 480, trace = recordBytes + 80;
    const own = Uint8Array.from({ length: 232 }, (_, i) => i + 7);
    for (let i = 0; i < 5; i++) {
      bytes.set(own, 3600 + i * trace + 240);
      bytes.set(new TextEncoder().encode("ACME  01"), 3600 + i * trace + 472);
    }
    const file = putFile(`private-${order}.sgy`, bytes);
    const { records, samples, description } = readTraces(file);
    expect(records.words.find("extSx")).toBeUndefined();
    expect(records.bytes.slice(240, 472)).toEqual(own);
    const out = path.join(testFolder(), `private-out-${order}.sgy`);
    writeTraces({ path: out, source: description, littleEndian: order === "little" }, samples, records);
    expect(readTraces(out).records.bytes.slice(480 + 240, 480 + 480)).toEqual(records.bytes.slice(240, 480));
  }
});

test("a dataset over the file, and what opens any input, read the same", () => {
  const source = openDataset(makeSegy("any-input.sgy", RECIPE));
  expect(source.readWord("sx", 1, 1)[0]).toBeCloseTo(43_123_525, 6);
  source.close();
});
