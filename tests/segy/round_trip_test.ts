/** Every output format and byte order survives writing and reading. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SAMPLE_FORMATS } from "../../src/shared/seismic/sample_formats.ts";
import { makeSegy, testFolder, testValue } from "./make_segy.ts";
import { readTraces, writeTraces } from "./read_traces.ts";

const WANTED = Float32Array.from({ length: 5 * 20 }, (_, i) => testValue(Math.floor(i / 20), i % 20));

for (const code of SAMPLE_FORMATS.keys()) {
  for (const order of ["big", "little", "swapped"] as const) {
    test(`format ${code} ${order}-endian reads as the numbers written`, () => {
      const file = makeSegy(`f${code}-${order}.sgy`, {
        code,
        order,
        major: 2,
        constant: true,
        ...(code === 4 ? { value: (t, i) => testValue(t, i) * 4 } : {}),
      });
      const { samples, records, description, bad } = readTraces(file);
      expect(description.sampleFormat).toBe(code);
      expect(description.traces).toBe(5);
      expect(bad).toBe(0);
      expect(samples).toEqual(code === 4 ? WANTED.map((x) => x * 4) : WANTED);
      expect([0, 1, 4].map((trace) => records.get(trace, records.word("fldr")))).toEqual([100, 101, 104]);
    });
  }
}

for (const sampleFormat of ["ieee", "ibm", "int32", "int16", "int8"] as const) {
  for (const littleEndian of [false, true]) {
    test(`${sampleFormat} ${littleEndian ? "little" : "big"}-endian survives writing and reading`, () => {
      const input = readTraces(makeSegy("in.sgy", { value: (t, i) => testValue(t, i) - 50 }));
      const file = path.join(testFolder(), `out-${sampleFormat}-${littleEndian}.sgy`);
      const bad = writeTraces(
        { path: file, source: input.description, sampleFormat, littleEndian },
        input.samples,
        input.records,
      );
      const output = readTraces(file);
      expect(bad).toBe(0);
      expect(output.samples).toEqual(input.samples);
      expect(output.records.bytes).toEqual(input.records.bytes);
      expect(output.description.intervalUs).toBe(4000);
      expect(output.description.warnings).toEqual([]);
      expect(fs.existsSync(`${file}.part`)).toBe(false);
    });
  }
}
