/** Quirks of SEG-Y, one tiny file for each. */
import { expect, test } from "vitest";
import { openSegy } from "../../sidecar/segy/read/source.ts";
import { encodeEbcdic } from "../../sidecar/segy/format/ebcdic.ts";
import { asciiText, makeSegy, type SegyRecipe, testValue } from "./make_segy.ts";
import { readTraces } from "./read_traces.ts";

function describe(name: string, recipe: SegyRecipe) {
  const source = openSegy(makeSegy(name, recipe));
  source.close();
  return source.description;
}

const noise = (trace: number, sample: number) => Math.sin(trace * 12.9898 + sample * 78.233) * 1000;

for (const order of ["little", "swapped"] as const) {
  test(`a ${order}-endian file without the constant is recognised by looking, and it is said`, () => {
    const { warnings, traces } = describe(`silent-${order}.sgy`, { order });
    expect(traces).toBe(5);
    expect(warnings.join()).toMatch(`looks like ${order}-endian`);
  });
}

test("IEEE samples in a file that says IBM are read as IEEE, and it is said", () => {
  const file = makeSegy("says-ibm.sgy", { code: 5, saidCode: 1, samples: 200, value: noise });
  const { samples, description } = readTraces(file);
  expect(description.sampleFormat).toBe(5);
  expect(description.warnings.join()).toMatch("samples look different (byte 3225): read as 4-byte IEEE");
  expect(samples[201]).toBeCloseTo(noise(1, 1), 2);
});

test("IBM samples in a file that says IEEE are read as IBM", () => {
  const { description } = readTraces(
    makeSegy("says-ieee.sgy", { code: 1, saidCode: 5, samples: 200, value: noise }),
  );
  expect(description.sampleFormat).toBe(1);
});

test("2-byte samples in a file that says 4-byte are found by where the headers lie", () => {
  const { samples, description } = readTraces(makeSegy("says-4-bytes.sgy", { code: 3, saidCode: 1 }));
  expect(description.sampleFormat).toBe(3);
  expect(samples[21]).toBe(testValue(1, 1));
});

test("a format code outside the standard is refused, with what the samples look like", () => {
  for (const saidCode of [0, 99]) {
    const file = makeSegy(`code-${saidCode}.sgy`, { code: 1, saidCode, samples: 200, value: noise });
    expect(() => openSegy(file)).toThrow(
      `found ${saidCode}: the samples look like 4-byte IBM floating point (code 1)`,
    );
    expect(readTraces(file, { formatByLooking: true }).description.sampleFormat).toBe(1);
  }
});

test("traces of different lengths are read; shorter ones end in zeros; it is said", () => {
  const samplesOf = (trace: number) => [10, 20, 15, 20, 5][trace];
  const file = makeSegy("variable.sgy", { samplesOf });
  const { samples, description, records } = readTraces(file, {}, [4, 0, 2, 1]);
  expect(description.samplesPerTrace).toBe(20);
  expect(description.warnings.join()).toMatch("Traces have 5 to 20 samples (trace 1, byte 115)");
  [4, 0, 2, 1].forEach((trace, i) => {
    const wanted = Array.from({ length: 20 }, (_, k) => k < samplesOf(trace) ? testValue(trace, k) : 0);
    expect([...samples.subarray(i * 20, i * 20 + 20)]).toEqual(wanted);
    expect(records.get(i, records.word("fldr"))).toBe(100 + trace);
  });
});

test("the binary header's samples win where the trace headers are wrong", () => {
  const { samplesPerTrace, traces, warnings } = describe("wrong-ns.sgy", { saidTraceSamples: 462 });
  expect([samplesPerTrace, traces]).toEqual([20, 5]);
  expect(warnings.join()).toMatch("Trace 1 says 462 samples");
});

test("more than 32767 samples come from the extended field", () => {
  const { samplesPerTrace, traces } = describe("long.sgy", {
    major: 2,
    constant: true,
    samples: 70_000,
    saidSamples: 0,
    saidTraceSamples: 0,
    extendedSamples: 70_000,
    traces: 2,
    code: 8,
  });
  expect([samplesPerTrace, traces]).toEqual([70_000, 2]);
});

test("40000 samples in the 16-bit word are read unsigned", () => {
  expect(describe("unsigned.sgy", { samples: 40_000, traces: 2, code: 8 }).samplesPerTrace).toBe(40_000);
});

for (
  const [what, recipe, wanted] of [
    ["13 us", { interval: 13 }, 13],
    ["0.5 ms", { interval: 500 }, 500],
    ["the extended 31.25 us", { major: 2, constant: true, interval: 31, extendedInterval: 31.25 }, 31.25],
    ["Hertz of revision 2.1", { major: 2, minor: 1, constant: true, interval: -8000 }, 125],
    ["-500 as samples per second", { interval: -500 }, 2000],
    ["-25536 as unsigned 40000", { interval: -25536 }, 40000],
    ["the trace's when the binary header has none", { interval: 0, traceInterval: 2000 }, 2000],
    ["the binary header's when they disagree", { interval: 2000, traceInterval: 1000 }, 2000],
    ["the positive one", { interval: 2000, traceInterval: -25000 }, 2000],
  ] as const
) {
  test(`the interval is ${what}`, () => {
    const { intervalUs } = describe("interval.sgy", recipe);
    expect(intervalUs).toBe(wanted);
  });
}

test("intervals that disagree are said", () => {
  const { warnings } = describe("disagree.sgy", { interval: 2000, traceInterval: 1000 });
  expect(warnings.join()).toMatch("2000 us in the binary header and 1000 in trace 1 (trace 1, byte 117)");
});

test("the delay recording time is scaled", () => {
  const { startMs } = describe("delay.sgy", { words: () => [[109, 2, 10000], [215, 2, -10]] });
  expect(startMs).toBe(1000);
});

test("extended text headers of a fixed count are read", () => {
  const extended = [asciiText(["((A: one ver 1.0))", "first"]), asciiText(["((A: two ver 1.0))"])];
  const { textHeaders, traces } = describe("fixed-texts.sgy", { extended });
  expect(textHeaders.map((lines) => lines[0].trim())).toEqual([
    "C 1 TEST",
    "((A: one ver 1.0))",
    "((A: two ver 1.0))",
  ]);
  expect(traces).toBe(5);
});

test("a variable count of extended text headers ends at the stanza EndText", () => {
  const extended = [asciiText(["((A: one ver 1.0))"]), asciiText(["((SEG: EndText))"])];
  const { textHeaders, traces } = describe("variable-texts.sgy", { extended, saidExtended: -1 });
  expect(textHeaders.length).toBe(3);
  expect(traces).toBe(5);
});

test("EBCDIC text is read", () => {
  const line = "C 1 CLIENT (A+B) = 'X' 100%";
  const text = encodeEbcdic(line.padEnd(3200));
  expect(describe("ebcdic.sgy", { text }).textHeaders[0][0].trimEnd()).toBe(line);
});

test("additional trace headers are part of the records, with their words by name", () => {
  const file = makeSegy("extension.sgy", {
    major: 2,
    minor: 1,
    constant: true,
    moreHeaders: 1,
    words: (trace) => [[240 + 97, 8, trace + 0.25]],
  });
  const { records, description, samples } = readTraces(file);
  expect(description.recordBytes).toBe(480);
  expect(records.get(3, records.word("extSx"))).toBe(3.25);
  expect(samples[20]).toBe(testValue(1, 0));
});

test("data trailer records are not read as traces", () => {
  const trailers = [asciiText(["((SEG: Notes ver 1.0))"])];
  expect(describe("trailer.sgy", { major: 2, minor: 1, constant: true, trailers }).traces).toBe(5);
});

test("the said count of traces and place of the first trace are obeyed", () => {
  const recipe = {
    major: 2,
    minor: 1,
    constant: true,
    saidTraces: 4,
    extended: [new Uint8Array(3200).fill(1)],
  };
  const { traces } = describe("said.sgy", { ...recipe, saidExtended: 0, saidFirstTrace: 6800 });
  expect(traces).toBe(4);
});

test("mapped words of any type are read at their byte, in both byte orders", () => {
  for (const order of ["big", "little"] as const) {
    const words = (trace: number): [number, number, number][] => [[181, 8, trace + 0.5], [233, 2, -7]];
    const file = makeSegy(`mapped-${order}.sgy`, { order, words });
    const map = [
      { name: "mine", byte: 181, type: "float64" },
      { name: "small", byte: 233, type: "int16" },
      { name: "cdp", byte: 9, type: "int32" },
    ] as const;
    const { records } = readTraces(file, { map });
    expect(["mine", "small", "cdp"].map((name) => records.get(2, records.word(name)))).toEqual([
      2.5,
      -7,
      102,
    ]);
    const source = openSegy(file, { map });
    expect([...source.readWord("mine", 1, 3)]).toEqual([1.5, 2.5, 3.5]);
    source.close();
  }
});

test("traces asked in any order, some twice, come in that order", () => {
  const { records, samples } = readTraces(makeSegy("order.sgy", {}), {}, [3, 0, 0, 4, 1, 2]);
  const found = Array.from({ length: 6 }, (_, i) => records.get(i, records.word("fldr")) - 100);
  expect(found).toEqual([3, 0, 0, 4, 1, 2]);
  expect(Array.from({ length: 6 }, (_, i) => samples[i * 20])).toEqual(found.map((t) => testValue(t, 0)));
});

test("what the user says of a file holds against what it says", () => {
  const file = makeSegy("forced.sgy", {
    order: "little",
    code: 1,
    saidCode: 5,
    saidSamples: 10,
    saidTraceSamples: 30,
    interval: 0,
  });
  const read = { format: 1, endian: "little", samples: 20, intervalUs: 2500 } as const;
  const { description, samples } = readTraces(file, read);
  expect(description).toMatchObject({ traces: 5, samplesPerTrace: 20, intervalUs: 2500, sampleFormat: 1 });
  expect(samples[21]).toBe(testValue(1, 1));
});
