/** Samples of every format through the kernels, against one sample at a time in f64. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSample, encodedValue } from "../../oracles/records/sample_formats.ts";
import { ibmToNumber, numberToIbm } from "../../../src/shared/seismic/ibm_float.ts";
import { sampleDecoder, sampleEncoder } from "../../../sidecar/segy/format/sample_codec.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { growingMemory, randomNumbers } from "../../test_steps.ts";

const memory = growingMemory(["sample_decode", "sample_encode"]);
const source = memory.allocate(4096), target = memory.allocate(4096);

function decodeBytes(code: number, bytes: Uint8Array, samples: number): { out: Float32Array; bad: number } {
  new Uint8Array(memory.memory.buffer, source, bytes.length).set(bytes);
  const bad = sampleDecoder(code, "big", memory)(source, 0, target, 1, samples);
  return { out: new Float32Array(memory.memory.buffer, target, samples).slice(), bad };
}

function decodeIbm(words: readonly number[]): Float32Array {
  const bytes = new Uint8Array(words.length * 4);
  words.forEach((word, i) => new DataView(bytes.buffer).setUint32(i * 4, word));
  return decodeBytes(1, bytes, words.length).out;
}

function encodeIbm(values: readonly number[]): number[] {
  new Float32Array(memory.memory.buffer, source, values.length).set(values);
  sampleEncoder("ibm", false, memory)(source, target, values.length * 4, 1, values.length);
  const view = new DataView(memory.memory.buffer, target);
  return values.map((_, i) => view.getUint32(i * 4));
}

const finite32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const word32 = fc.integer({ min: 0, max: 0xffffffff });

for (const { code, bytes } of SAMPLE_FORMATS.values()) {
  test(`format ${code}: the kernel decodes any bytes as the twin does, and counts what is not finite`, () => {
    const random = randomNumbers(code);
    const samples = 4 * 13 + 3;
    const raw = Uint8Array.from({ length: samples * bytes }, () => (random() + 1) * 128);
    const { out, bad } = decodeBytes(code, raw, samples);
    const view = new DataView(raw.buffer);
    const wanted = Float32Array.from({ length: samples }, (_, i) => decodeSample(code, view, i * bytes));
    expect(out).toEqual(wanted);
    expect(bad).toBe(wanted.filter((x) => !Number.isFinite(x)).length);
  });
}

test("known IBM words decode to their numbers", () => {
  const words = [0x42640000, 0xc276a000, 0x41100000, 0x00000000, 0x40800000];
  expect([...decodeIbm(words)]).toEqual([100, -118.625, 1, 0, 0.5]);
});

test("any IBM word decodes to the nearest float32", () => {
  fc.assert(fc.property(fc.array(word32, { minLength: 1, maxLength: 11 }), (words) => {
    expect([...decodeIbm(words)]).toEqual(words.map((word) => Math.fround(ibmToNumber(word))));
  }));
});

test("any float32 encodes to the nearest IBM word", () => {
  fc.assert(fc.property(fc.array(finite32, { minLength: 1, maxLength: 11 }), (values) => {
    const plus = (word: number) => ibmToNumber(word) + 0;
    expect(encodeIbm(values).map(plus)).toEqual(values.map((x) => plus(numberToIbm(x))));
  }));
});

test("float32 to IBM and back keeps 20 bits and the sign", () => {
  fc.assert(fc.property(finite32.filter((x) => Math.abs(x) > 1e-37), (x) => {
    const [back] = decodeIbm(encodeIbm([x]));
    expect(Math.abs(back - x)).toBeLessThanOrEqual(Math.abs(x) * 2 ** -21);
  }));
});

test("whole IBM words survive decoding and encoding", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0x30, max: 0x50 }),
    fc.integer({ min: 0x100000, max: 0xffffff }),
    fc.boolean(),
    (exponent, fraction, negative) => {
      const word = ((negative ? 0x80000000 : 0) + exponent * 2 ** 24 + fraction) >>> 0;
      expect(encodeIbm([decodeIbm([word])[0]])).toEqual([word]);
    },
  ));
});

for (const format of ["ieee", "ibm", "int32", "int16", "int8"] as const) {
  test(`${format}: the kernel rounds as the twin does and counts what does not fit`, () => {
    const values = [
      0,
      1.5,
      2.5,
      -0.5,
      127.4,
      127.6,
      -128.4,
      -129,
      32767.4,
      40000,
      -40000,
      3e9,
      -3e9,
      NaN,
      Infinity,
    ];
    new Float32Array(memory.memory.buffer, source, values.length).set(values);
    const code = { ieee: 5, ibm: 1, int32: 2, int16: 3, int8: 8 }[format];
    const bad = sampleEncoder(format, false, memory)(source, target, 0, 1, values.length);
    const view = new DataView(memory.memory.buffer, target);
    const size = SAMPLE_FORMATS.get(code)?.bytes ?? 0;
    const limit = { ieee: 4e38, ibm: 1e75, int32: 2 ** 31, int16: 2 ** 15, int8: 2 ** 7 }[format];
    values.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      const wanted = encodedValue(format, Math.fround(value));
      expect(decodeSample(code, view, i * size)).toBeCloseTo(wanted, 3);
    });
    const misfit = (x: number) => !Number.isFinite(x) || Math.round(x) >= limit || Math.round(x) < -limit;
    expect(bad).toBe(values.filter(misfit).length);
  });
}

test.each(
  [
    ["int32", 2 ** 31, 2 ** 31 - 1, 0],
    ["int32", -(2 ** 31), -(2 ** 31), 0],
    ["int32", 2 ** 31 + 256, 2 ** 31 - 1, 1],
    ["int32", -(2 ** 31) - 256, -(2 ** 31), 1],
    ["int16", 32767, 32767, 0],
    ["int16", 32768, 32767, 1],
    ["int16", -32768, -32768, 0],
    ["int8", 127, 127, 0],
    ["int8", 128, 127, 1],
    ["int8", -129, -128, 1],
  ] as const,
)("%s holds its own ends: %d is written as %d, misfits counted: %d", (format, value, written, misfits) => {
  const bytes = { int32: 4, int16: 2, int8: 1 }[format];
  for (const samples of [1, 4, 7]) {
    new Float32Array(memory.memory.buffer, source, samples).fill(value);
    expect(sampleEncoder(format, false, memory)(source, target, 0, 1, samples)).toBe(misfits * samples);
    const view = new DataView(memory.memory.buffer, target);
    const code = { int32: 2, int16: 3, int8: 8 }[format];
    for (let i = 0; i < samples; i++) expect(decodeSample(code, view, i * bytes)).toBe(written);
  }
});

test("the largest int32 comes back from float32 as it was", () => {
  const bytes = Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0x80, 0, 0, 0);
  const { out } = decodeBytes(2, bytes, 2);
  new Float32Array(memory.memory.buffer, source, 2).set(out);
  expect(sampleEncoder("int32", false, memory)(source, target, 0, 1, 2)).toBe(0);
  expect(new Uint8Array(memory.memory.buffer, target, 8)).toEqual(bytes);
});
