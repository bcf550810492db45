/** Small files after public reports, beside the checkout; they stand for kinds, of which other members are made here. */
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { scanSegy } from "../../../sidecar/segy/headers/scan.ts";
import { openSegy } from "../../../sidecar/segy/read/source.ts";
import { sharedFile, sharedHas } from "../../shared_data.ts";
import { asciiText, makeSegy, putFile, segyBytes, type SegyRecipe, testValue } from "../make_segy.ts";
import { readTraces } from "../read_traces.ts";

const THERE = sharedHas("data/cases");
const shared = (name: string) => sharedFile("data", "cases", name);

function told(file: string, read = {}): string {
  return scanSegy(file, read).findings.map(({ what, meaning }) => `${what}: ${meaning}`).join("\n");
}

describe.runIf(THERE)("what is said holds when the file fits it", () => {
  for (
    const [name, wanted, first] of [
      ["velocity-model-ieee.sgy", { format: 5, traces: 24, samples: 200 }, 2450.02],
      ["ibm-unnormalised.sgy", { format: 1, traces: 10, samples: 256 }, undefined],
      ["trace-ns-stale-half.sgy", { format: 1, traces: 12, samples: 250 }, undefined],
      ["rev2-junk-interval.sgy", { format: 1, traces: 15, samples: 256, intervalUs: 4000 }, undefined],
      ["rev2-text-in-extension.sgy", { format: 1, traces: 15, samples: 256, intervalUs: 4000 }, undefined],
      ["extended-text-nul-padded.sgy", { format: 5, traces: 15, samples: 100 }, undefined],
      ["extended-text-endtext.sgy", { format: 5, traces: 15, samples: 100 }, undefined],
      ["vendor-text-in-revision.sgy", { format: 5, traces: 20, samples: 150 }, undefined],
      ["passcal-32bit-count.sgy", { format: 8, traces: 3, samples: 40_000 }, undefined],
      ["fixed-stride-live-count.sgy", { format: 5, traces: 14, samples: 300 }, undefined],
      ["trailing-zeros.sgy", { format: 5, traces: 12, samples: 100 }, undefined],
      ["trailing-one-byte.sgy", { format: 5, traces: 12, samples: 100 }, undefined],
      ["int32-largest.sgy", { format: 2, traces: 1, samples: 4 }, undefined],
      ["ibm-beyond-single.sgy", { format: 1, traces: 4, samples: 256 }, undefined],
    ] as const
  ) {
    test(name, () => {
      const { description, samples } = readTraces(shared(name));
      const { sampleFormat: format, traces, samplesPerTrace, intervalUs } = description;
      expect({ format, traces, samples: samplesPerTrace, intervalUs }).toMatchObject(wanted);
      if (first !== undefined) expect(samples[0]).toBeCloseTo(first, 2);
    });
  }

  test("what was not taken as said is told", () => {
    expect(told(shared("trace-ns-stale-half.sgy"))).toMatch(
      "trace 1 says 500 samples, the binary header 250",
    );
    expect(told(shared("rev2-junk-interval.sgy"))).toMatch("extended sample interval 0.004 makes no sense");
    expect(told(shared("ibm-beyond-single.sgy"))).toMatch(/largest IBM value found is 7\.2e\+75/);
    expect(told(shared("ibm-unnormalised.sgy"))).toMatch(
      "2.5 % of the IBM samples looked at are not normalised",
    );
    expect(told(shared("trailing-zeros.sgy"))).toMatch("512 bytes follow the last whole trace (zeros)");
    expect(told(shared("trailing-one-byte.sgy"))).toMatch("1 byte follows the last whole trace");
    expect(told(shared("passcal-32bit-count.sgy"))).toMatch(
      "bytes 229 to 232 of the trace headers say 40000",
    );
    expect(told(shared("trailer-count-too-large.sgy")))
      .toMatch("46566 data trailer records of 3200 bytes are said, there is room for 2");
  });

  test("a wrapped count is refused with its reason, and read when the user says it", () => {
    expect(() => openSegy(shared("count-wrapped.sgy"))).toThrow(
      "the headers say 4464 samples a trace, but trace headers lie 70000 samples apart: more than 16 bits can say",
    );
    const source = openSegy(shared("count-wrapped.sgy"), { samples: 70_000 });
    expect(source.description).toMatchObject({ traces: 2, samplesPerTrace: 70_000 });
    source.close();
  });
});

describe("property volumes keep the format that they say", () => {
  const volumes: Readonly<Record<string, (depth: number, ripple: number) => number>> = {
    velocity: (depth, ripple) => 1500 + 3000 * depth + 30 * ripple,
    density: (depth, ripple) => 2.2 + 0.6 * depth + 0.02 * ripple,
    impedance: (depth, ripple) => 2e6 + 1.2e7 * depth + 1e5 * ripple,
    "a share": (depth, ripple) => 0.35 + 0.1 * Math.sin(20 * depth) + 0.01 * ripple,
    "one sign": (depth, ripple) => 1e-3 + Math.abs(ripple) * Math.exp(-5 * depth),
    constant: () => 2500,
    layers: (depth) => [1500, 1950, 2400, 3100][Math.floor(4 * depth)],
    phase: (depth, ripple) => 180 * Math.sin(50 * depth + ripple),
  };
  for (const [name, of] of Object.entries(volumes)) {
    for (const code of [1, 5, 6]) {
      for (const order of ["big", "little", "swapped"] as const) {
        test(`${name}, code ${code}, ${order}-endian`, () => {
          const value = (trace: number, i: number) => of(i / 300, Math.sin(trace * 1.3 + i * 0.37));
          const recipe = { code, order, traces: 12, samples: 300, value };
          const { description, samples } = readTraces(makeSegy("volume.sgy", recipe));
          expect(description.sampleFormat).toBe(code);
          expect(samples[301] / value(1, 1)).toBeCloseTo(1, 5);
        });
      }
    }
  }

  for (const [what, share] of [["some", 0.03], ["many", 0.3], ["most", 0.8]] as const) {
    test(`IBM words of which ${what} are not normalised, and zeros with an exponent`, () => {
      const bytes = segyBytes({
        code: 1,
        traces: 12,
        samples: 200,
        value: (t, i) => 300 * Math.sin(t + 1.7 * i),
      });
      const view = new DataView(bytes.buffer);
      for (let k = 0; k < 12 * 200; k++) {
        const at = 3600 + Math.floor(k / 200) * 1040 + 240 + (k % 200) * 4, word = view.getUint32(at);
        if (k % 50 === 7) view.setUint32(at, 0x42000000);
        else if ((k * 7919 % 1000) / 1000 < share && (word & 0xffffff) !== 0) {
          view.setUint32(
            at,
            (word & 0x80000000) + (((word >>> 24) & 0x7f) + 1) * 2 ** 24 + ((word & 0xffffff) >>> 4),
          );
        }
      }
      expect(readTraces(putFile("unnormalised.sgy", bytes)).description.sampleFormat).toBe(1);
    });
  }
});

const noise = (trace: number, i: number) =>
  Math.sin(trace * 12.9898 + i * 78.233) * Math.sin(trace * 3.1 + i * 1.7) * 1000;

describe("a code that cannot be is overruled, or refused with what the samples look like", () => {
  const file = (code: number, saidCode: number, value = noise) =>
    makeSegy("wrong-code.sgy", { code, saidCode, traces: 10, samples: 300, value });
  const whole = (trace: number, i: number) => Math.round(20 * noise(trace, i));

  for (const [code, saidCode] of [[5, 1], [1, 5], [5, 4], [1, 4]] as const) {
    test(`${saidCode} for ${code}`, () => {
      const { description, samples } = readTraces(file(code, saidCode));
      expect(description.sampleFormat).toBe(code);
      expect(description.warnings.join()).toMatch("the samples look different");
      expect(samples[301]).toBeCloseTo(noise(1, 1), 1);
    });
  }

  for (const saidCode of [1, 5, 4]) {
    test(`${saidCode} for small integers`, () => {
      expect(readTraces(file(2, saidCode, whole)).description.sampleFormat).toBe(2);
    });
  }

  test("4 for a volume that may be IBM or IEEE", () => {
    const value = (_: number, i: number) => 2450 + 3 * i;
    expect(() => openSegy(file(5, 4, value))).toThrow(/4-byte IBM .*\(code 1\) or 4-byte IEEE .*\(code 5\)/);
    expect(readTraces(file(5, 4, value), { format: 5 }).samples[1]).toBe(2453);
  });

  test("integers that say so are never taken for floats", () => {
    expect(readTraces(file(2, 2, whole)).description.sampleFormat).toBe(2);
    const loud = (trace: number, i: number) => Math.round(2e6 * noise(trace, i));
    expect(readTraces(file(2, 2, loud)).description.sampleFormat).toBe(2);
  });
});

describe("extended texts, whatever fills them", () => {
  const ebcdic = new Uint8Array(3200).fill(0x40), nul = new Uint8Array(3200);
  const binary = Uint8Array.from({ length: 3200 }, (_, i) => (i * 181 + 7) & 255);
  const xml = asciiText(["<?xml version='1.0'?><survey><line name='a'/></survey>"]);
  const pages = { ebcdic, nul, binary, xml, end: asciiText(["((SEG: EndText))"]) };

  for (
    const extended of [
      [nul],
      [binary],
      [xml, nul],
      [xml, binary, ebcdic],
      [nul, nul, nul, nul],
    ]
  ) {
    for (const saidExtended of [undefined, 0]) {
      const what = extended.map((page) => Object.entries(pages).find(([, one]) => one === page)?.[0]).join(
        ", ",
      );
      test(`${what}; said: ${saidExtended ?? extended.length}`, () => {
        const recipe = { extended, traces: 9, ...(saidExtended !== undefined && { saidExtended }) };
        const { description, samples } = readTraces(makeSegy("pages.sgy", recipe));
        expect([description.traces, description.textHeaders.length]).toEqual([9, 1 + extended.length]);
        expect(samples[20]).toBe(testValue(1, 0));
      });
    }
  }

  test("up to EndText past pages that are no text", () => {
    const extended = [xml, binary, nul, pages.end];
    const { description } = readTraces(makeSegy("to-end.sgy", { extended, saidExtended: -1, traces: 9 }));
    expect([description.traces, description.textHeaders.length]).toEqual([9, 5]);
  });

  test("more said than there are, so that they would swallow whole traces", () => {
    const recipe = { samples: 100, traces: 12, saidExtended: 1 };
    const { description } = readTraces(makeSegy("swallowed.sgy", recipe));
    expect(description.traces).toBe(12);
    expect(description.warnings.join()).toMatch("1 extended text header is said, 0 found");
  });
});

describe("what follows the last whole trace", () => {
  const note = new TextEncoder().encode("END OF LINE, ARCHIVED IN 1999. ".repeat(30));
  for (
    const [what, tail] of [
      ["one byte", new Uint8Array([7])],
      ["zeros", new Uint8Array(200)],
      ["zeros for more than a trace", new Uint8Array(1000)],
      ["a note", note.subarray(0, 200)],
      ["a note longer than a trace", note],
    ] as const
  ) {
    for (const order of ["big", "little"] as const) {
      test(`${what}, ${order}-endian: the traces are read, the rest is told with its length`, () => {
        const bytes = new Uint8Array([...segyBytes({ order, traces: 9 }), ...tail]);
        const file = putFile("tail.sgy", bytes);
        const { description, samples } = readTraces(file);
        expect(description.traces).toBe(9);
        expect(samples[20]).toBe(testValue(1, 0));
        expect(told(file)).toMatch(`${tail.length} byte`);
      });
    }
  }
});

describe("counts that 16 bits cannot hold", () => {
  const passcal = (count: number) => ({
    saidSamples: 32767,
    saidTraceSamples: 32767,
    words: () => [[229, 4, count]] as const,
  });
  for (const order of ["big", "little"] as const) {
    test(`PASSCAL's count is read, ${order}-endian`, () => {
      const recipe: SegyRecipe = { order, code: 8, samples: 70_001, traces: 3, ...passcal(70_001) };
      expect(readTraces(makeSegy("passcal.sgy", recipe)).description).toMatchObject({
        traces: 3,
        samplesPerTrace: 70_001,
      });
    });
  }

  for (
    const [what, samples, said] of [
      ["wrapped", 70_000, 4464],
      ["wrapped so that the file divides evenly", 65_552, 16],
      ["32767", 50_000, 32_767],
      ["wrapped twice", 140_000, 140_000 & 0xffff],
    ] as const
  ) {
    test(`${what}: refused with this reason`, () => {
      const recipe = { code: 8, samples, traces: 3, saidSamples: said, saidTraceSamples: said };
      const file = makeSegy("lost.sgy", recipe);
      expect(() => openSegy(file)).toThrow(`lie ${samples} samples apart: more than 16 bits can say`);
      expect(scanSegy(file).completeTraces).toBe(0);
      const source = openSegy(file, { samples });
      expect(source.description.traces).toBe(3);
      source.close();
    });
  }
});

test("a lone trace whose count is wrapped, and whose samples end in zeros, is not taken for a short one", () => {
  const value = (_: number, i: number) => i < 4000 ? 90 : 0;
  const recipe = { code: 8, samples: 70_000, traces: 1, saidSamples: 4464, saidTraceSamples: 4464, value };
  expect(() => openSegy(makeSegy("lone-wrapped.sgy", recipe))).toThrow("lie 70000 samples apart");
  const found = { ...recipe, words: () => [[229, 4, 70_000]] as const };
  expect(readTraces(makeSegy("lone-passcal.sgy", found)).description.samplesPerTrace).toBe(70_000);
});

test("pages of zeros that nobody says are no traces without headers", () => {
  const zeros = [new Uint8Array(3200), new Uint8Array(3200), new Uint8Array(3200)];
  const recipe = { code: 6, traces: 1, extended: zeros, saidExtended: 0 };
  const { description, samples } = readTraces(makeSegy("unsaid-zeros.sgy", recipe));
  expect(description.traces).toBe(1);
  expect(samples[3]).toBe(testValue(0, 3));
  expect(description.warnings.join()).toMatch("0 extended text headers are said, 3 found");
});

for (
  const [what, extendedInterval] of [["seconds", 0.004], ["milliseconds", 4], ["text", 3e88]] as const
) {
  test(`an extended interval in ${what} does not overrule two words that agree`, () => {
    const recipe = { major: 2, constant: true, interval: 4000, extendedInterval };
    expect(readTraces(makeSegy("interval.sgy", recipe)).description.intervalUs).toBe(4000);
  });
}

test.runIf(THERE)("the reference files are as they were: this test reads them only", () => {
  expect(fs.readdirSync(sharedFile("data", "cases")).length).toBeGreaterThan(20);
});
