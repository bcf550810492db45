/** IBM floats: known words, the nearest of all words, and the ends of the range. */
import { expect, test } from "vitest";
import { ibmToNumber, numberToIbm } from "../../../src/shared/seismic/ibm_float.ts";

test.each([
  [1, 0x41100000],
  [-118.625, 0xc276a000],
  [0.15625, 0x40280000],
  [100, 0x42640000],
  [-0.5, 0xc0800000],
  [0, 0],
])("%d is the word %i", (value, word) => {
  expect(numberToIbm(value)).toBe(word);
  expect(ibmToNumber(word)).toBe(value);
});

test("the word of a number is the nearest there is, halves away from zero", () => {
  let state = 1;
  for (let i = 0; i < 20_000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const value = state * 2 ** (Math.floor(i / 50) - 240);
    const word = numberToIbm(value);
    const error = Math.abs(ibmToNumber(word) - value);
    for (const other of [word - 1, word + 1]) {
      expect(Math.abs(ibmToNumber(other) - value)).toBeGreaterThanOrEqual(error);
    }
  }
  expect(numberToIbm(1 + 2 ** -21)).toBe(0x41100001);
  expect(numberToIbm(-(1 + 2 ** -21))).toBe(0xc1100001);
});

test("numbers are normalised where they can be, and rounding may carry into the exponent", () => {
  expect(numberToIbm(16 - 2 ** -22)).toBe(0x42100000);
  expect(numberToIbm(2 ** -260)).toBe(0x00100000);
  expect(numberToIbm(2 ** -280)).toBe(1);
  expect(numberToIbm(2 ** -282)).toBe(0);
});

test("beyond the range stands the largest magnitude, and what is no number is zero", () => {
  expect([numberToIbm(1e300), numberToIbm(-Infinity), numberToIbm(NaN)]).toEqual([0x7fffffff, 0xffffffff, 0]);
  expect(numberToIbm(ibmToNumber(0x7fffffff))).toBe(0x7fffffff);
});
