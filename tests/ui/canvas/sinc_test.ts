import { expect, test } from "vitest";
import { interpolate, nearest, tapsOf } from "../../../src/ui/canvas/draw/sinc.ts";

const at = (trace: Float32Array, place: number) => {
  const taps = tapsOf(1, () => place);
  return interpolate(trace, 0, trace.length, taps, 0);
};

test("samples are kept as they are", () => {
  const trace = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i * i));
  for (let i = 0; i < 40; i++) expect(at(trace, i)).toBeCloseTo(trace[i], 6);
});

test("between samples a sine up to half of Nyquist is met within a percent", () => {
  for (const frequency of [0.02, 0.1, 0.2, 0.25]) {
    const wave = (place: number) => Math.sin(2 * Math.PI * frequency * place + 0.4);
    const trace = Float32Array.from({ length: 60 }, (_, i) => wave(i));
    for (let place = 10; place < 50; place += 0.37) {
      expect(Math.abs(at(trace, place) - wave(place))).toBeLessThan(0.01);
    }
  }
});

test("a constant stays constant to its ends and beyond", () => {
  const trace = new Float32Array(10).fill(3);
  for (const place of [-0.5, 0.3, 4.7, 9.4]) expect(at(trace, place)).toBeCloseTo(3, 5);
});

test("one NaN does not spread over its neighbours", () => {
  const trace = Float32Array.from({ length: 20 }, (_, i) => i === 10 ? NaN : 1);
  expect([7.6, 8.9, 9.4, 10.6, 12.2].map((place) => at(trace, place))).toEqual([1, 1, 1, 1, 1]);
  expect(at(trace, 10.2)).toBeNaN();
});

test("the nearest sample is that of the cell", () => {
  const taps = tapsOf(4, (i) => [2.4, 2.6, -0.4, 9.4][i]);
  expect([0, 1, 2, 3].map((i) => nearest(taps, i, 10))).toEqual([2, 3, 0, 9]);
});
