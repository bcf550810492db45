/** What a scan tells of good, odd and real files. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { scanSegy } from "../../../sidecar/segy/headers/scan.ts";
import { readTraces } from "../read_traces.ts";
import { sharedFile, sharedHas } from "../../shared_data.ts";
import { makeSegy, putFile, segyBytes, type SegyRecipe } from "../make_segy.ts";

function findings(recipe: SegyRecipe): string {
  return scanSegy(makeSegy("scan.sgy", recipe)).findings.map(({ what, trace, byte }) =>
    `${what} @${trace} ${byte}`
  )
    .join("\n");
}

test("ranges of words that vary or are not zero", () => {
  const words = (
    trace: number,
  ): [number, number, number][] => [[21, 4, 50 - trace], [71, 2, -10], [73, 4, 1000 + trace]];
  const report = scanSegy(makeSegy("ranges.sgy", { words }));
  const range = (name: string) => report.headers.find(({ word }) => word === name);
  expect(range("cdp")).toEqual({ word: "cdp", byte: 21, min: 46, max: 50, first: 50, last: 46 });
  expect(range("scalco")).toMatchObject({ min: -10, max: -10 });
  expect(range("offset")).toBeUndefined();
  expect(report.extents).toEqual([{ words: "sx, sy", minX: 100, maxX: 100.4, minY: 0, maxY: 0 }]);
  expect(report).toMatchObject({
    traces: 5,
    samples: 20,
    intervalUs: 4000,
    lengthUnit: "m",
    revision: "1.0",
  });
});

test("a clean file has nothing odd", () => {
  expect(findings({})).toBe("");
});

test("the order of the traces is recognised", () => {
  const words = (
    trace: number,
  ): [number, number, number][] => [[9, 4, 1 + (trace >> 2)], [13, 4, 1 + (trace & 3)]];
  expect(scanSegy(makeSegy("shots.sgy", { traces: 16, words })).sorting).toBe("fldr, tracf");
  const lines = (
    trace: number,
  ): [number, number, number][] => [[189, 4, trace >> 2], [193, 4, 9 - (trace & 3)], [9, 4, 0]];
  expect(scanSegy(makeSegy("cube.sgy", { traces: 16, words: lines })).sorting).toMatch(/^iline/);
});

for (
  const [what, recipe, wanted] of [
    [
      "coordinates without a scalar",
      { words: (t: number) => [[73, 4, t]] as const },
      "4 traces: have coordinates but a coordinate scalar of zero @2 71",
    ],
    [
      "another interval in some traces",
      { words: (t: number) => [[117, 2, t === 3 ? 2000 : 4000]] as const },
      "1 trace: say another sample interval than the file @4 117",
    ],
    [
      "repeated traces",
      { words: (t: number) => [[9, 4, 1], [13, 4, t < 3 ? 7 : t]] as const },
      "2 traces: repeat the field record and trace number of the one before @2 9",
    ],
    ["dead traces", { words: () => [[29, 2, 2]] as const }, "5 traces: are marked as dead @1 29"],
    ["delays", { words: (t: number) => [[109, 2, t]] as const }, "the recording delay varies from 0 to 4"],
    [
      "a binary text header",
      { text: new Uint8Array(3200).fill(3) },
      "neither EBCDIC nor ASCII text @undefined 1",
    ],
    ["format code 99", { saidCode: 99 }, "sample format code 99 is not one of the standard @undefined 3225"],
    ["no interval", { interval: 0 }, "the sample interval is zero in the binary header and in trace 1"],
    ["no samples", { samples: 0 }, "the number of samples is zero in the binary header and in trace 1"],
  ] as const
) {
  test(`${what}: said with trace and byte`, () => {
    expect(findings(recipe)).toMatch(wanted);
  });
}

test("a cut file is scanned as far as it goes", () => {
  const file = putFile("scan-cut.sgy", segyBytes({}).subarray(0, 3600 + 3 * 320 + 112));
  const report = scanSegy(file);
  expect([report.traces, report.completeTraces]).toEqual([4, 3]);
  expect(report.findings[0]).toMatchObject({ severity: "error", trace: 4, byte: 4561 });
  expect(report.headers.find(({ word }) => word === "tracl")?.max).toBe(3);
});

test("stanzas of text headers and data trailers are named", () => {
  const stanza = (name: string) => new TextEncoder().encode(`((${name}))`.padEnd(3200));
  const report = scanSegy(makeSegy("stanzas.sgy", {
    major: 2,
    minor: 1,
    constant: true,
    extended: [stanza("A: Location ver 1.0")],
    trailers: [stanza("B: Notes ver 2.0")],
  }));
  expect(report.stanzas).toEqual(["A: Location ver 1.0", "B: Notes ver 2.0"]);
});

test.runIf(sharedHas("data/segy"))("every shared file is scanned, and read but for the cut one", () => {
  const folder = sharedFile("data", "segy");
  for (const name of fs.readdirSync(folder)) {
    const report = scanSegy(path.join(folder, name));
    expect(report.traces).toBeGreaterThan(0);
    expect(report.intervalUs).toBeGreaterThan(0);
    if (name === "broken.sgy") expect(report.completeTraces).toBe(3);
    else expect(readTraces(path.join(folder, name)).bad).toBe(0);
  }
});

test.runIf(sharedHas("data/segy"))(
  "one survey in five formats and two byte orders has the same numbers",
  () => {
    const read = (name: string) => readTraces(sharedFile("data", "segy", name));
    const wanted = read("f3.sgy").samples;
    for (const code of [1, 2, 3, 5]) {
      for (const order of ["msb", "lsb"]) expect(read(`format${code}-${order}.sgy`).samples).toEqual(wanted);
    }
    expect(read("format8-lsb.sgy").samples).toEqual(read("format8-msb.sgy").samples);
  },
);

test.runIf(sharedHas("data/segy"))("a real record at 13 microseconds is read", () => {
  const report = scanSegy(sharedFile("data", "segy", "sand-tank-wl1.sgy"));
  expect(report).toMatchObject({ intervalUs: 13, samples: 780, traces: 64, format: { code: 1 } });
});

test("headers of long traces, read one by one, are the same as those of short ones", () => {
  const words = (trace: number): [number, number, number][] => [[21, 4, 7 * trace]];
  const long = scanSegy(makeSegy("long-traces.sgy", { samples: 3000, words }));
  const short = scanSegy(makeSegy("short-traces.sgy", { samples: 30, words }));
  const withoutSamples = (report: typeof long) => report.headers.filter(({ word }) => word !== "ns");
  expect(withoutSamples(long)).toEqual(withoutSamples(short));
});

test.each([[2, "arc seconds"], [3, "decimal degrees"], [4, "degrees, minutes and seconds"]])(
  "coordinates of unit %i are said to be %s",
  (code, unit) => {
    const recipe: SegyRecipe = { words: (t) => [[71, 2, -10], [73, 4, 50 + t], [89, 2, code]] };
    expect(findings(recipe)).toBe(`coordinates are in ${unit} @undefined 89`);
    expect(scanSegy(makeSegy("scan.sgy", recipe)).coordinateUnit).toBe(unit);
  },
);

test("coordinate units of lengths, none and unknown ones count as lengths", () => {
  for (const code of [0, 1, 5, -3]) {
    expect(scanSegy(makeSegy("scan.sgy", { words: () => [[89, 2, code]] })).coordinateUnit).toBe("length");
  }
});

test.each([[71, "scalco", 7], [69, "scalel", -3], [215, "tscal", 100], [215, "tscal", 20_000], [
  71,
  "scalco",
  -32_768,
]])(
  "a scalar at byte %i that is none is not applied, and said",
  (byte, word, found) => {
    const recipe: SegyRecipe = {
      words: (t) => [[71, 2, 1], [73, 4, 50 + t], [109, 2, 400], [byte, 2, t === 2 ? found : 1]],
    };
    const valid = found === 100;
    expect(findings(recipe)).toBe(
      valid ? "" : `${word} holds ${found}, which is no scalar of the standard @undefined ${byte}`,
    );
    expect(scanSegy(makeSegy("scan.sgy", recipe)).extents).toEqual([
      { words: "sx, sy", minX: 50, maxX: 54, minY: 0, maxY: 0 },
    ]);
  },
);
